"""Which column of another system's list of assets, licences or access is which field of ours, by its heading.

The words are those of the exports of Snipe-IT, GLPI, Lansweeper, ServiceNow and Microsoft 365, and of the spreadsheets
that offices keep.
"""

from __future__ import annotations

from typing import Final

from botui.actions.imports.columns import Words, split

ASSETS: Final[Words] = {
    "tag": split(
        "asset tag,tag,asset tag number,tag number,asset id,asset number,asset no,inventory number,inventory no,"
        "inventory tag,equipment number,equipment id,property number,label,id,number,no,nr"
    ),
    "name": split(
        "asset name,name,device name,computer name,machine name,hostname,host name,title,item name,item,asset,"
        "equipment,device,description"
    ),
    "category": split(
        "category,category name,asset category,asset type,device type,equipment type,item type,type,class,kind,ci type"
    ),
    "maker": split("manufacturer,make,brand,maker,vendor,manufacturer name,vendor name"),
    "model": split("model,model name,asset model,product model,product,model number,model no"),
    "serial": split(
        "serial number,serial no,serial,serial num,serial nr,serialnumber,sn,s n,service tag,manufacturer serial number"
    ),
    "home": split("default location,home location,home,belongs in,rtd location,assigned location"),
    "place": split("location,place,room,site,location name,current location,building,office,where,branch"),
    "department": split("department,department name,dept,cost center,cost centre,business unit"),
    "holder": split(
        "assigned to,assigned user id,assigned user,assigned,checked out to,checked out,holder,who has it,user,user id,"
        "user name,username,employee,employee id,employee name,owner,custodian,assignee,used by,issued to,"
        "assigned to name,managed by"
    ),
    "status": split(
        "status,state,lifecycle status,asset status,asset state,status label,install status,life cycle status,"
        "lifecycle stage,lifecycle,availability"
    ),
    "since": split("checkout date,checked out at,last checkout,assigned on,assigned date,date assigned,issued on"),
    "due": split("expected checkin date,expected checkin,due back,return date,return by,due date,expected return"),
    "bought_on": split(
        "purchase date,purchased on,date purchased,purchased,bought on,date of purchase,acquisition date,acquired on,"
        "acquired,buy date,invoice date"
    ),
    "price": split(
        "purchase cost,purchase price,cost,price,unit cost,acquisition cost,purchase value,value,amount,original cost"
    ),
    "currency": split("currency,price currency,purchase currency,cost currency"),
    "supplier": split("supplier,supplier name,bought from,purchased from,reseller,seller,dealer,vendor,vendor name"),
    "warranty_until": split(
        "warranty end,warranty expires,warranty expiration,warranty until,warranty expiry,warranty end date,"
        "warranty expiration date,warranty expiry date,warranty expires on,warranty date,end of warranty"
    ),
    "warranty_months": split("warranty months,warranty,warranty in months,warranty period,warranty duration"),
    "life_until": split("end of life,eol,eol date,asset eol date,end of life date,eol on,life end,replace by"),
    "support_until": split("support ends,end of support,support end,support until,support expires,eos date"),
    "codes": split("barcode,barcodes,bar code,qr code,rfid,alternate tag,old tag,other tag"),
    "note": split("note,notes,remarks,remark,comment,comments"),
}
"""``holder`` and ``place`` are those of a hand-out; ``since``, ``currency`` and ``warranty_months`` are parts."""

LICENCES: Final[Words] = {
    "codes": split(
        "license id,licence id,sku id,sku,sku part number,product id,product code,contract number,contract no,"
        "contract id,certificate id,subscription id,agreement number,order number,part number,license number,"
        "licence number,id,number,no"
    ),
    "name": split(
        "name,license name,licence name,license,licence,software name,software,product name,product,subscription,"
        "subscription name,title,service name,application,common name,certificate,domain,display name"
    ),
    "vendor": split(
        "vendor,vendor name,supplier,supplier name,publisher,manufacturer,provider,reseller,issuer,issued by,company"
    ),
    "plan": split("plan,edition,plan name,tier,version,license type,licence type,service"),
    "seats": split(
        "seats,total seats,seat count,total,total licenses,total licences,licenses,licences,quantity,qty,purchased,"
        "prepaid units,number of licenses,number of seats,active units,count,users"
    ),
    "assigned": split("assigned,consumed,used,in use,consumed units,used seats,assigned licenses,allocated"),
    "available": split("available,free,unassigned,remaining,free seats,avail,available seats"),
    "cost": split("cost,price,amount,purchase cost,total cost,fee,charge,spend,renewal cost,purchase price"),
    "cost_month": split("monthly cost,cost per month,price per month,monthly price,monthly fee,monthly spend"),
    "cost_year": split(
        "annual cost,yearly cost,cost per year,price per year,annual price,yearly price,annual fee,cost annual"
    ),
    "seat_cost": split(
        "cost per seat,price per seat,unit cost,unit price,cost per user,price per user,cost per license,"
        "cost per licence,price per license,price per licence"
    ),
    "seat_month": split(
        "cost per user per month,price per user per month,monthly cost per user,monthly cost per seat,"
        "price per seat per month,cost per seat per month"
    ),
    "currency": split("currency,price currency,cost currency"),
    "per": split(
        "paid,per,period,billing period,billing cycle,billing frequency,billing,term,payment frequency,frequency,"
        "renewal period,billing plan"
    ),
    "started_on": split(
        "since,start date,started on,purchase date,start,valid from,issued on,contract start,bought on"
    ),
    "renews_on": split(
        "renewal date,next renewal,renews on,renewal,expiration date,expiry date,expires on,expires,expiry,"
        "expiration,valid until,valid to,end date,contract end,term end,termination date,due date,next billing date"
    ),
    "notice_days": split("notice days,notice in days,notice period,notice,cancellation notice,cancellation period"),
    "auto_renew": split(
        "auto renew,auto renewal,autorenew,renews by itself,automatic renewal,renews automatically,renewal type"
    ),
    "owner": split(
        "owner,license owner,licence owner,responsible,contact,responsible person,managed by,who sees to it"
    ),
    "department": split("department,cost center,cost centre,department name,business unit"),
    "status": split("status,state,license status,licence status,subscription status"),
    "note": split("note,notes,remarks,remark,comment,comments,description"),
}
"""``assigned`` to ``seat_month``, ``currency`` and ``status`` are parts from which fields are made."""

ACCESS: Final[Words] = {
    "codes": split(
        "request id,request number,request no,ritm,ticket id,ticket,ticket number,request,access id,reference,id,"
        "number,no"
    ),
    "person": split(
        "for,user id,user,user name,username,requested for,employee,employee id,employee name,person,account,"
        "account name,name,requester,beneficiary,upn"
    ),
    "system": split(
        "system,system or door,application,app,resource,system name,application name,door,group,group name,service,"
        "target,entitlement,asset"
    ),
    "level": split("as,level,role,access level,permission,permissions,privilege,profile,right,rights"),
    "type": split("access type,request type,type,action,operation,change type,activity"),
    "why": split("why,reason,justification,business justification,purpose,description,comment,comments,notes"),
    "approver": split(
        "approver,who approves,approver id,approved by,manager,approver name,authorised by,authorized by"
    ),
    "asked_at": split(
        "submitted,submitted at,submitted on,requested,requested at,requested on,request date,opened,opened at,created,"
        "created at,created on,date"
    ),
    "done_at": split(
        "completed,completed at,completed on,completion date,closed,closed at,granted,granted at,granted on,given,"
        "given on,provisioned on,fulfilled at,resolved,resolved at,since,start date"
    ),
    "until": split("until,expires,expires on,expiry,expiry date,expiration date,end date,valid until,valid to"),
    "reviewed_at": split("last review,reviewed,reviewed on,last reviewed,review date,recertified,recertified on"),
    "result": split("result,status,state,outcome,request status,decision,approval status"),
}
"""``type``, ``asked_at``, ``done_at`` and ``result`` are parts from which state and times are made."""


def _words(table: dict[str, str]) -> dict[str, str]:
    return {word: ours for ours, words in table.items() for word in words.split(",")}


ASSET_STATES: Final = _words(
    {
        "ready": "ready to deploy,ready,available,deployable,requestable",
        "stock": "in stock,stock,spare,in store,in storage,storage,stored,unassigned,not in use,idle,unused,returned",
        "in_use": "in use,in service,deployed,assigned,active,allocated,checked out,issued,on loan,loaned,installed,"
        "in production,live,operational,online,used,working",
        "repair": "repair,in repair,out for repair,under repair,being repaired,broken,defective,faulty,damaged,"
        "out for diagnostics,diagnostics,in maintenance,maintenance,under maintenance,needs repair,rma,at vendor,"
        "awaiting repair,not working,out of order",
        "out": "out of service,out of use,pending,on hold,quarantine,quarantined,inactive,disabled,reserved,on order,"
        "undeployable,broken not fixable,not deployable,pending install,pending repair decision",
        "lost": "lost,missing,stolen,lost or stolen,lost stolen,not found",
        "retired": "retired,disposed,disposed of,archived,scrapped,sold,donated,recycled,end of life,decommissioned,"
        "written off,destroyed,surplus,to be disposed,absent,returned to vendor,returned to lessor,deleted,removed",
    }
)
"""States of assets of other systems: those that Snipe-IT, GLPI and ServiceNow come with, and those of office lists."""

NOBODY: Final = frozenset(
    split("nobody,no one,noone,unassigned,not assigned,unallocated,free,vacant,spare,stock,in stock,pool")
)
"""What stands for a holder where there is none."""

PERIODS: Final = _words(
    {
        "month": "month,monthly,every month,per month,1 month,p1m,mo,m,30 days",
        "quarter": "quarter,quarterly,every quarter,3 months,p3m,q",
        "year": "year,yearly,annual,annually,every year,per year,1 year,12 months,p1y,yr,y,annum,365 days",
        "two-years": "two years,every 2 years,2 years,24 months,biennial,p2y",
        "three-years": "three years,every 3 years,3 years,36 months,triennial,p3y",
        "once": "once,one time,one off,onetime,perpetual,lifetime,permanent,never",
    }
)
"""How often something is paid."""

LICENCE_STATES: Final = _words(
    {
        "running": "active,valid,enabled,current,ok,in use,running,renewed,scheduled,expiring,warning,live,trial",
        "expired": "expired,lapsed,ended,past due",
        "cancelled": "cancelled,canceled,terminated,suspended,disabled,deleted,inactive,revoked,not renewed,closed",
    }
)
"""States of licences, subscriptions and certificates; which of ours runs, expires or has expired, its dates say."""

RENEWS: Final = _words(
    {
        "yes": "yes,y,true,1,x,auto,automatic,automatically,on,enabled,auto renew",
        "no": "no,n,false,0,manual,off,disabled",
    }
)
"""Whether something renews by itself."""

ACCESS_TYPES: Final = _words(
    {
        "add": "add,new,grant,create,joiner,new access,provision,enable,give,assign,access,onboarding,request",
        "remove": "remove,revoke,delete,leaver,removal,deprovision,disable,terminate,take away,unassign,offboarding",
        "modify": "modify,change,update,mover,modification,edit,transfer",
    }
)
"""What a request is for."""

ACCESS_RESULTS: Final = _words(
    {
        "asked": "asked,pending,pending approval,waiting for approval,awaiting approval,submitted,requested,open,new,"
        "to approve,in review",
        "approved": "approved,to give,in progress,work in progress,assigned,processing,scheduled,accepted",
        "given": "given,completed,complete,done,granted,closed,closed complete,fulfilled,provisioned,active,enabled,"
        "resolved,successful,success,reviewed,yes",
        "removed": "removed,revoked,deleted,disabled,inactive,expired,terminated,taken away",
        "refused": "refused,rejected,denied,declined,failed,no,not approved",
        "cancelled": "cancelled,canceled,withdrawn,void,closed cancelled,closed incomplete",
    }
)
"""How far a request is, or whether somebody has the access."""
