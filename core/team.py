"""The people of a leader's units with what they keep: for `/team`, and to choose a new owner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tortoise.expressions import Q
from tortoise.functions import Count

from core import colleagues
from core.colleagues import ColleaguePage
from core.errors import NotFound
from core.people import staff_name
from core.rules.access import KEEPERS, OWN, SUBTREE, leads, led_customers, led_people
from storage.db import rows
from storage.models import FollowUp, Staff

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tortoise.queryset import QuerySet

    from core.acting import Acting

#: colleagues that are weighed against each other
MOST = 300


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody keeps: customers by grade, follow-ups that are open and overdue."""

    grades: tuple[tuple[str, int], ...] = ()
    open: int = 0
    overdue: int = 0

    @property
    def customers(self) -> int:
        """How many customers in all."""
        return sum(count for _, count in self.grades)


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague as a leader sees them."""

    id: int
    name: str
    number: str
    role: str
    unit: str
    load: Load


async def loads(acting: Acting, staff_ids: Iterable[int]) -> dict[int, Load]:
    """What each of these people keeps now, in two questions however many they are."""
    ids = sorted(set(staff_ids))
    if not ids:
        return {}
    marks = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    kept = await rows(
        "SELECT owner_id, grade, COUNT(*) AS n FROM customer"  # noqa: S608 - only placeholders
        f" WHERE owner_id IN ({marks}) GROUP BY owner_id, grade ORDER BY grade",
        *ids,
    )
    due = await _follow_ups(acting, ids)
    grades: dict[int, list[tuple[str, int]]] = {}
    for row in kept:
        grades.setdefault(int(row["owner_id"]), []).append((str(row["grade"]), int(row["n"])))
    return {one: Load(tuple(grades.get(one, ())), *due.get(one, (0, 0))) for one in ids}


async def _follow_ups(acting: Acting, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    found = FollowUp.filter(owner_id__in=list(ids), status="open")
    opened = await _counted(found)
    overdue = await _counted(found.filter(overdue_at__lte=acting.now))
    return {one: (count, overdue.get(one, 0)) for one, count in opened.items()}


async def _counted(found: QuerySet[FollowUp]) -> dict[int, int]:
    counts = await found.annotate(n=Count("id")).group_by("owner_id").values("owner_id", "n")
    return {int(row["owner_id"]): int(row["n"]) for row in counts}


async def team(acting: Acting, *, limit: int, offset: int = 0) -> tuple[Member, ...]:
    """The people who keep customers in the units that the acting person leads."""
    found = _led(acting).order_by("unit__path", "number").offset(offset).limit(limit)
    return await _members(acting, await found)


async def member(acting: Acting, staff_id: int) -> Member:
    """One colleague of the units that the acting person leads; who left, while they keep any.

    Raises:
        NotFound: if there is none such.
    """
    staff = await Staff.get_or_none(id=staff_id).select_related("unit")
    if staff is None or not leads(acting.person, staff.unit.path):
        raise NotFound
    found = (await _members(acting, [staff]))[0]
    if not staff.active and not found.load.customers:
        raise NotFound
    return found


async def least_laden(
    acting: Acting, *, without: frozenset[int] = frozenset(), limit: int, offset: int = 0
) -> tuple[Member, ...]:
    """Colleagues to whom the acting person may give customers, the least laden first."""
    able = _led(acting).exclude(id__in=list(without) or [0])
    people = await _members(acting, await able.order_by("number").limit(MOST))
    laden = sorted(people, key=lambda one: (one.load.customers, one.number))
    return tuple(laden[offset : offset + limit])


@dataclass(frozen=True, slots=True)
class Receivers:
    """Reads the colleagues to whom the acting person may give customers, with what they keep."""

    without: tuple[int, ...] = ()

    async def __call__(
        self, acting: Acting, text: str, *, only: int | None = None, limit: int = 6,
        offset: int = 0,
    ) -> ColleaguePage:  # fmt: skip
        """A page of them: the likeliest first, or, for no text, the least laden."""
        if not text and only is None:
            found = await least_laden(
                acting, without=frozenset(self.without), limit=limit + 1, offset=offset
            )
            ids = [one.id for one in found]
            page = await colleagues.find(acting, Q(id__in=ids or [0]), "", limit=limit + 1)
            by_id = {one.id: one for one in page.items}
            shown = tuple(by_id[one] for one in ids[:limit])
            return await _with_loads(acting, ColleaguePage(shown, more=len(ids) > limit))
        among = _led_q(acting) & ~Q(id__in=list(self.without) or [0])
        page = await colleagues.find(acting, among, text, only=only, limit=limit, offset=offset)
        return await _with_loads(acting, page)


@dataclass(frozen=True, slots=True)
class Helpers:
    """Reads the colleagues who may be let in on a customer: of the own unit, or all by name."""

    without: tuple[int, ...] = ()

    async def __call__(
        self, acting: Acting, text: str, *, only: int | None = None, limit: int = 6,
        offset: int = 0,
    ) -> ColleaguePage:  # fmt: skip
        """A page of them, the likeliest first."""
        among = Q(active=True, role__in=sorted(OWN | SUBTREE)) & ~Q(
            id__in=[acting.person.id, *self.without]
        )
        if not text and only is None:
            among &= Q(unit_id=acting.person.unit_id)
        return await colleagues.find(acting, among, text, only=only, limit=limit, offset=offset)


@dataclass(frozen=True, slots=True)
class Plannable:
    """Reads the colleagues for whom the acting person may plan, with what they keep."""

    async def __call__(
        self, acting: Acting, text: str, *, only: int | None = None, limit: int = 6,
        offset: int = 0,
    ) -> ColleaguePage:  # fmt: skip
        """A page of them, the likeliest first."""
        among = led_people(acting.person) & Q(active=True, role__in=sorted(OWN))
        among &= ~Q(id=acting.person.id)
        return await colleagues.find(acting, among, text, only=only, limit=limit, offset=offset)


async def _with_loads(acting: Acting, page: ColleaguePage) -> ColleaguePage:
    load = await loads(acting, [one.id for one in page.items])
    return ColleaguePage(
        tuple(
            replace(
                one,
                note=str(
                    acting.texts.plural("{n} customer", "{n} customers", load[one.id].customers)
                ),
                unit="",
                number="",
            )
            for one in page.items
        ),
        more=page.more,
    )


def _led_q(acting: Acting) -> Q:
    """The people who keep customers in the units that the acting person leads."""
    scope = led_customers(acting.person)
    keeping = Q(active=True, role__in=sorted(KEEPERS))
    if scope.bank:
        return keeping
    below = [Q(unit__path__startswith=path) for path in scope.subtrees] or [Q(id=0)]
    return keeping & Q(*below, join_type="OR")


def _led(acting: Acting) -> QuerySet[Staff]:
    return Staff.filter(_led_q(acting)).select_related("unit")


async def _members(acting: Acting, people: Sequence[Staff]) -> tuple[Member, ...]:
    load = await loads(acting, [staff.id for staff in people])
    return tuple(
        Member(
            staff.id,
            staff_name(staff, acting.locale),
            staff.number,
            staff.role,
            staff.unit.name_zh if acting.locale == "zh" else staff.unit.name_en,
            load[staff.id],
        )
        for staff in people
    )
