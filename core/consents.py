"""Consents in use: asked before an act that needs one.

An act that a missing, expired or withdrawn consent forbids is refused with a sentence that says
how to get it. They are recorded and withdrawn in core/consent_recording.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import audit, customers
from core.errors import ConsentMissing, NotFound
from core.facts.vocabulary import CONSENTS
from core.i18n import Text
from core.rules.consents import ACTS, GIVEN, SENTENCES, Agreed, allowed, state_for
from storage.db import lookup, rows
from storage.models import Consent
from storage.statements import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class AskPermission:
    """Something is about to be done that needs a consent; that it was asked is written down."""

    customer_id: int
    act: str


@dataclass(frozen=True, slots=True)
class Permit:
    """Whether an act may be done, and what is to be said of it."""

    act: str
    consent: str
    #: given, missing, expired, withdrawn, spoken
    state: str
    allowed: bool
    #: None where the consent is given
    sentence: Text | None


_CONSENTS = """
SELECT kind, given, form, valid_until, as_of FROM consent
 WHERE customer_id = $1 AND ended_at IS NULL
"""


async def consents_of(customer_id: int) -> dict[str, Agreed]:
    """The consents of a customer that the acting person may see, by their kind."""
    return {
        str(row["kind"]): Agreed(
            bool(row["given"]), str(row["form"]), _day(row["valid_until"]), _day(row["as_of"])
        )
        for row in await lookup(_CONSENTS, customer_id)
    }


async def require(acting: Acting, customer_id: int, act: str) -> Permit:
    """Refuse an act that a customer's consents forbid; otherwise how they stand.

    Raises:
        ConsentMissing: with what is missing and how to get it.
    """
    permit = _permit(act, await consents_of(customer_id), acting.local_now.date())
    if not permit.allowed:
        assert permit.sentence is not None
        raise ConsentMissing(permit.sentence.msgid, **permit.sentence.params)
    return permit


async def permits(acting: Acting, customer_id: int) -> tuple[Permit, ...]:
    """Every act that needs a consent, and whether it may be done today.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    found, today = await consents_of(customer.id), acting.local_now.date()
    return tuple(_permit(act, found, today) for act in ACTS)


async def declines_marketing(acting: Acting, customer_id: int) -> bool:
    """Whether a customer is to be left out of offers and greetings."""
    return not allowed("market", await consents_of(customer_id), acting.local_now.date())


_DECLINED = """
SELECT n.customer_id FROM consent n JOIN customer c ON c.id = n.customer_id
 WHERE c.owner_id = $1 AND n.kind = 'marketing' AND NOT n.given AND n.ended_at IS NULL
"""


async def declining(staff_id: int) -> frozenset[int]:
    """Those of a person's customers that are to be left out of offers and greetings."""
    return frozenset(int(row["customer_id"]) for row in await rows(_DECLINED, staff_id))


async def ask_permission(acting: Acting, command: AskPermission) -> int:
    """Write down that the act is about to be done, and return the customer's id.

    Raises:
        NotFound: if there is no such act, or the customer is none to be seen.
        NotAllowed: if the customer is not the acting person's to work with.
        ConsentMissing: if the act is not to be done.
    """
    if command.act not in ACTS:
        raise NotFound
    customer = await customers.workable(acting, command.customer_id)
    permit = await require(acting, customer.id, command.act)
    await audit.record(
        acting, "permit", "customer", customer.id, act=command.act, consent=permit.state
    )
    return int(customer.id)


async def paper_of(acting: Acting, consent_id: int) -> int | None:
    """The document that a consent was given by; None for none.

    Raises:
        NotFound: if there is no such consent or none to be seen.
    """
    found = await Consent.get_or_none(id=consent_id)
    await customers.visible(acting, found.customer_id if found else -1)
    assert found is not None
    return found.paper_id


def _permit(act: str, consents: Mapping[str, Agreed], today: date) -> Permit:
    one, state = ACTS[act], state_for(act, consents, today)
    sentence = None
    if state != GIVEN:
        agreed = consents.get(one.consent)
        day = (agreed.valid_until if state == "expired" else agreed.as_of) if agreed else None
        said = {"consent": Text(CONSENTS[one.consent]), "day": day.isoformat() if day else ""}
        sentence = Text(SENTENCES[state], said)
    return Permit(act, one.consent, state, state not in one.refused, sentence)


def _day(value: Any) -> date | None:
    return None if value is None else day_of(value)
