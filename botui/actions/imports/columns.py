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


def _w(headings: str) -> tuple[str, ...]:
    return tuple(headings.split(","))


TICKETS: Final[Words] = {
    "codes": _w(
        "ticket id,ticket number,ticket no,ticket,number,case number,case id,incident id,incident number,request id,"
        "request number,issue key,key,id,no,nr,ref,reference,codes"
    ),
    "subject": _w("subject,title,summary,short description,headline,subject line,name"),
    "body": _w("description,body,details,detail,message,content,long description,text,problem,what it is about"),
    "created_at": _w(
        "created at,opened at,created,opened,date opened,opened on,open date,date created,created date,create date,"
        "creation date,created on,created time,opening date,submitted,submitted at,submit date,submitted on,"
        "reported at,reported on,reported date,date reported,logged at,received,received at,sys created on,came in,"
        "start time,started at,start,date"
    ),
    "requester": _w(
        "requester,requester id,requester name,requested by,requested for,asked by,reported by,reporter,reporter id,"
        "caller,caller id,customer,customer id,customer name,submitter,submitted by,raised by,opened by,user,user id,"
        "user name,end user,contact,contact name,client,from,employee,employee id"
    ),
    "requester_email": _w(
        "requester email,requester e mail,customer email,user email,contact email,from email,email,e mail,email address"
    ),
    "on_behalf_of": ["on behalf of", "affected user"],
    "party": _w("party,company,organization,organisation,organization name,account,account name,customer or supplier"),
    "department": _w(
        "assigned group,assignment group,group,assigned team,team,queue,department,support group,resolver group,"
        "group name,team name"
    ),
    "owner": _w(
        "technician,assignee,assigned to,assigned agent,agent,agent name,owner,who has it,handled by,handler,resolver,"
        "responsible,assigned technician,assigned user,support agent,engineer"
    ),
    "category": _w("category,category name,issue category"),
    "subcategory": _w("subcategory,sub category,subcategory name,item"),
    "topic": _w("topic,help topic,service,issue type,problem type"),
    "kind": _w("kind,type,ticket type,request type,record type,case type"),
    "state": _w("state,status,ticket status,current status,stage,ticket state"),
    "priority": _w("priority,how soon,priority level,ticket priority,severity,urgency,impact"),
    "channel": _w("channel,source,via,came by,contact type,request source,origin,medium,reported via,contact method"),
    "place": _w("place,location,site,room,building,office"),
    "wanted_by": _w("wanted by,wanted date,requested date,promised for"),
    "waiting_until": _w("waiting until,until,pending until,on hold until,snoozed until"),
    "tags": _w("tags,labels,keywords"),
    "resolution": _w(
        "resolution,solution,resolution notes,close notes,closing notes,resolution details,fix,how it was solved"
    ),
    "first_response_at": _w(
        "first response at,first response,first responded at,first reply at,first response time,responded at,"
        "response at,answered"
    ),
    "first_response_due": _w("first response due,response due,first response due at,response due at,answer due"),
    "resolved_at": _w(
        "resolved at,resolved,resolved on,resolution date,resolved date,date resolved,solved at,solved,solve date,"
        "completed,completed at,completed on,completion date,fixed at,"
        "finished at,restored at,restored,restore,end time,ended at"
    ),
    "closed_at": _w("closed at,closed,closed on,close date,closed date,date closed,closing date,closed time"),
    "updated_at": _w("updated at,updated,last updated,modified,modified at,last modified,updated on,last update"),
    "resolution_due": _w(
        "resolution due,due,due date,due at,due by,sla due,sla due date,resolution due at,resolve by,deadline,done by,"
        "time to resolve"
    ),
    "target_hours": _w("sla target hours,target hours,sla hours,resolution target hours,sla target,sla h"),
    "target_minutes": _w("sla target minutes,target minutes,sla minutes,resolution target minutes"),
    "took_hours": _w(
        "resolution hours,hours to resolve,time to resolution hours,resolution time hours,handle hours,duration hours"
    ),
    "took_minutes": _w(
        "resolution minutes,minutes to resolve,resolution time minutes,resolution time min,handle minutes,"
        "duration minutes"
    ),
    "sla_met": _w(
        "sla met,sla result,sla status,met sla,sla,within sla,sla compliance,sla compliant,sla breached,sla breach"
    ),
    "reopened": _w("reopened,times reopened,reopen count,reopens"),
    "satisfaction": _w(
        "satisfaction,csat score,csat,score,rating,satisfaction score,customer satisfaction,satisfaction rating,"
        "survey score"
    ),
}
"""Besides fields of tickets: parts (``category``) and figures (``target_hours``) from which fields are made."""

LISTS: Final[Mapping[str, Words]] = {
    "people": {
        "codes": _w("user id,employee id,person id,staff id,employee number,staff number,personnel number,badge,id,no"),
        "name": _w("display name,full name,name,employee name,employee,person,user"),
        "first_name": _w("first name,given name,forename,firstname"),
        "last_name": _w("last name,surname,family name,lastname"),
        "department": _w("department,dept,team,group,division,unit"),
        "job": _w("job,title,job title,position,function"),
        "place": _w("place,location,office,room,site,desk"),
        "extension": _w("extension,ext,phone,phone extension,telephone,office phone"),
        "mobile": _w("mobile,mobile phone,cell,cell phone"),
        "email": _w("email,e mail,mail,email address"),
        "active": _w("active,works here,employment status,status,enabled,account status"),
    },
    "parties": {
        "codes": _w("customer id,supplier id,vendor id,account id,company id,id,no"),
        "name": _w(
            "name,company,company name,customer name,supplier name,vendor name,customer,supplier,vendor,organization,"
            "organisation,display name"
        ),
        "kind": _w("kind,type,party type"),
        "contacts": _w("contacts,contact,contact name,contact person"),
        "phone": _w("phone,telephone,phone number,tel"),
        "email": _w("email,e mail,mail,email address"),
        "address": _w("address,street,street address,postal address"),
        "account_no": _w("account no,account number,customer number,customer no,supplier number,vendor number"),
        "notes": _w("notes,note,remarks,comment,comments"),
        "active": _w("active,in use,status,enabled"),
    },
    "places": {
        "codes": _w("place id,location id,room id,code,id,no"),
        "name": _w("name,place,location,room,building,site"),
        "within": _w("within,part of,parent,building,floor"),
        "active": _w("active,in use"),
    },
    "departments": {
        "codes": _w("department id,group id,code,cost center,cost centre,id,no"),
        "name": _w("name,department,department name,group,team"),
        "manager": _w("manager,manager id,head,lead"),
        "active": _w("active,in use"),
    },
    "topics": {
        "name": _w("name,topic,help topic,category,title"),
        "department": _w("department,group,team,queue"),
        "priority": _w("priority,how soon,default priority"),
        "active": _w("active,in use"),
    },
    "meetings": {
        "codes": _w("uid,event id,meeting id,appointment id,id,no"),
        "subject": _w("subject,title,summary,event,meeting,appointment"),
        "start": _w("start,start time,starts,starts at,begins,begin,from,start date,date,when"),
        "until": _w("end,end time,ends,ends at,until,to,end date,duration,length"),
        "place": _w("place,room,location,where"),
        "attendees": _w("attendees,participants,required attendees,who comes,invited,people"),
        "guests": _w("guests,external attendees,external participants"),
        "note": _w("note,notes,description,details,agenda,body"),
        "private": _w("private,confidential"),
    },
    "replies": {
        "title": _w("title,name,subject,macro"),
        "text": _w("text,body,response,reply,content,message"),
        "topic": _w("topic,help topic,category"),
    },
}
"""Headings for the office lists; of every other collection only its own names and labels are known."""

_STARTS: Final = ("ticket ", "issue ", "case ", "incident ", "request ", "sys ")
"""What a system puts before a heading of its own."""


def words_for(kind: Kind[Any]) -> dict[str, tuple[str, ...]]:
    """Return the headings that mean each field of a collection, its own name and label among them."""
    known: Words = TICKETS if kind.name == "tickets" else LISTS.get(kind.name, {})
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
