"""Which column of another system's export is which field of ours, by its heading.

The words are those that help desks and offices use: exports and documentation of Zammad, osTicket, Frappe, GLPI,
ServiceNow, Zendesk, Freshdesk and Jira.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from botui.models.base import Kind
from botui.models.shape import FieldKind, fields_of

Words = Mapping[str, Sequence[str]]
"""A field (or a part that makes one) and the headings that mean it, the surest first."""


def split(headings: str) -> tuple[str, ...]:
    """Return headings that are written with commas between."""
    return tuple(headings.split(","))


TICKETS: Final[Words] = {
    "codes": split(
        "ticket id,ticket number,ticket no,ticket,number,case number,case id,incident id,incident number,request id,"
        "request number,issue key,key,id,no,nr,ref,reference,codes"
    ),
    "subject": split("subject,title,summary,short description,headline,subject line,name"),
    "body": split("description,body,details,detail,message,content,long description,text,problem,what it is about"),
    "created_at": split(
        "created at,opened at,created,opened,date opened,opened on,open date,date created,created date,create date,"
        "creation date,created on,created time,opening date,submitted,submitted at,submit date,submitted on,"
        "reported at,reported on,reported date,date reported,logged at,received,received at,sys created on,came in,"
        "start time,started at,start,date"
    ),
    "requester": split(
        "requester,requester id,requester name,requested by,requested for,asked by,reported by,reporter,reporter id,"
        "caller,caller id,customer,customer id,customer name,submitter,submitted by,raised by,opened by,user,user id,"
        "user name,end user,contact,contact name,client,from,employee,employee id"
    ),
    "requester_email": split(
        "requester email,requester e mail,customer email,user email,contact email,from email,email,e mail,email address"
    ),
    "on_behalf_of": ["on behalf of", "affected user"],
    "party": split(
        "party,company,organization,organisation,organization name,account,account name,customer or supplier"
    ),
    "department": split(
        "assigned group,assignment group,group,assigned team,team,queue,department,support group,resolver group,"
        "group name,team name"
    ),
    "owner": split(
        "technician,assignee,assigned to,assigned agent,agent,agent name,owner,who has it,handled by,handler,resolver,"
        "responsible,assigned technician,assigned user,support agent,engineer"
    ),
    "category": split("category,category name,issue category"),
    "subcategory": split("subcategory,sub category,subcategory name,item"),
    "topic": split("topic,help topic,service,issue type,problem type"),
    "kind": split("kind,type,ticket type,request type,record type,case type"),
    "state": split("state,status,ticket status,current status,stage,ticket state"),
    "priority": split("priority,how soon,priority level,ticket priority,severity,urgency,impact"),
    "channel": split(
        "channel,source,via,came by,contact type,request source,origin,medium,reported via,contact method"
    ),
    "place": split("place,location,site,room,building,office"),
    "wanted_by": split("wanted by,wanted date,requested date,promised for"),
    "waiting_until": split("waiting until,until,pending until,on hold until,snoozed until"),
    "tags": split("tags,labels,keywords"),
    "resolution": split(
        "resolution,solution,resolution notes,close notes,closing notes,resolution details,fix,how it was solved"
    ),
    "first_response_at": split(
        "first response at,first response,first responded at,first reply at,first response time,responded at,"
        "response at,answered"
    ),
    "first_response_due": split("first response due,response due,first response due at,response due at,answer due"),
    "resolved_at": split(
        "resolved at,resolved,resolved on,resolution date,resolved date,date resolved,solved at,solved,solve date,"
        "completed,completed at,completed on,completion date,fixed at,"
        "finished at,restored at,restored,restore,end time,ended at"
    ),
    "closed_at": split("closed at,closed,closed on,close date,closed date,date closed,closing date,closed time"),
    "updated_at": split("updated at,updated,last updated,modified,modified at,last modified,updated on,last update"),
    "resolution_due": split(
        "resolution due,due,due date,due at,due by,sla due,sla due date,resolution due at,resolve by,deadline,done by,"
        "time to resolve"
    ),
    "target_hours": split("sla target hours,target hours,sla hours,resolution target hours,sla target,sla h"),
    "target_minutes": split("sla target minutes,target minutes,sla minutes,resolution target minutes"),
    "took_hours": split(
        "resolution hours,hours to resolve,time to resolution hours,resolution time hours,handle hours,duration hours"
    ),
    "took_minutes": split(
        "resolution minutes,minutes to resolve,resolution time minutes,resolution time min,handle minutes,"
        "duration minutes"
    ),
    "sla_met": split(
        "sla met,sla result,sla status,met sla,sla,within sla,sla compliance,sla compliant,sla breached,sla breach"
    ),
    "reopened": split("reopened,times reopened,reopen count,reopens"),
    "satisfaction": split(
        "satisfaction,csat score,csat,score,rating,satisfaction score,customer satisfaction,satisfaction rating,"
        "survey score"
    ),
}
"""Besides fields of tickets: parts (``category``) and figures (``target_hours``) from which fields are made."""

LISTS: Final[Mapping[str, Words]] = {
    "people": {
        "codes": split(
            "user id,employee id,person id,staff id,employee number,staff number,personnel number,badge,id,no"
        ),
        "name": split("display name,full name,name,employee name,employee,person,user"),
        "first_name": split("first name,given name,forename,firstname"),
        "last_name": split("last name,surname,family name,lastname"),
        "department": split("department,dept,team,group,division,unit"),
        "job": split("job,title,job title,position,function"),
        "place": split("place,location,office,room,site,desk"),
        "extension": split("extension,ext,phone,phone extension,telephone,office phone"),
        "mobile": split("mobile,mobile phone,cell,cell phone"),
        "email": split("email,e mail,mail,email address"),
        "active": split("active,works here,employment status,status,enabled,account status"),
    },
    "parties": {
        "codes": split("customer id,supplier id,vendor id,supplier code,vendor code,account id,company id,id,no"),
        "name": split(
            "name,company,company name,customer name,supplier name,vendor name,customer,supplier,vendor,organization,"
            "organisation,display name"
        ),
        "kind": split("kind,type,party type,relationship"),
        "contacts": split("contacts,contact,contact name,contact person"),
        "phone": split("phone,telephone,phone number,tel"),
        "email": split("email,e mail,mail,email address"),
        "address": split("address,street,street address,postal address"),
        "account_no": split("account no,account number,customer number,customer no,supplier number,vendor number"),
        "iban": split("iban,bank account,bank account no,bank account number"),
        "terms": split("payment terms,terms,payment term,terms of payment,net days,payment terms template"),
        "lead_days": split("lead time,lead time days,lead days,lead time in days,delivery time,delivery days"),
        "check_on": split("check again on,check on,next check,next review,review date,next audit,evaluation due"),
        "notes": split("notes,note,remarks,comment,comments"),
        "active": split("active,in use,status,enabled"),
    },
    "places": {
        "codes": split("place id,location id,room id,code,id,no"),
        "name": split("name,place,location,room,building,site"),
        "within": split("within,part of,parent,building,floor"),
        "active": split("active,in use"),
    },
    "departments": {
        "codes": split("department id,group id,code,cost center,cost centre,id,no"),
        "name": split("name,department,department name,group,team"),
        "manager": split("manager,manager id,head,lead"),
        "active": split("active,in use"),
    },
    "topics": {
        "name": split("name,topic,help topic,category,title"),
        "department": split("department,group,team,queue"),
        "priority": split("priority,how soon,default priority"),
        "active": split("active,in use"),
    },
    "meetings": {
        "codes": split("uid,event id,meeting id,appointment id,id,no"),
        "subject": split("subject,title,summary,event,meeting,appointment"),
        "start": split("start,start time,starts,starts at,begins,begin,from,start date,date,when"),
        "until": split("end,end time,ends,ends at,until,to,end date,duration,length"),
        "place": split("place,room,location,where"),
        "attendees": split("attendees,participants,required attendees,who comes,invited,people"),
        "guests": split("guests,external attendees,external participants"),
        "note": split("note,notes,description,details,agenda,body"),
        "private": split("private,confidential"),
    },
    "replies": {
        "title": split("title,name,subject,macro"),
        "text": split("text,body,response,reply,content,message"),
        "topic": split("topic,help topic,category"),
    },
}
"""Headings for the office lists; of every other collection only its own names and labels are known."""

_STARTS: Final = ("ticket ", "issue ", "case ", "incident ", "request ", "sys ")
"""What a system puts before a heading of its own."""
_ENDS: Final = (" items",)
"""What a system puts behind a heading that stands in each line of a document."""


def words_for(kind: Kind[Any], known: Words) -> dict[str, tuple[str, ...]]:
    """Return the headings that mean each field of a collection: those that are known, its own name and label too."""
    found = {name: tuple(words) for name, words in known.items()}
    for spec in fields_of(kind.model):
        if spec.name in found or (kind.name != "tickets" and spec.ui.form and spec.kind is not FieldKind.OTHER):
            own = (plain(spec.name), plain(spec.label))
            found[spec.name] = (*own, *(word for word in found.get(spec.name, ()) if word not in own))
    return found


def plain(heading: str) -> str:
    """Return a heading in small letters and blanks: ``Opened_At`` and ``openedAt`` are ``opened at``."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", heading)
    return " ".join(re.findall(r"[^\W_]+", parted.casefold()))


def known_headings(words: Mapping[str, Sequence[str]], cells: Sequence[str]) -> int:
    """Return how many cells of a row are headings that are known."""
    return len(guess(words, cells))


def guess(words: Mapping[str, Sequence[str]], columns: Sequence[str]) -> dict[str, str]:
    """Return the column of each field; a column serves one field, the surer word wins."""
    headings = {column: plain(column) for column in reversed(columns)}
    offers = []
    for place, (field, synonyms) in enumerate(words.items()):
        for column, heading in headings.items():
            bare = next((heading.removeprefix(start) for start in _STARTS if heading.startswith(start)), heading)
            bare = next((bare.removesuffix(end) for end in _ENDS if bare.endswith(end)), bare)
            for rank, word in enumerate(synonyms):
                if word in (heading, bare):
                    offers.append((rank + (word != heading), place, columns.index(column), field, column))
                    break
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, _, field, column in sorted(offers):
        if field not in found and column not in taken:
            found[field] = column
            taken.add(column)
    return found
