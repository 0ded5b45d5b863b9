"""What to beware of at a customer: told before the door opens, the gravest first. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.facts.vocabulary import CLASSIFICATIONS
from core.formats import money
from core.i18n import N_, Text
from core.rules.consents import EXPIRED, MISSING, SPOKEN, WITHDRAWN, state_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.rules.consents import Agreed

#: loans that mature within so many days are told of
SOON = timedelta(days=90)
#: a licence that ends within so many days
LICENCE_SOON = timedelta(days=60)
_NO_QUERY = {
    MISSING: N_("No consent to a credit bureau query"),
    EXPIRED: N_("Consent to credit bureau queries ended {day}"),
    WITHDRAWN: N_("Credit bureau query withdrawn"),
    SPOKEN: N_("Consent to a credit bureau query not signed"),
}


@dataclass(frozen=True, slots=True)
class Dealing:
    """A credit line of ours, or what the firm owes another bank."""

    matures: date | None = None
    owed_fen: int = 0
    overdue_fen: int = 0
    classification: str = "normal"
    #: the other bank's name; empty for ours
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the cautions are made from."""

    today: date
    status: str = "active"
    licence_expires: date | None = None
    dealings: tuple[Dealing, ...] = ()
    #: the outcome of the last record
    last_outcome: str | None = None
    #: what the customer agreed to, by kind; None where that was not looked up
    consents: Mapping[str, Agreed] | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """One sentence, whose amounts are put in by the reader's language."""

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict)
    fen: int | None = None

    def text(self, locale: str) -> Text:
        """The sentence with its amount as a banker of that language writes it."""
        amount = {} if self.fen is None else {"amount": money(self.fen, locale)}
        return Text(self.msgid, {**self.params, **amount})


def cautions(standing: Standing) -> tuple[Caution, ...]:
    """Everything to beware of, the gravest first."""
    return tuple(_found(standing))


def _found(standing: Standing) -> Iterable[Caution]:
    overdue = sum(one.overdue_fen for one in standing.dealings)
    if overdue:
        yield Caution(N_("Overdue {amount}"), fen=overdue)
    for one in standing.dealings:
        if one.classification != "normal" and one.classification in CLASSIFICATIONS:
            grade = Text(CLASSIFICATIONS[one.classification])
            yield Caution(N_("Loan classified: {grade}"), {"grade": grade})
            break
    if standing.last_outcome == "complaint":
        yield Caution(N_("Complained at the last contact"))
    if standing.status == "at_risk":
        yield Caution(N_("May leave the bank"))
    soon = sorted(
        (one for one in standing.dealings if _within(one.matures, standing.today, SOON)),
        key=lambda one: one.matures or standing.today,
    )
    for one in soon:
        yield _maturing(one, standing.today)
    if _within(standing.licence_expires, standing.today, LICENCE_SOON):
        yield Caution(N_("Licence ends {day}"), {"day": standing.licence_expires})
    if standing.consents is not None:
        yield from _unagreed(standing, standing.consents)


def _unagreed(standing: Standing, consents: Mapping[str, Agreed]) -> Iterable[Caution]:
    """What is missing where we lend, and what the customer withdrew."""
    state = state_for("credit_query", consents, standing.today)
    lends = any(not one.bank for one in standing.dealings)
    if state in _NO_QUERY and (lends or state == WITHDRAWN):
        until = consents["credit_report"].valid_until if state == EXPIRED else None
        yield Caution(_NO_QUERY[state], {"day": until})
    if state_for("export", consents, standing.today) == WITHDRAWN:
        yield Caution(N_("Use of data withdrawn: no files, no summaries"))
    if state_for("market", consents, standing.today) == WITHDRAWN:
        yield Caution(N_("Wants no offers"))


def _maturing(one: Dealing, today: date) -> Caution:
    assert one.matures is not None
    days = (one.matures - today).days
    if days < 0:
        msgid = (
            N_("{bank}: {amount} matured {n} days ago")
            if one.bank
            else N_("Our {amount} matured {n} days ago")
        )
        return Caution(msgid, {"n": -days, "bank": one.bank}, one.owed_fen)
    msgid = (
        N_("{bank}: {amount} matures in {n} days")
        if one.bank
        else N_("Our {amount} matures in {n} days")
    )
    return Caution(msgid, {"n": days, "bank": one.bank}, one.owed_fen)


def _within(day: date | None, today: date, span: timedelta) -> bool:
    """From a month past, which is still to be settled, to the end of the span."""
    return day is not None and today - timedelta(days=30) <= day <= today + span
