"""Completeness: how much is known of a customer, and the one question a day that fills it.

After a visit the visitor is asked for what is missing and worth most, at most once on a day of
their calendar. Who says that there is nothing of the kind is believed for three months; who puts
it off is asked about something else for a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core import audit, customers
from core.errors import Invalid, NotFound
from core.facts.sections import SECTIONS
from core.rules.completeness import NEEDS, next_need, percent
from storage.db import lookup
from storage.models import Asked
from storage.statements import day, day_of

if TYPE_CHECKING:
    from core.acting import Acting
    from core.events import ActivityLogged
    from core.rules.completeness import Need

#: how long an answer holds
BELIEVED, PUT_OFF = timedelta(days=90), timedelta(days=7)
ANSWERS = ("none", "later")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much is known, and what is worth most next."""

    percent: int
    next: Need | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of who was just there."""

    id: int
    customer_id: int
    need: Need
    percent: int


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """There is nothing of the kind, or not now."""

    asked_id: int
    #: none, later
    answer: str


async def completeness(acting: Acting, customer_id: int) -> Completeness:
    """How much is known of a customer.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    return await completeness_of(acting, customer.id)


async def completeness_of(acting: Acting, customer_id: int) -> Completeness:
    """How much is known of a customer that the acting person may see."""
    known, not_now = await _known(acting, customer_id)
    return Completeness(percent(known), next_need(known, not_now))


async def question_after(acting: Acting, event: ActivityLogged) -> Question | None:
    """Choose the one question of the day, where somebody was just there; None for none."""
    if event.kind != "visit" or not acting.person.id:
        return None
    today = acting.local_now.date()
    asked_today = "SELECT id FROM asked WHERE staff_id = $1 AND day = $2"
    if await lookup(asked_today, acting.person.id, day(today)):
        return None
    known, not_now = await _known(acting, event.customer_id)
    need = next_need(known, not_now)
    if need is None:
        return None
    asked = await Asked.create(
        staff_id=acting.person.id, day=today, customer_id=event.customer_id, section=need.section
    )
    return Question(asked.id, event.customer_id, need, percent(known))


async def answer_question(acting: Acting, command: AnswerQuestion) -> dict[str, int]:
    """Remember it and return {"customer": …}; said twice is said once.

    Raises:
        NotFound: if it was not this person who was asked.
        Invalid: if it is no such answer.
    """
    if command.answer not in ANSWERS:
        raise Invalid
    asked = await Asked.get_or_none(id=command.asked_id, staff_id=acting.person.id)
    if asked is None:
        raise NotFound
    await customers.visible(acting, asked.customer_id)
    if asked.answer != command.answer:
        asked.answer, asked.answered_at = command.answer, acting.now
        await asked.save(update_fields=["answer", "answered_at"])
        await audit.record(
            acting, "answer", "question", asked.id, customer=asked.customer_id,
            section=asked.section, answer=command.answer,
        )  # fmt: skip
    return {"customer": asked.customer_id}


_ASKED = "SELECT section, answer, day FROM asked WHERE customer_id = $1"
#: a consent that has ended is to be asked for again
_STANDS = {"consents": " AND (valid_until IS NULL OR valid_until >= $2)"}
_KNOWN = " UNION ALL ".join(
    (
        _ASKED,
        *(
            f"SELECT '{need.section}', 'known', NULL WHERE EXISTS (SELECT 1 FROM"  # noqa: S608 - names of ours
            f' "{SECTIONS[need.section].model._meta.db_table}"'  # noqa: SLF001 - the ORM's documented place for it
            f" WHERE customer_id = $1 AND ended_at IS NULL{_STANDS.get(need.section, '')})"
            for need in NEEDS
        ),
    )
)


async def _known(acting: Acting, customer_id: int) -> tuple[set[str], set[str]]:
    """The categories of which something is known, and those that were put off."""
    known, not_now = set(), set()
    today = acting.local_now.date()
    for row in await lookup(_KNOWN, customer_id, day(today)):
        section, answer = str(row["section"]), row["answer"]
        if answer == "known" or (answer == "none" and today - day_of(row["day"]) < BELIEVED):
            known.add(section)
        elif today - day_of(row["day"]) < PUT_OFF:
            not_now.add(section)
    return known, not_now - known
