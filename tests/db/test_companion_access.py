"""Who is asked as second officer, or to come along, sees that one thing and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core import follow_ups, joint_visits, profile, second_officers
from core.bus import perform
from core.errors import NotFound, Refused
from core.joint_visits import AnswerInvitation, InviteCompanion
from core.second_officers import ConfirmVisit, NameSecondOfficer, RefuseVisit
from storage.db import transaction
from storage.models import Activity, Companion
from tests.support.bank import MONDAY
from tests.support.random_bank import RandomBank, random_bank

if TYPE_CHECKING:
    from core.acting import Acting
    from storage.models import Staff

LATER = MONDAY.replace(hour=18)


class Undone(Exception):  # noqa: N818 - no error: it takes back what a test tried out
    """Rolls a transaction back."""


@pytest.mark.parametrize("seed", range(2))
async def test_only_who_is_asked_sees_it_and_answers(database: str, seed: int) -> None:
    bank = await random_bank(seed)
    await two_officers(bank)
    await planned_together(bank)
    for person in bank.staff:
        acting = await bank.acting(person)
        await second_officers_hold(bank, acting, person)
        await joint_visits_hold(bank, acting, person)


async def two_officers(bank: RandomBank) -> None:
    """For every customer a record, with a second officer taken from all over the bank."""
    for number, customer in enumerate(bank.customers[:4]):
        first, second = bank.staff[number % len(bank.staff)], bank.staff[-1 - number]
        record = await Activity.create(
            key=f"two{customer.id}", customer=customer, author=first, kind="visit",
            occurred_at=MONDAY, time_source="stated", recorded_at=MONDAY,
        )  # fmt: skip
        await Companion.create(
            key=f"two{customer.id}", duty="second", activity=record, staff=second,
            asked_by=first, asked_at=MONDAY,
        )  # fmt: skip


async def planned_together(bank: RandomBank) -> None:
    """For every plan somebody from all over the bank who is to come along."""
    for number, planned in enumerate(list(bank.follow_ups.values())[:4]):
        await Companion.create(
            key=f"joint{planned.id}", duty="joint", follow_up=planned,
            staff=bank.staff[-1 - number % len(bank.staff)], asked_by=bank.staff[0],
            asked_at=MONDAY,
        )  # fmt: skip


async def joint_visits_hold(bank: RandomBank, acting: Acting, person: Staff) -> None:
    """Only who is invited reads the invitation and answers it; it widens nothing else."""
    mine = set()
    for one in await Companion.filter(duty="joint").select_related("follow_up__customer"):
        planned = one.follow_up
        assert planned is not None
        standing = planned.status == "open"
        theirs = one.staff_id == person.id and standing
        if theirs:
            mine.add(one.id)
            assert (await joint_visits.invitation(acting, one.id)).id == one.id
        else:
            with pytest.raises(NotFound):
                await joint_visits.invitation(acting, one.id)
        key = f"{person.id}:joint:{one.id}"
        answers = theirs and person.role != "auditor"
        await _try(acting, AnswerInvitation(one.id, accepts=True), key, allowed=answers)
        if not bank.may_see(person, planned.customer):
            with pytest.raises(NotFound):
                await follow_ups.visible(acting, planned.id)
            with pytest.raises(NotFound):
                await joint_visits.going_along(acting, planned.id)
            with pytest.raises(Refused):
                await perform(acting, InviteCompanion(planned.id, person.id), key)
    far = LATER.replace(year=LATER.year + 3)
    found = await joint_visits.invitations(acting, MONDAY.replace(year=2020), far)
    assert {one.id for one in found} == mine


async def second_officers_hold(bank: RandomBank, acting: Acting, person: Staff) -> None:
    """Only the second officer reads the request and answers it; it widens nothing else."""
    seen = {c.id for c in bank.customers if bank.may_see(person, c)}
    mine = set()
    for one in await Companion.filter(duty="second").select_related("activity"):
        assert one.activity is not None
        theirs = one.staff_id == person.id
        answers = theirs and one.activity.author_id != person.id and person.role != "auditor"
        if theirs:
            mine.add(one.id)
            assert (await second_officers.request(acting, one.id)).id == one.id
        else:
            with pytest.raises(NotFound):
                await second_officers.request(acting, one.id)
        key = f"{person.id}:two:{one.id}"
        await _try(acting, ConfirmVisit(one.id), key, allowed=answers)
        await _try(acting, RefuseVisit(one.id, "不在"), key, allowed=answers)
        if one.activity.customer_id not in seen:
            with pytest.raises(NotFound):
                await profile.activity(acting, one.activity_id or 0)
            with pytest.raises(Refused):
                await perform(acting, NameSecondOfficer(one.activity_id or 0, person.id), key)
    assert {one.id for one in await second_officers.requests(acting, limit=50)} == mine


async def _try(acting: Acting, command: object, key: str, *, allowed: bool) -> None:
    if allowed:
        with pytest.raises(Undone):  # noqa: PT012 - the rollback is the point
            async with transaction():
                await perform(acting, command, key)
                raise Undone
    else:
        with pytest.raises(Refused):
            await perform(acting, command, key)
