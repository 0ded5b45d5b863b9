"""What the bank knows about a firm itself: its books, partners, owners, property and people."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.customers import Contact, Customer
from storage.models.facts import Fact
from storage.models.organization import Staff


class OtherBank(Fact):
    """What the firm has with another bank (D4)."""

    bank = fields.CharField(max_length=60)
    product = fields.CharField(max_length=20, default="working_capital")
    limit_fen = fields.BigIntField(null=True)
    balance_fen = fields.BigIntField(null=True)
    #: per year, in basis points
    rate_bp = fields.IntField(null=True)
    matures = fields.DateField(null=True)
    guarantor = fields.CharField(max_length=120, default="")

    class Meta:
        """Table name and key."""

        table = "other_bank"
        unique_together = (("customer", "bank", "product"),)


class Statement(Fact):
    """A financial statement (D5), in fen: ratios are computed from it."""

    #: the last day of its period
    period_end = fields.DateField()
    #: how many months it covers: 12, 6, 3
    months = fields.IntField(default=12)
    revenue_fen = fields.BigIntField(null=True)
    profit_fen = fields.BigIntField(null=True)
    assets_fen = fields.BigIntField(null=True)
    current_assets_fen = fields.BigIntField(null=True)
    liabilities_fen = fields.BigIntField(null=True)
    current_liabilities_fen = fields.BigIntField(null=True)
    receivables_fen = fields.BigIntField(null=True)
    inventory_fen = fields.BigIntField(null=True)
    cash_fen = fields.BigIntField(null=True)
    audited = fields.BooleanField(default=False)

    class Meta:
        """Table name and key."""

        table = "statement"
        unique_together = (("customer", "period_end", "months"),)


class TradePartner(Fact):
    """A supplier or a buyer (D6)."""

    #: supplier, buyer
    direction = fields.CharField(max_length=8)
    name = fields.CharField(max_length=120)
    #: of purchases or sales, in basis points
    share_bp = fields.IntField(null=True)
    terms = fields.CharField(max_length=120, default="")
    #: where it is a customer, too
    partner: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    partner_id: int | None

    class Meta:
        """Table name, key and indexes."""

        table = "trade_partner"
        unique_together = (("customer", "direction", "name"),)
        indexes: ClassVar = [Index(fields=("partner_id",), name="trade_partner_partner")]


class Shareholder(Fact):
    """Who owns the firm (D7)."""

    name = fields.CharField(max_length=120)
    #: person, firm
    kind = fields.CharField(max_length=8, default="person")
    share_bp = fields.IntField(null=True)
    paid_in_fen = fields.BigIntField(null=True)
    #: the actual controller
    controls = fields.BooleanField(default=False)
    holder: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    holder_id: int | None

    class Meta:
        """Table name, key and indexes."""

        table = "shareholder"
        unique_together = (("customer", "name"),)
        indexes: ClassVar = [Index(fields=("holder_id",), name="shareholder_holder")]


class Property(Fact):
    """Something that the firm owns by title (D8)."""

    #: land, plant, equipment, vehicle, patent, other
    kind = fields.CharField(max_length=12)
    title_number = fields.CharField(max_length=60)
    description = fields.CharField(max_length=120, default="")
    value_fen = fields.BigIntField(null=True)
    mortgaged_to = fields.CharField(max_length=120, default="")

    class Meta:
        """Table name and key."""

        table = "property"
        unique_together = (("customer", "kind", "title_number"),)


class Security(Fact):
    """A security that the firm issued (D9)."""

    #: share, bond, abs
    kind = fields.CharField(max_length=8)
    code = fields.CharField(max_length=20)
    amount_fen = fields.BigIntField(null=True)
    issued = fields.DateField(null=True)
    matures = fields.DateField(null=True)
    market = fields.CharField(max_length=60, default="")

    class Meta:
        """Table name and key."""

        table = "security"
        unique_together = (("customer", "code"),)


class FamilyMember(Fact):
    """A member of the legal representative's family, with a firm of theirs (D10)."""

    person = fields.CharField(max_length=60)
    #: spouse, parent, child, sibling, other
    kinship = fields.CharField(max_length=8)
    firm = fields.CharField(max_length=120, default="")
    post = fields.CharField(max_length=60, default="")
    #: what the firm guarantees for this customer, in fen
    guarantee_fen = fields.BigIntField(null=True)
    family_firm: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    family_firm_id: int | None

    class Meta:
        """Table name, key and indexes."""

        table = "family_member"
        unique_together = (("customer", "person", "firm"),)
        indexes: ClassVar = [Index(fields=("family_firm_id",), name="family_member_firm")]


class Relation(Fact):
    """An edge of the group: from this customer to another firm (R: parent, guarantees, …)."""

    #: a code of core/vocabulary.py: subsidiary, common_control, guarantees, mutual, joint
    kind = fields.CharField(max_length=16)
    #: the other firm's name, also where it is no customer
    name = fields.CharField(max_length=120)
    #: of a guarantee, what is guaranteed, in fen
    amount_fen = fields.BigIntField(null=True)
    other: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    other_id: int | None

    class Meta:
        """Table name, key and indexes."""

        table = "relation"
        unique_together = (("customer", "kind", "name"),)
        indexes: ClassVar = [Index(fields=("other_id",), name="relation_other")]


class Consent(Fact):
    """What a customer or a person of it agreed to, or withdrew."""

    #: a code of core/facts/vocabulary.py: data_use, credit_report, marketing, sharing, …
    kind = fields.CharField(max_length=16)
    given = fields.BooleanField(default=True)
    valid_until = fields.DateField(null=True)
    #: how it was given: signed, message, spoken
    form = fields.CharField(max_length=12, default="signed")
    contact: fields.ForeignKeyNullableRelation[Contact] = fields.ForeignKeyField(
        "storage.Contact", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    #: what says so
    paper: fields.ForeignKeyNullableRelation[Document] = fields.ForeignKeyField(
        "storage.Document", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    contact_id: int | None
    paper_id: int | None

    class Meta:
        """Table name and key."""

        table = "consent"
        unique_together = (("customer", "kind"),)


class Document(Model):
    """A paper or photo of a customer. The bytes are kept by hash, see storage/files.py."""

    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: a code of core/vocabulary.py: licence, statement, contract, premises, card, other
    kind = fields.CharField(max_length=12)
    #: photo, document
    form = fields.CharField(max_length=8)
    file_id = fields.CharField(max_length=200)
    file_name = fields.CharField(max_length=200, default="")
    caption = fields.CharField(max_length=200, default="")
    expires = fields.DateField(null=True)
    #: SHA-256 of the bytes once they are here
    sha256 = fields.CharField(max_length=64, null=True)
    added_at = MomentField()
    added_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    ended_at = MomentField(null=True)

    customer_id: int
    added_by_id: int

    class Meta:
        """Table name and indexes."""

        table = "document"
        indexes: ClassVar = [Index(fields=("customer_id",), name="document_customer")]


class Grading(Model):
    """A grade that a scorecard gave, with its reasons. Appended, never changed."""

    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: which scorecard, and which version of it
    scorecard = fields.CharField(max_length=20)
    version = fields.IntField()
    #: factor → [value, points]
    factors: Any = fields.JSONField()
    points = fields.IntField()
    #: what the points say, and what was decided where somebody overruled them
    grade = fields.CharField(max_length=2)
    decided = fields.CharField(max_length=2)
    reason = fields.CharField(max_length=400, default="")
    at = MomentField()
    by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    customer_id: int
    by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "grading"
        indexes: ClassVar = [Index(fields=("customer_id", "at"), name="grading_customer_at")]


class Change(Model):
    """One field of a fact that changed: who, when, from what, to what. Appended, never changed."""

    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: a name of core/facts/sections.py
    section = fields.CharField(max_length=16)
    #: which of its rows
    row_id = fields.BigIntField()
    #: the field, or empty where a whole row came ("now" has its name) or ended ("was" has it)
    field = fields.CharField(max_length=32, default="")
    was = fields.TextField(default="")
    now = fields.TextField(default="")
    source = fields.CharField(max_length=12)
    at = MomentField()
    by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    customer_id: int
    by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "change"
        indexes: ClassVar = [
            Index(fields=("customer_id", "at"), name="change_customer_at"),
            Index(fields=("section", "row_id"), name="change_row"),
        ]


class Asked(Model):
    """What somebody was asked to find out about a customer: one question a day and person."""

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: on the person's own calendar
    day = fields.DateField()
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: a name of core/facts/sections.py
    section = fields.CharField(max_length=16)
    #: none (there is nothing of the kind), later, or empty
    answer = fields.CharField(max_length=8, default="")
    answered_at = MomentField(null=True)

    staff_id: int
    customer_id: int

    class Meta:
        """Table name, key and indexes."""

        table = "asked"
        unique_together = (("staff", "day"),)
        indexes: ClassVar = [Index(fields=("customer_id",), name="asked_customer")]
