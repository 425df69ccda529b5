"""Which column of another system's stock list or order list is which field of ours, by its heading.

The words are those of the exports of Snipe-IT (consumables), InvenTree (parts, stock, purchase orders), Grocy, ERPNext
and Invoice Ninja, and of the spreadsheets that offices keep.
"""

from __future__ import annotations

from typing import Final

from botui.actions.imports.columns import Words, split

_CODE: Final = (
    "sku,item code,item number,item no,article number,article no,article code,stock code,stock number,product code,"
    "product number,product id,material number,part code,part ipn,ipn,internal part number,internal number,item id,"
    "article id,part id"
)
_NAME: Final = (
    "item name,product name,part name,article name,item,product,article,part,material,consumable,title,"
    "item description,product description,article description,part description,description"
)
_BARCODES: Final = (
    "barcode,barcodes,bar code,ean,ean13,ean 13,ean code,upc,upc a,upc code,gtin,ean upc,isbn,barcode number,"
    "barcode data,ean gtin,gtin ean"
)
_PLACE: Final = (
    "location name,location,storage location,stock location,place,usual place,default location name,default location,"
    "bin,bin location,shelf,storage,warehouse,store room,storeroom,room,store"
)
_SUPPLIER: Final = (
    "supplier name,supplier,preferred supplier,default supplier name,default supplier,main supplier,vendor name,vendor,"
    "preferred vendor"
)
_PRICE: Final = (
    "unit cost,unit price,price each,cost each,price per unit,cost per unit,purchase price,purchase cost,cost price,"
    "last purchase price,last price,buying price,net price,rate,valuation rate,standard cost,average cost,cost,price"
)
_CURRENCY: Final = split("currency,price currency,purchase currency,purchase price currency,order currency")

ITEMS: Final[Words] = {
    "code": split(f"code,{_CODE},number,no,nr,id"),
    "name": split(f"name,{_NAME}"),
    "category": split(
        "category name,category,category full path,product group,item group,material group,group,product category,"
        "family,class,type"
    ),
    "unit": split("unit,unit of measure,stock uom,uom,units,base unit,quantity unit,measure"),
    "pack_unit": split("comes in,pack unit,purchase unit,purchase uom,order unit,packaging,package,pack type"),
    "pack_size": split(
        "units in it,pack size,units per pack,pack quantity,pack qty,package quantity,package size,quantity per pack,"
        "qty per pack,units per box,units per case,case pack,case size,conversion factor,per pack,pack"
    ),
    "place": split(_PLACE),
    "order_below": split(
        "order when below,reorder level,re order level,reorder point,order point,minimum stock,min stock,min amount,"
        "min stock amount,minimum quantity,min quantity,min qty,minimum,min,min level,minimum level,safety stock,"
        "alert quantity,low stock threshold,reorder at"
    ),
    "fill_to": split(
        "fill up to,maximum stock,max stock,maximum quantity,max quantity,max qty,maximum,max,max level,maximum level,"
        "par,par level,order up to,target stock,target level,desired quantity"
    ),
    "multiple": split("order multiple,multiple,reorder multiple,order in multiples of"),
    "lead_days": split("lead time,lead time days,lead days,lead time in days,delivery time,delivery days"),
    "supplier": split(_SUPPLIER),
    "supplier_part": split(
        "their number,supplier part number,supplier part no,supplier part,supplier sku,supplier item number,"
        "supplier article number,vendor part number,vendor sku,vendor item number,manufacturer part number,mpn,"
        "order code,catalog number,catalogue number,part number,part no,part nr,model number,model no"
    ),
    "price": split(_PRICE),
    "quick_take": split("taken at once,quick take,quick consume amount"),
    "by_date": split("use by date,expiry tracked,lot tracked"),
    "codes": split(_BARCODES),
    "note": split(
        "note,notes,remarks,remark,comment,comments,long description,details,description,item description,"
        "product description"
    ),
    "active": split("in use,active,enabled,status"),
    "quantity": split(
        "remaining,quantity on hand,qty on hand,on hand,on hand quantity,in stock,total in stock,current stock,"
        "stock level,stock on hand,units on hand,available quantity,opening stock,actual qty,quantity,qty,"
        "stock,amount,balance"
    ),
    "currency": _CURRENCY,
}
"""``quantity`` is no field of an item: it is counted in its place."""

STOCK: Final[Words] = {
    "code": split(f"code,{_CODE}"),
    "codes": split(_BARCODES),
    "name": split(f"name,{_NAME}"),
    "place": split(_PLACE),
    "quantity": split(
        "counted quantity,quantity counted,counted,count,physical count,quantity on hand,qty on hand,on hand,in stock,"
        "current stock,stock level,actual qty,quantity,qty,stock,amount,units,balance"
    ),
    "use_by": split(
        "use by,use by date,expiry date,expiry,expiration date,expires,expires on,best before,best before date,"
        "shelf life end date"
    ),
    "counted_at": split(
        "counted on,counted at,count date,date counted,stocktake date,last stocktake,last counted,as of,posting date,"
        "date"
    ),
}

ORDERS: Final[Words] = {
    "codes": split(
        "order number,order no,po number,po no,purchase order number,purchase order no,purchase order,order reference,"
        "order ref,order id,po,order,reference,document number,number,no,nr,id"
    ),
    "supplier": split(_SUPPLIER),
    "code": split(f"{_CODE},code"),
    "barcodes": split(_BARCODES),
    "name": split(_NAME),
    "quantity": split(
        "quantity ordered,qty ordered,ordered quantity,ordered qty,order quantity,order qty,quantity,qty,units,ordered"
    ),
    "price": split(_PRICE),
    "line_total": split(
        "line total,line amount,line price,total price,extended price,extended cost,amount,net amount,total,sum"
    ),
    "ordered_at": split(
        "order date,ordered on,ordered at,date ordered,po date,purchase date,issue date,issued on,placed on,placed,"
        "transaction date,creation date,created,created at,date created,date,ordered"
    ),
    "expected": split(
        "expected,expected on,expected date,expected delivery,expected delivery date,target date,delivery date,"
        "schedule date,required by,required date,promised date,promised,eta,due date,due,arrival date"
    ),
    "received": split(
        "quantity received,qty received,received quantity,received qty,received so far,delivered quantity,"
        "delivered qty,received,delivered"
    ),
    "received_at": split(
        "received date,date received,received on,received at,delivered on,receipt date,complete date,completion date,"
        "completed on,completed at,completed,closed on,closed at"
    ),
    "state": split("status text,state,status,order status,po status,document status,order state"),
    "their_ref": split(
        "supplier reference,supplier ref,supplier order number,supplier order no,vendor reference,their number,"
        "confirmation number,quote number,quotation number"
    ),
    "note": split("note,notes,remarks,remark,comment,comments,memo,order notes"),
    "currency": _CURRENCY,
}
"""``codes`` to ``note`` with ``state`` are the order's, said in any row of it; the others are its line's."""


def _words(table: dict[str, str]) -> dict[str, str]:
    return {word: ours for ours, words in table.items() for word in words.split(",")}


ORDER_STATES: Final = _words(
    {
        "draft": "pending,draft,new,10,to approve,waiting for approval,awaiting approval,pending approval,submitted,"
        "requested,quote,quotation,rfq,planned",
        "ordered": "placed,ordered,sent,accepted,approved,issued,open,confirmed,acknowledged,active,in progress,20,"
        "to receive,to receive and bill,partially received,partly received,part received,partial,backordered,"
        "back ordered,back order,processing,shipped,in transit,on order,awaiting delivery",
        "here": "to bill,to be billed,awaiting bill,awaiting invoice,received not billed",
        "closed": "complete,completed,closed,done,received,fully received,delivered,fulfilled,finished,paid,billed,30,"
        "archived,invoiced",
        "held": "on hold,held,hold,paused,suspended,25",
        "cancelled": "cancelled,canceled,40,lost,50,returned,60,rejected,declined,void,voided,failed,expired,deleted,"
        "refused,withdrawn",
    }
)
"""States of orders of other systems: InvenTree (words and numbers), ERPNext, Invoice Ninja and others."""
