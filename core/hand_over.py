"""Hand over a portfolio, or a part of it, to several colleagues at once.

A proposal balances the load and is shown before anything happens. What is done afterwards is
exactly what was shown: the command carries the proposal's fingerprint, and a portfolio that
changed meanwhile is a conflict. All of it is one transaction with a number of statements that does
not grow with the number of customers.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tortoise.expressions import Q

from core import ownership
from core.assignments import receiver
from core.errors import Invalid, NotFound, OwnerChanged
from core.i18n import N_
from core.ownership import Change
from core.rules.access import leads, led_customers
from core.rules.balancing import UNKNOWN_GRADE, WEIGHTS, Keeper, Piece, balance
from core.team import least_laden
from core.vocabulary import REASSIGN_REASONS
from storage.db import rows
from storage.models import Assignment, Customer, FollowUp, Staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.acting import Acting

#: what the columns that a portfolio is divided by can hold
GRADE_LENGTH, INDUSTRY_LENGTH, CITY_LENGTH = 2, 4, 40
#: nobody's customers: what lies in the pool of the units led
POOL = 0
#: more than a colleague can be given by one tap
MOST = 2000
#: how many colleagues share a portfolio where nobody was named
USUAL_RECEIVERS = 6


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Which customers: those of one person, or of the pool (`POOL`), or a part of them."""

    from_staff: int
    grade: str = ""
    industry: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class ProposeHandOver:
    """The proposal for a portfolio; a read that a dialogue can ask, answered as JSON.

    Without named receivers it is the least laden of the same unit, or of the units led.
    """

    portfolio: Portfolio
    to: tuple[int, ...] = ()

    async def __call__(self, acting: Acting) -> dict[str, Any]:
        """{"fingerprint", "count", "open", "to": [{id, names, count, grades, after}, …]}."""
        made = await propose(acting, self.portfolio, self.to)
        return {
            "fingerprint": made.fingerprint,
            "count": sum(len(pieces) for pieces in made.shares.values()),
            "open": made.open,
            "to": [
                {
                    "id": staff.id,
                    "names": {"zh": staff.name_zh, "en": staff.name_en or staff.name_zh},
                    "count": len(made.shares[staff.id]),
                    "grades": dict(Counter(piece.grade for piece in made.shares[staff.id])),
                    "after": made.before[staff.id] + len(made.shares[staff.id]),
                }
                for staff in made.receivers
            ],
        }


@dataclass(frozen=True, slots=True)
class HandOver:
    """Do what was proposed."""

    portfolio: Portfolio
    to: tuple[int, ...]
    fingerprint: str
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who would get what."""

    receivers: tuple[Staff, ...]
    shares: Mapping[int, list[Piece]]
    #: how many each keeps now
    before: Mapping[int, int]
    #: open follow-ups that would go along
    open: int
    fingerprint: str


async def propose(acting: Acting, portfolio: Portfolio, to: tuple[int, ...]) -> Proposal:
    """Share a portfolio out.

    Raises:
        NotFound: if the person is not of the units that the acting person leads.
        Invalid: if there is nothing to hand over, too much, or nobody to take it.
    """
    if (
        len(portfolio.grade) > GRADE_LENGTH
        or len(portfolio.industry) > INDUSTRY_LENGTH
        or len(portfolio.city) > CITY_LENGTH
    ):
        raise Invalid
    giver = await _giver(acting, portfolio.from_staff)
    pieces = [
        Piece(customer.id, customer.grade, customer.industry, customer.city)
        for customer in await _customers(acting, portfolio)
        .only("id", "grade", "industry", "city")
        .order_by("id")
        .limit(MOST + 1)
    ]
    if not pieces:
        raise Invalid(N_("There is no customer to hand over."))
    if len(pieces) > MOST:
        raise Invalid(N_("That is more than {most} customers. Please choose a part."), most=MOST)
    chosen = await _receivers(acting, giver, to)
    keepers = await _keepers([staff.id for staff in chosen])
    before = {keeper.id: keeper.count for keeper in keepers}
    shares = balance(pieces, keepers)
    moves = sorted((piece.id, one) for one, given in shares.items() for piece in given)
    opened = (
        await FollowUp.filter(
            _customers_q(acting, portfolio, "customer__"), owner_id=giver.id, status="open"
        ).count()
        if giver
        else 0
    )
    return Proposal(
        receivers=tuple(chosen),
        shares=shares,
        before=before,
        open=opened,
        fingerprint=hashlib.sha256(repr(moves).encode()).hexdigest()[:16],
    )


async def hand_over(acting: Acting, command: HandOver) -> dict[str, int]:
    """Hand it over and return {"count", "receivers"}; once per key.

    Raises:
        NotFound, Invalid: as `propose`.
        OwnerChanged: if it is no longer what was shown.
    """
    done = await Assignment.filter(batch=acting.key).values_list("to_staff_id", flat=True)
    if done:
        return {"count": len(done), "receivers": len(set(done))}
    ownership.check_reason(REASSIGN_REASONS, command.reason, command.note)
    made = await propose(acting, command.portfolio, command.to)
    if made.fingerprint != command.fingerprint:
        raise OwnerChanged
    held = await ownership.locked([p.id for given in made.shares.values() for p in given])
    if any(one.owner_id != (command.portfolio.from_staff or None) for one in held.values()):
        raise OwnerChanged
    count = 0
    for staff in made.receivers:
        given = [held[piece.id] for piece in made.shares[staff.id]]
        if not given:
            continue
        change = Change(
            "hand_over",
            command.reason,
            command.note,
            batch=acting.key,
            to_be_accepted=staff.id != acting.person.id,
        )
        count += len(await ownership.move(acting, given, staff, change))
    return {"count": count, "receivers": sum(bool(one) for one in made.shares.values())}


@dataclass(frozen=True, slots=True)
class PartsOf:
    """Reads what a portfolio can be divided by; a read that a dialogue can ask."""

    from_staff: int

    async def __call__(self, acting: Acting) -> dict[str, list[list[Any]]]:
        """{"grade" | "industry" | "city": [[value, count], …]}, the most frequent first.

        Raises:
            NotFound: if the person is not of the units that the acting person leads.
        """
        await _giver(acting, self.from_staff)
        found = await Customer.filter(
            _customers_q(acting, Portfolio(self.from_staff), "")
        ).values_list("grade", "industry", "city")
        return {
            name: [
                list(pair)
                for pair in Counter(str(row[at]) for row in found if row[at]).most_common(9)
            ]
            for at, name in enumerate(("grade", "industry", "city"))
        }


def _customers(acting: Acting, portfolio: Portfolio) -> Any:
    return Customer.filter(_customers_q(acting, portfolio, ""))


def _customers_q(acting: Acting, portfolio: Portfolio, relation: str) -> Any:
    wanted = led_customers(acting.person).through(relation)
    narrowed: dict[str, Any] = {
        f"{relation}{name}": value
        for name, value in (
            ("grade", portfolio.grade),
            ("industry", portfolio.industry),
            ("city", portfolio.city),
        )
        if value
    }
    narrowed[f"{relation}owner_id"] = portfolio.from_staff or None
    return wanted & Q(**narrowed)


async def _giver(acting: Acting, staff_id: int) -> Staff | None:
    """Whose portfolio it is, None for the pool's; may have left already."""
    if staff_id == POOL:
        return None
    staff = await Staff.get_or_none(id=staff_id).select_related("unit")
    if staff is None or not leads(acting.person, staff.unit.path):
        raise NotFound
    return staff


async def _receivers(acting: Acting, giver: Staff | None, to: tuple[int, ...]) -> list[Staff]:
    if giver is not None and giver.id in to:
        raise Invalid(N_("That colleague is in charge already."))
    if to:
        return [await receiver(acting, one) for one in sorted(set(to))]  # held in this order
    without = frozenset({giver.id} if giver else ())
    able = await least_laden(acting, without=without, limit=200)
    ids = [one.id for one in able if one.role != "team_leader"]
    people = await Staff.filter(id__in=ids or [0]).select_related("unit").order_by("id")
    role = giver.role if giver else "rm"
    beside = [one for one in people if one.role == role]
    same = [one for one in beside if giver is not None and one.unit_id == giver.unit_id]
    # Who has no chat can't accept, and hears of no promise: only if nobody else is there.
    chosen = _reached(same) or _reached(beside) or same or beside or list(people)
    order = {one: at for at, one in enumerate(ids)}
    chosen = sorted(chosen, key=lambda one: order[one.id])[:USUAL_RECEIVERS]
    if not chosen:
        raise Invalid(N_("There is nobody in your units to take them."))
    return sorted(chosen, key=lambda one: one.id)


def _reached(people: list[Staff]) -> list[Staff]:
    return [one for one in people if one.chat_id is not None]


async def _keepers(ids: list[int]) -> list[Keeper]:
    marks = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    kept = await rows(
        "SELECT owner_id, grade, industry, city, COUNT(*) AS n FROM customer"  # noqa: S608 - only placeholders
        f" WHERE owner_id IN ({marks}) GROUP BY owner_id, grade, industry, city",
        *ids,
    )
    keepers = {one: Keeper(one) for one in ids}
    for row in kept:
        keeper, count = keepers[int(row["owner_id"])], int(row["n"])
        keeper.count += count
        keeper.weight += count * WEIGHTS.get(str(row["grade"]), UNKNOWN_GRADE)
        keeper.cities[str(row["city"])] += count
        keeper.industries[str(row["industry"])] += count
    return list(keepers.values())
