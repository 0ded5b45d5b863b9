"""Colleagues: finding one by name, pinyin or staff number, among those who may be chosen here.

Who may be chosen is said by the read that asks: for an administrator everybody, for somebody who
goes on leave the own branch, for a new owner those who keep customers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from core.errors import NotFound
from core.i18n import LOCALES
from core.people import staff_name
from storage.models import Staff
from storage.names import fold, initials_of, pinyin_of

if TYPE_CHECKING:
    from tortoise.expressions import Q

    from core.acting import Acting
    from storage.models import Unit

_LIMIT = 6


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague in a list: enough to tell namesakes apart."""

    id: int
    number: str
    name: str
    role: str
    unit: str
    #: what else the asker wants to know, such as the present load
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColleaguePage:
    """A page of a list, and whether there is more."""

    items: tuple[Colleague, ...]
    more: bool = False


class ColleagueRead(Protocol):
    """Colleagues that a text may mean, of those who may be chosen; with `only`, that one."""

    async def __call__(
        self,
        acting: Acting,
        text: str,
        *,
        only: int | None = None,
        limit: int = _LIMIT,
        offset: int = 0,
    ) -> ColleaguePage:
        """A page of them, the likeliest first."""


async def find(
    acting: Acting,
    among: Q,
    text: str,
    *,
    only: int | None = None,
    limit: int = _LIMIT,
    offset: int = 0,
) -> ColleaguePage:
    """Colleagues of a set that a text may mean, the likeliest first; for no text, by number."""
    found = Staff.filter(among)
    if only is not None:
        found = found.filter(id=only)
    known = await found.order_by("number").values_list("id", "number", "name_zh", "name_en")
    wanted = fold(text)
    ranked = []
    for staff_id, number, name_zh, name_en in known:
        rank = _rank(wanted, str(number), str(name_zh), str(name_en)) if wanted else 0
        if rank is not None:
            ranked.append((rank, str(number), int(str(staff_id))))
    ids = [staff_id for _, _, staff_id in sorted(ranked)[offset : offset + limit + 1]]
    rows = await Staff.filter(id__in=ids[:limit]).select_related("unit")
    by_id = {staff.id: staff for staff in rows}
    items = tuple(_colleague(by_id[one], acting.locale) for one in ids[:limit] if one in by_id)
    return ColleaguePage(items, more=len(ids) > limit)


async def names_of(staff_id: int) -> dict[str, str]:
    """What to call a colleague, by language.

    Raises:
        NotFound: if there is none.
    """
    staff = await Staff.get_or_none(id=staff_id)
    if staff is None:
        raise NotFound
    return {locale: staff_name(staff, locale) for locale in LOCALES}


def unit_name(unit: Unit, locale: str) -> str:
    """A unit's name in a language."""
    return unit.name_zh if locale == "zh" else (unit.name_en or unit.name_zh)


def _colleague(staff: Staff, locale: str) -> Colleague:
    return Colleague(
        id=staff.id,
        number=staff.number,
        name=staff_name(staff, locale),
        role=staff.role,
        unit=unit_name(staff.unit, locale),
    )


def _rank(wanted: str, number: str, name_zh: str, name_en: str) -> int | None:
    """How well a folded text names somebody, the best first; None where it does not."""
    zh, en, joined = fold(name_zh), fold(name_en), wanted.replace(" ", "")
    pinyin, initials = _sounds(name_zh) if joined.isascii() else ("", "")
    tries = (
        joined == fold(number),
        wanted in {zh, en},
        joined in {pinyin, initials, en.replace(" ", "")},
        zh.startswith(wanted) or en.startswith(wanted),
        wanted in zh or wanted in en or fold(number).startswith(joined),
        pinyin.startswith(joined) or initials.startswith(joined),
    )
    return next((rank for rank, fits in enumerate(tries) if fits), None)


@lru_cache(maxsize=16_384)
def _sounds(name: str) -> tuple[str, str]:
    return pinyin_of(name), initials_of(name)
