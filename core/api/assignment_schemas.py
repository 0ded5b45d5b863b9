"""What goes over the wire about who is in charge of customers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.api.schemas import Given, Id, Moment, OneOf, Paged, StaffTold, Told, text
from core.ownership import NOTE_LENGTH
from core.vocabulary import COLLABORATION, POOL_REASONS, REASSIGN_REASONS

Note = Annotated[str, text(NOTE_LENGTH)]
Reason = Annotated[str, OneOf(REASSIGN_REASONS)]
PoolReason = Annotated[str, OneOf(code for code in POOL_REASONS if code != "auto_overdue")]
Part = Annotated[str, text(40)]


class AssignmentTold(Told):
    """One change of who is in charge."""

    id: int
    customer_id: int
    kind: str
    from_staff: StaffTold | None = Field(description="Null where it came from the pool.")
    to_staff: StaffTold | None = Field(description="Null where it went to the pool.")
    reason: str
    note: str
    at: Moment
    accept_by: Moment | None
    accepted_at: Moment | None
    declined_at: Moment | None


class CollaborationTold(Told):
    """A colleague who reads or works on a customer beside the owner."""

    id: int
    staff_id: int
    name: str
    level: str


class RightsTold(Told):
    """Who is in charge of a customer, and who helps."""

    customer_id: int
    owner: StaffTold | None
    collaborations: list[CollaborationTold]


class AssignmentGiven(Given):
    """Who is to be in charge, and why."""

    to_staff_id: Id
    reason: Reason = "workload"
    note: Note = Field("", description="Needed where the reason is “other”.")
    left_out: list[Id] = Field(
        default_factory=list, max_length=500,
        description="Open follow-ups of the old owner that do not go along; they are closed.",
    )  # fmt: skip


class NoteGiven(Given):
    """Why, in words."""

    note: Annotated[str, text(NOTE_LENGTH, 1)]


class CollaborationGiven(Given):
    """Who is let in, and how far."""

    staff_id: Id
    level: Annotated[str, OneOf(COLLABORATION)] = "write"


class ReleaseGiven(Given):
    """Why it goes to the pool."""

    reason: PoolReason = "no_progress"
    note: Note = ""


class PoolTold(Told):
    """A customer of the pool: enough to decide whether to claim it."""

    id: int
    name: str
    city: str
    industry: str
    grade: str
    since: Moment


class PoolPage(Told):
    """A page of the pool, the better grades first."""

    items: list[PoolTold]
    size: int


class PortfolioGiven(Given):
    """Which customers: those of one person, or a part of them."""

    from_staff_id: Id
    grade: Part = ""
    industry: Part = ""
    city: Part = ""
    to_staff_ids: list[Id] = Field(
        default_factory=list, max_length=50,
        description="Who takes part; nobody: the least laden of the same unit.",
    )  # fmt: skip


class ShareTold(Told):
    """What one colleague would get."""

    staff_id: int
    name: str
    count: int
    before: int


class ProposalTold(Told):
    """How a portfolio would be shared out."""

    fingerprint: str
    count: int
    open_follow_ups: int
    shares: list[ShareTold]


class HandOverGiven(PortfolioGiven):
    """Do what was proposed."""

    fingerprint: Annotated[str, text(16, 16)]
    reason: Reason = "workload"
    note: Note = ""


class HandOverTold(Told):
    """What was handed over."""

    count: int
    receivers: int


class MemberTold(Told):
    """A colleague of the units led, with what they keep."""

    id: int
    name: str
    number: str
    role: str
    unit: str
    customers: int
    open_follow_ups: int
    overdue: int


class UntouchedTold(Told):
    """A customer that nobody touched for long, to be ruled on."""

    id: int
    customer_id: int
    name: str
    grade: str
    owner: str
    last_contact: Moment | None


class UntouchedPage(Told):
    """What waits for a ruling."""

    items: list[UntouchedTold]


class RecyclingRuled(Given):
    """To the pool, or kept."""

    keep: bool


class AppealRuledGiven(Given):
    """Upheld gives the customer back."""

    uphold: bool


class CustomerRuled(Told):
    """Which customer it was about."""

    customer_id: int


class AnsweredTold(Told):
    """How many customers it was about."""

    count: int


class Numbered(Paged):
    """Where in a short list to go on."""

    cursor: None = None
    offset: Annotated[str, Field(pattern=r"^[0-9]{1,6}$")] = "0"
