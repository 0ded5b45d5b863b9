"""Consents: which act needs which, and what a missing, expired or withdrawn one does. Pure.

A consent to be looked up at the credit bureau must be written (征信业管理条例, art. 18). Passing
data on and keeping proof of identity each need a consent of their own (个人信息保护法, art. 23 and
29), and what was withdrawn stops (art. 15). Service and risk matters need none: who owes money is
called whatever was agreed to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

GIVEN, MISSING, EXPIRED, WITHDRAWN, SPOKEN = "given", "missing", "expired", "withdrawn", "spoken"
STATES = (GIVEN, MISSING, EXPIRED, WITHDRAWN, SPOKEN)

#: state → what is said of it, where the act is refused or warned of
SENTENCES = {
    MISSING: N_("No consent on record: {consent}. Ask for it, and keep it under ✅ Consents."),
    EXPIRED: N_("The consent ended {day}: {consent}. Ask for it anew under ✅ Consents."),
    WITHDRAWN: N_("Withdrawn by the customer {day}: {consent}. It takes a new consent."),
    SPOKEN: N_("Not signed: {consent}. Have it signed, and keep it under ✅ Consents."),
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent as it was given, or withdrawn."""

    given: bool
    form: str = "signed"
    valid_until: date | None = None
    #: the day that it is of: of a withdrawn one, when it was withdrawn
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done with a customer's data, and the consent that it needs."""

    label: str
    #: a kind of consent
    consent: str
    #: states in which it is not done
    refused: frozenset[str]
    #: it takes a signature
    signed: bool = False


_NOT_GIVEN = frozenset({MISSING, EXPIRED, WITHDRAWN, SPOKEN})
_WITHDRAWN = frozenset({WITHDRAWN})

ACTS = {
    "credit_query": Act(N_("Query the credit bureau"), "credit_report", _NOT_GIVEN, signed=True),
    "keep_identity": Act(N_("Keep proof of identity"), "identity", _NOT_GIVEN),
    "pass_on": Act(N_("Pass data to the group or to others"), "sharing", _NOT_GIVEN),
    "record_call": Act(N_("Record calls and photos"), "recording", _NOT_GIVEN),
    "send_summary": Act(N_("Send a colleague a summary"), "data_use", _WITHDRAWN),
    "export": Act(N_("Hand out a file"), "data_use", _WITHDRAWN),
    "market": Act(N_("Suggest products and send greetings"), "marketing", _WITHDRAWN),
}
#: what speaks for a contact only as a greeting or an offer; all else is service or risk
GREETINGS = frozenset({"anniversary", "birthday"})
OFFERS = frozenset({"elsewhere_matures"})


def state_of(agreed: Agreed | None, today: date, *, signed: bool = False) -> str:
    """Where a consent stands today; the day that it ends is still its own."""
    if agreed is None:
        return MISSING
    if not agreed.given:
        return WITHDRAWN
    if agreed.valid_until is not None and agreed.valid_until < today:
        return EXPIRED
    return SPOKEN if signed and agreed.form == "spoken" else GIVEN


def state_for(act: str, consents: Mapping[str, Agreed], today: date) -> str:
    """Where the consent that an act needs stands today."""
    one = ACTS[act]
    return state_of(consents.get(one.consent), today, signed=one.signed)


def allowed(act: str, consents: Mapping[str, Agreed], today: date) -> bool:
    """Whether it may be done; a state that is not refused is warned of unless it is given."""
    return state_for(act, consents, today) not in ACTS[act].refused
