"""What a planned visit stands too close to: another at the same time, or one too far away.

Told and never refused: the person knows better who moves and how fast they drive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from core import customers
from core.i18n import N_
from core.rules.access import visible_customers
from core.rules.lasting import end_after, planned_end
from core.rules.travel import Stay, Way, overlap, too_tight
from storage.models import FollowUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tortoise.queryset import QuerySet

    from core.acting import Acting
    from core.i18n import Texts
    from storage.models import Customer

#: kinds that take a person somewhere
MEETINGS = ("visit", "meeting")
#: of one person's day, and told of what is at the same time
MOST, AT_ONCE = 40, 2
_SAID = {
    "before": N_("{minutes} min from the visit before, {left} min left"),
    "after": N_("{minutes} min to the visit after, {left} min left"),
}


def stay_of(one: FollowUp) -> Stay:
    """Where and when a planned visit is; its customer is fetched."""
    return Stay(one.due_at, planned_end(one.due_at, one.ends_at, one.kind), _place(one.customer))


def _place(customer: Customer) -> tuple[float, float] | None:
    latitude, longitude = customer.latitude, customer.longitude
    return None if latitude is None or longitude is None else (latitude, longitude)


def somewhere(found: Iterable[FollowUp]) -> list[FollowUp]:
    """Those that take a person somewhere at an hour."""
    return [
        one for one in found
        if not one.all_day and one.kind in MEETINGS and one.status == "open"
    ]  # fmt: skip


def colliding(found: Sequence[FollowUp]) -> set[int]:
    """Those at which one person is to be in two places at once; `found` is in order of time."""
    both: set[int] = set()
    #: by person, the one that ends last of those that began
    last: dict[int, FollowUp] = {}
    for one in somewhere(found):
        before = last.get(one.owner_id)
        if before is not None and overlap(stay_of(before), stay_of(one)):
            both |= {before.id, one.id}
        if before is None or stay_of(one).ends > stay_of(before).ends:
            last[one.owner_id] = one
    return both


def ways(found: Sequence[FollowUp]) -> dict[int, Way]:
    """What can't be reached in time from the visit before; `found` is in order of time."""
    tight: dict[int, Way] = {}
    last: dict[int, FollowUp] = {}
    for one in somewhere(found):
        before, last[one.owner_id] = last.get(one.owner_id), one
        way = None if before is None else too_tight(stay_of(before), stay_of(one))
        if way is not None:
            tight[one.id] = way
    return tight


async def way_to(planned: FollowUp, midnight: datetime) -> Way | None:
    """The way to a visit from the one before on its day, where there is too little time."""
    day = await _day(planned.owner_id, midnight).filter(due_at__lte=planned.due_at)
    return ways([one for one in day if one.id != planned.id] + [planned]).get(planned.id)


def way_text(t: Texts, way: Way, where: str = "before") -> Markup:
    """25 min from the visit before, 10 min left."""
    return t(_SAID[where], minutes=way.minutes, left=way.left)


@dataclass(frozen=True, slots=True)
class Beside:
    """Reads what a visit that is being planned stands too close to, in the day of who will go."""

    customer_id: int
    at: str
    kind: str
    minutes: int | None = None
    #: None is the acting person
    staff_id: int | None = None

    async def __call__(self, acting: Acting) -> list[dict[str, Any]]:
        """What `beside_lines` tells."""
        customer = await customers.visible(acting, self.customer_id)
        if self.kind not in MEETINGS:
            return []
        due_at = datetime.fromisoformat(self.at)
        ends_at = end_after(due_at, self.minutes, all_day=False)
        this = Stay(due_at, planned_end(due_at, ends_at, self.kind), _place(customer))
        return await _beside(acting, this, self.staff_id or acting.person.id)


@dataclass(frozen=True, slots=True)
class BesidePlan:
    """Reads the same of what is planned."""

    follow_up_id: int

    async def __call__(self, acting: Acting) -> list[dict[str, Any]]:
        """What `beside_lines` tells."""
        one = await FollowUp.filter(
            visible_customers(acting.person).through("customer__"), id=self.follow_up_id
        ).select_related("customer").first()  # fmt: skip
        if one is None or not somewhere([one]):
            return []
        return await _beside(acting, stay_of(one), one.owner_id, but=one.id)


def beside_lines(acting: Acting, found: Sequence[Mapping[str, Any]]) -> list[Markup]:
    """⚠️ 25 min from the visit before, 10 min left."""
    t, said = acting.texts, []
    for one in found:
        if one["what"] == "overlaps":
            at = datetime.fromisoformat(one["at"]).astimezone(acting.zone)
            said.append(t("⚠️ At the same time: {time} {customer}", time=f"{at:%H:%M}",
                          customer=one[acting.locale]))  # fmt: skip
        else:
            way = Way(one["km"], one["minutes"], one["left"])
            said.append(Markup("⚠️ {}").format(way_text(t, way, one["what"])))
    return said


async def _beside(
    acting: Acting, this: Stay, staff_id: int, *, but: int = 0
) -> list[dict[str, Any]]:
    local = this.begins.astimezone(acting.zone)
    day = await _day(staff_id, datetime.combine(local.date(), time(), acting.zone)).filter(
        visible_customers(acting.person).through("customer__")
    )
    others = [one for one in somewhere(day) if one.id != but]
    found: list[dict[str, Any]] = [
        {"what": "overlaps", "at": one.due_at.isoformat(),
         "zh": customers.short_name_of(one.customer, "zh"),
         "en": customers.short_name_of(one.customer, "en")}
        for one in others if overlap(stay_of(one), this)
    ][:AT_ONCE]  # fmt: skip
    stays = [stay_of(one) for one in others]
    before = max((one for one in stays if one.ends <= this.begins), default=None,
                 key=lambda one: one.ends)  # fmt: skip
    after = min((one for one in stays if one.begins >= this.ends), default=None,
                key=lambda one: one.begins)  # fmt: skip
    pairs = (("before", before, this), ("after", this, after))
    for what, one, other in pairs:
        way = None if one is None or other is None else too_tight(one, other)
        if way is not None:
            found.append(
                {"what": what, "km": way.km, "minutes": way.minutes, "left": way.left}
            )  # fmt: skip
    return found


def _day(staff_id: int, midnight: datetime) -> QuerySet[FollowUp]:
    """What the person has open from a midnight to the next, the earliest first."""
    return FollowUp.filter(
        owner_id=staff_id, status="open", all_day=False, due_at__gte=midnight,
        due_at__lt=midnight + timedelta(days=1), kind__in=list(MEETINGS),
    ).order_by("due_at", "id").limit(MOST).select_related("customer")  # fmt: skip
