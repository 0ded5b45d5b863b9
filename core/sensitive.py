"""Sensitive fields: one formatter says what of a field is shown to whom, and in which chat.

Every field that can be shown has a class. In a group a customer is a code and an amount band:
nothing above `PUBLIC` appears there. In a private chat (and in the API) `PERSONAL` and above are
masked for everybody but those who work on the customer: the owner, a collaborator who may write,
who stands in for them, and their leaders. Others ask for a value with a reason (core/reveal.py).
Whatever was shown in full is to be written down by whoever shows it (`Shown.in_full`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from core import formats
from core.i18n import N_, texts
from core.rules import access
from core.vocabulary import INDUSTRIES, SIZES
from storage.db import lookup

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.acting import Acting, Person
    from storage.models import Customer

#: messages with values in full leave the chat after this; half a day before Telegram's 48 hours,
#: so that an outage in between leaves none behind
CLASSIFIED_FOR = timedelta(hours=36)

ChatKind = Literal["private", "group"]


class Sensitivity(IntEnum):
    """How much harm a value does in the wrong hands."""

    PUBLIC = 0
    INTERNAL = 1
    PERSONAL = 2
    FINANCIAL = 3


FIELDS: dict[str, Sensitivity] = {
    "customer.code": Sensitivity.PUBLIC,
    "customer.grade": Sensitivity.PUBLIC,
    "customer.industry": Sensitivity.PUBLIC,
    "customer.size": Sensitivity.PUBLIC,
    "customer.band": Sensitivity.PUBLIC,
    "customer.name": Sensitivity.INTERNAL,
    "customer.credit_code": Sensitivity.INTERNAL,
    "customer.address": Sensitivity.INTERNAL,
    "customer.phone": Sensitivity.INTERNAL,
    "contact.name": Sensitivity.INTERNAL,
    "contact.phone": Sensitivity.PERSONAL,
    #: of a sole trader, the firm's telephone is a person's
    "customer.own_phone": Sensitivity.PERSONAL,
    "contact.identity_number": Sensitivity.PERSONAL,
    "contact.family": Sensitivity.PERSONAL,
    "contact.birthday": Sensitivity.PERSONAL,
    "customer.account_number": Sensitivity.FINANCIAL,
}

#: leaders who work with their people's customers; head office looks on from afar
LEADERS = access.LEADERS - access.BANK


@dataclass(frozen=True, slots=True)
class Clearance:
    """What a reader may see at a customer."""

    #: works on the customer, or leads who does
    works: bool = False
    chat: ChatKind = "private"


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it is shown; empty where it is not."""

    text: str
    masked: bool = False
    #: a sensitive value without a mask: to be written down, and to leave the chat again
    in_full: bool = False


def shown(field: str, value: str, clearance: Clearance) -> Shown:
    """What a reader is shown of a field's value; a field without a class counts as the worst."""
    sensitivity = FIELDS.get(field, Sensitivity.FINANCIAL)
    if not value:
        return Shown("")
    if clearance.chat == "group":
        return Shown(value) if sensitivity is Sensitivity.PUBLIC else Shown("", masked=True)
    if sensitivity < Sensitivity.PERSONAL:
        return Shown(value)
    if clearance.works:
        return Shown(value, in_full=True)
    return Shown(_MASKS.get(field, _hidden)(value), masked=True)


def clearance_in(person: Person, customer: Customer, unit_path: str) -> Clearance:
    """What a person may see at a customer of the unit with this path that is visible to them."""
    if person.role in access.READ_ONLY:
        return Clearance()
    works = (
        (customer.owner_id is not None and customer.owner_id in person.keeps)
        or customer.id in person.shared_write
        or any(unit_path.startswith(path) for path in _led(person))
    )
    return Clearance(works=works)


async def clearance(acting: Acting, customer: Customer) -> Clearance:
    """The same for the acting person; the unit is looked up where it matters."""
    if not _led(acting.person):
        return clearance_in(acting.person, customer, "")
    [unit] = await lookup("SELECT path FROM unit WHERE id = $1", customer.unit_id)
    return clearance_in(acting.person, customer, unit["path"])


def _led(person: Person) -> list[str]:
    """The units whose people this person leads, also for somebody who is away."""
    led = [absent.unit_path for absent in person.stands_for if absent.role in LEADERS]
    return [*led, person.unit_path] if person.role in LEADERS else led


def firm_phone(customer: Customer, clearance: Clearance) -> Shown:
    """A firm's telephone, which is a person's where the firm is one."""
    sole_trader = customer.size == "individual"
    field = "customer.own_phone" if sole_trader else "customer.phone"
    return shown(field, customer.phone, clearance)


def masked_phone(number: str) -> str:
    """138****0001: enough to recognise a number by, too little to call it."""
    digits = "".join(character for character in number if character.isdigit())
    if len(digits) == len("8613800000000") and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) >= len("02155550001"):
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-2:]}" if len(digits) > len("1234") else "****"


def readable_phone(number: str) -> str:
    """138 0000 0001 for a Chinese mobile number, anything else as it is kept."""
    digits = number.removeprefix("+")
    if len(digits) == len("8613800000000") and digits.startswith("86") and digits.isdigit():
        return f"{digits[2:5]} {digits[5:9]} {digits[9:]}"
    return number


def masked_ending(value: str) -> str:
    """****0001: the last four of an account or identity number, where there are many more."""
    flat = "".join(value.split())
    return f"****{flat[-4:]}" if len(flat) >= len("123456789012") else "****"


def _hidden(value: str) -> str:
    del value
    return "****"


_MASKS: dict[str, Callable[[str], str]] = {
    "contact.phone": masked_phone,
    "customer.own_phone": masked_phone,
    "contact.identity_number": masked_ending,
    "customer.account_number": masked_ending,
}

#: upper ends of the bands of registered capital, in fen
_BANDS = (100_000_000, 500_000_000, 2_000_000_000, 10_000_000_000)


def band(fen: int | None, locale: str) -> str:
    """The band that an amount falls into, never the amount: ¥100万–500万; empty for none."""
    if fen is None or fen <= 0:
        return ""
    ends = [formats.money(end, locale) for end in _BANDS]
    place = next((n for n, end in enumerate(_BANDS) if fen < end), len(_BANDS))
    if place == 0:
        return f"<{ends[0]}"
    if place == len(_BANDS):
        return f"≥{ends[-1]}"
    return f"{ends[place - 1]}–{ends[place].removeprefix('¥')}"


def in_group(customer: Customer, locale: str) -> str:
    """A customer as it may stand in a group: a code, grade, industry and a band of its capital."""
    t, group = texts(locale), Clearance(chat="group")
    capital, known = band(customer.capital_fen, locale), customer.industry in INDUSTRIES
    parts = (
        ("customer.code", customer.external_id or f"#{customer.id}"),
        ("customer.grade", t("grade {grade}", grade=customer.grade)),
        ("customer.industry", t(INDUSTRIES[customer.industry]) if known else ""),
        ("customer.size", t(SIZES[customer.size]) if customer.size in SIZES else ""),
        ("customer.band", t(N_("capital {band}"), band=capital) if capital else ""),
    )
    found = (shown(field, str(value), group).text for field, value in parts)
    return " · ".join(part for part in found if part)
