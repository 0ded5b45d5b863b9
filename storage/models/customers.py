"""Customers and the people to talk to there."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.organization import Staff, Unit


class Customer(Model):
    """A firm. Closed, never deleted."""

    id = fields.BigIntField(primary_key=True)
    #: the id in the bank's own systems
    external_id = fields.CharField(max_length=40, null=True, unique=True)
    name_zh = fields.CharField(max_length=120)
    name_en = fields.CharField(max_length=160, default="")
    short_name = fields.CharField(max_length=40, default="")
    credit_code = fields.CharField(max_length=18, null=True, unique=True)
    legal_representative = fields.CharField(max_length=60, default="")
    #: a day of the year, with the year where it is known: 08-15, 1975-08-15
    legal_birthday = fields.CharField(max_length=10, default="", db_default="")
    #: section of GB/T 4754
    industry = fields.CharField(max_length=4, default="")
    #: A to D, how often and how well the bank serves this firm
    grade = fields.CharField(max_length=2, default="C")
    #: medium, small, micro, individual
    size = fields.CharField(max_length=12, default="small")
    #: prospect, intent, active, dormant, at_risk, lost, exited
    status = fields.CharField(max_length=12, default="prospect")
    city = fields.CharField(max_length=40, default="")
    address = fields.CharField(max_length=200, default="")
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)
    phone = fields.CharField(max_length=20, default="")
    #: registered capital in fen
    capital_fen = fields.BigIntField(null=True)
    founded = fields.DateField(null=True)
    #: the last day of the business licence
    licence_expires = fields.DateField(null=True)
    #: a customer that this one was found to be: closed, its history lives on there
    merged_into: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: where the basic data come from, as of which day: see storage/models/facts.py
    source = fields.CharField(max_length=12, default="customer", db_default="customer")
    as_of = fields.DateField(null=True)
    #: who is in charge, null while the firm is in the pool
    owner: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="customers", null=True, on_delete=fields.RESTRICT
    )
    #: since when it is this owner's, or in the pool
    owner_since = MomentField(null=True)
    #: the unit whose customer it is, the owner's unit when assigned
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "storage.Unit", related_name="customers", on_delete=fields.RESTRICT
    )
    #: full pinyin without spaces, and the initials, both lower case
    pinyin = fields.CharField(max_length=400, default="")
    initials = fields.CharField(max_length=80, default="")
    #: what a part of a name is looked up in (storage/search.py says how it is made)
    search_text = fields.TextField(default="")
    created_at = MomentField()
    last_contact_at = MomentField(null=True)

    owner_id: int | None
    unit_id: int
    merged_into_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "customer"
        indexes: ClassVar = [
            Index(fields=("owner_id", "last_contact_at"), name="customer_owner_contact"),
            Index(fields=("unit_id", "last_contact_at"), name="customer_unit_contact"),
            Index(fields=("initials",), name="customer_initials"),
            Index(fields=("phone",), name="customer_phone"),
            Index(fields=("name_zh",), name="customer_name_zh"),
        ]


class Contact(Model):
    """A person to talk to at a firm."""

    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name="contacts", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=60)
    name_en = fields.CharField(max_length=80, default="")
    title = fields.CharField(max_length=60, default="")
    phone = fields.CharField(max_length=20, default="")
    #: decision_maker, influencer, handler
    role = fields.CharField(max_length=20, default="handler")
    is_main = fields.BooleanField(default=False)
    #: when and how the person likes to be reached, in words
    reach = fields.CharField(max_length=60, default="", db_default="")
    identity_number = fields.CharField(max_length=18, default="", db_default="")
    #: a day of the year, with the year where it is known: 08-15, 1975-08-15
    birthday = fields.CharField(max_length=10, default="", db_default="")
    source = fields.CharField(max_length=12, default="customer", db_default="customer")
    as_of = fields.DateField(null=True)
    recorded_at = MomentField(null=True)
    recorded_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: no longer there
    ended_at = MomentField(null=True)

    customer_id: int
    recorded_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "contact"
        indexes: ClassVar = [
            Index(fields=("customer_id",), name="contact_customer"),
            Index(fields=("phone",), name="contact_phone"),
        ]
