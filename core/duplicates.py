"""Customers that are likely the same firm: by credit code, telephone, name, or how it sounds.

Looked for when a customer is added and when a leader tidies up. What a person may not see is only
told of where it is certain: the same credit code, or the same whole name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.customers import name_of, visible_ids
from core.facts.kinds import Phone
from core.i18n import N_
from core.import_rows import BadCellError
from core.rules.access import led_customers
from storage.db import dialect, lookup
from storage.models import Customer
from storage.names import core_of, fold, pinyin_of
from storage.search import search_fields
from storage.statements import found

if TYPE_CHECKING:
    from core.acting import Acting

#: why two are taken for one, the surest first
REASONS = {
    "credit_code": N_("same credit code"),
    "name": N_("same name"),
    "phone": N_("same telephone"),
    "sound": N_("sounds the same"),
}
#: told at most
MOST = 5
_CANDIDATES = 200
#: so many initials tell a firm well enough to look at those whose names go on after them
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a firm that may be there already."""

    name: str
    credit_code: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A customer that is likely the same firm."""

    customer: Customer
    #: a code of REASONS
    why: str
    #: the acting person may see it
    visible: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers that are likely one firm."""

    one: Customer
    other: Customer
    why: str


async def alike(acting: Acting, draft: Draft) -> tuple[Likeness, ...]:
    """Customers of the whole bank that are likely this firm, the surest first."""
    _, initials, _ = search_fields(draft.name, "", "", "", None, "")
    core_initials = initials.partition(" ")[0]
    sql = f"""
      SELECT c.* FROM customer c WHERE c.merged_into_id IS NULL AND (
        c.name_zh = $1 OR (c.credit_code = $2 AND $2 <> '') OR (c.phone = $3 AND $3 <> '')
        OR (c.initials >= $4 AND c.initials < $5 AND $4 <> ' ')
        OR ($3 <> '' AND c.id IN
            (SELECT k.customer_id FROM contact k WHERE k.phone = $3 AND k.ended_at IS NULL)))
      ORDER BY c.id LIMIT {_CANDIDATES}
    """  # noqa: S608 - values are parameters
    near = await found(
        Customer, sql, draft.name, draft.credit_code, kept_phone(draft.phone),
        *_between(core_initials),
    )  # fmt: skip
    seen = await visible_ids(acting, [one.id for one in near])
    reached = await _reached_by(kept_phone(draft.phone))
    likely = [
        Likeness(one, why, one.id in seen)
        for one in near
        if (why := _why(draft, one, by_contact=one.id in reached)) is not None
        and (one.id in seen or why in {"credit_code", "name"})
    ]
    order = list(REASONS)
    return tuple(sorted(likely, key=lambda one: (order.index(one.why), one.customer.id))[:MOST])


def _between(initials: str) -> tuple[str, str]:
    """Where the initials of names that begin so stand in the index; short ones only themselves."""
    if len(initials) >= _TELLING:
        return initials, f"{initials}{{"
    return f"{initials} ", f"{initials}!"


def kept_phone(text: str) -> str:
    """A telephone number as it is kept; one that can't be right as it stands."""
    try:
        return str(Phone().read(text)) if text.strip() else ""
    except BadCellError:
        return text


def _why(draft: Draft, one: Customer, *, by_contact: bool = False) -> str | None:
    """Why a candidate is likely the firm, perhaps by a contact's number; None for only near."""
    if draft.credit_code and one.credit_code:
        return "credit_code" if draft.credit_code == one.credit_code else None
    if (fold(draft.name) or draft.name) == (fold(one.name_zh) or one.name_zh):
        return "name"
    phone = kept_phone(draft.phone)
    if phone and phone == one.phone:
        return "phone"
    core, theirs = core_of(draft.name), core_of(one.name_zh)
    if (core and core == theirs) or fold(draft.name) in {
        fold(one.short_name),
        fold(one.name_en),
    } - {""}:
        return "name"
    if core and pinyin_of(core) == pinyin_of(theirs):
        return "sound"
    return "phone" if by_contact and core[:2] == theirs[:2] else None


async def _reached_by(phone: str) -> set[int]:
    """The customers with a contact of that number."""
    if not phone:
        return set()
    sql = "SELECT customer_id FROM contact WHERE phone = $1 AND ended_at IS NULL"
    return {int(row["customer_id"]) for row in await lookup(sql, phone)}


async def pairs(acting: Acting, *, limit: int = MOST) -> tuple[Pair, ...]:
    """Likely pairs among the customers that the acting person leads, the surest first."""
    where, args = led_customers(acting.person).where("c")
    first = (
        "split_part(c.initials, ' ', 1)"
        if dialect() == "postgres"
        else "substr(c.initials, 1, instr(c.initials || ' ', ' ') - 1)"
    )
    firms: dict[int, Customer] = {}
    told: dict[tuple[int, int], str] = {}
    # The same letters sound alike; whether the names do is looked at one by one.
    for same, there in (
        ("d.phone = c.phone AND d.id > c.id", "c.phone <> ''"),
        ("d.letters = c.letters AND d.id > c.id", "c.letters <> ''"),
        ("d.name_zh = c.short_name AND d.id <> c.id", "c.short_name <> ''"),
    ):
        sql = f"""
          WITH own AS MATERIALIZED (
            SELECT c.id, c.phone, c.name_zh, c.short_name, {first} AS letters
              FROM customer c WHERE {where})
          SELECT c.id, d.id AS twin FROM own c JOIN own d ON {same}
           WHERE {there} ORDER BY c.id, d.id LIMIT {_CANDIDATES}
        """  # noqa: S608 - values are parameters
        near = [(int(row["id"]), int(row["twin"])) for row in await lookup(sql, *args)]
        firms |= await _by_id({one for pair in near for one in pair} - firms.keys())
        for one, twin in near:
            why = _both_ways(firms[one], firms[twin])
            if why is not None:
                told.setdefault((min(one, twin), max(one, twin)), why)
    order = list(REASONS)
    found_pairs = [Pair(firms[one], firms[twin], why) for (one, twin), why in told.items()]
    return tuple(sorted(found_pairs, key=lambda pair: order.index(pair.why))[:limit])


def _both_ways(one: Customer, other: Customer) -> str | None:
    """Why two are likely one firm, whichever of them has the fuller record."""
    return next(
        (
            why
            for draft, there in ((one, other), (other, one))
            if (why := _why(Draft(draft.name_zh, draft.credit_code or "", draft.phone), there))
        ),
        None,
    )


async def _by_id(ids: set[int]) -> dict[int, Customer]:
    return {one.id: one for one in await Customer.filter(id__in=sorted(ids))}


@dataclass(frozen=True, slots=True)
class AlikeNow:
    """Reads, for a dialogue, which customers are likely the firm that is being added."""

    draft: Draft

    async def __call__(self, acting: Acting) -> list[dict[str, Any]]:
        """[{"id", "zh", "en", "why", "visible"}], the surest first; a hidden one has no name."""
        return [
            {
                "id": one.customer.id if one.visible else 0,
                "zh": name_of(one.customer, "zh") if one.visible else "",
                "en": name_of(one.customer, "en") if one.visible else "",
                "why": one.why,
                "visible": one.visible,
            }
            for one in await alike(acting, self.draft)
        ]
