"""The hand-over pack: what a new owner must know of a customer, on one screen.

Open promises and next dates, the last three contacts, and what to beware of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import customers, profile
from core.errors import NotFound
from core.i18n import N_
from core.people import staff_name
from core.profile import follow_up_view
from storage.models import Activity, Assignment, FollowUp

if TYPE_CHECKING:
    from core.acting import Acting
    from core.profile import ActivityView, FollowUpView
    from core.promises import PromiseView
    from storage.models import Customer

SHOWN = 3
LATEST = 10
COMPLAINT = N_("⚠️ A complaint is on record")
AT_RISK = N_("⚠️ May leave the bank")
OVERDUE = N_("⚠️ A promise is overdue")
NO_CONTACT = N_("⚠️ No contact on record")


@dataclass(frozen=True, slots=True)
class Brief:
    """One customer of a pack."""

    customer: Customer
    name: str
    before: str
    main_contact: str
    next: tuple[FollowUpView, ...]
    last: tuple[ActivityView, ...]
    warnings: tuple[str, ...]
    promises: tuple[PromiseView, ...] = ()


async def brief(acting: Acting, customer_id: int) -> Brief:
    """What a new owner must know; the look is audited like any look at the profile.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    facts = await profile.profile(acting, customer_id)
    upcoming = (
        await FollowUp.filter(customer_id=customer_id, status="open")
        .order_by("due_at", "id")
        .limit(SHOWN)
        .select_related("customer", "owner")
    )
    before = (
        await Assignment.filter(customer_id=customer_id)
        .order_by("-id")
        .select_related("from_staff")
        .first()
    )
    promises = tuple(follow_up_view(one, acting) for one in upcoming)
    outcomes: list[Any] = await (
        Activity.filter(customer_id=customer_id, reverses=None, reversed_at=None)
        .order_by("-occurred_at")
        .limit(LATEST)
        .values_list("outcome", flat=True)
    )
    warnings = {
        COMPLAINT: "complaint" in outcomes,
        AT_RISK: facts.customer.status == "at_risk",
        OVERDUE: any(one.overdue for one in promises),
        NO_CONTACT: not outcomes,
    }
    main = facts.main_contact
    return Brief(
        customer=facts.customer,
        name=customers.name_of(facts.customer, acting.locale),
        before=staff_name(before.from_staff, acting.locale) if before else "",
        main_contact=f"{main.name} {main.title}".strip() if main else "",
        next=promises,
        last=facts.last,
        promises=facts.promises,
        warnings=tuple(text for text, true in warnings.items() if true),
    )


async def pack(acting: Acting, assignment_id: int) -> list[int]:
    """The customers of a hand-over that are still the acting person's, the best grades first.

    Raises:
        NotFound: if it was not given to the acting person, or whom they stand in for.
    """
    given = await Assignment.get_or_none(id=assignment_id, to_staff_id__in=acting.person.keeps)
    if given is None:
        raise NotFound
    together = (
        Assignment.filter(batch=given.batch, to_staff_id=given.to_staff_id)
        if given.batch
        else Assignment.filter(id=given.id)
    )
    found = await together.filter(customer__owner_id=given.to_staff_id).order_by(
        "customer__grade", "customer_id"
    ).values_list("customer_id", flat=True)  # fmt: skip
    return [int(str(one)) for one in found]
