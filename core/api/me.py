"""Who the token acts as, and that person's day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import today
from core.api.follow_ups import FollowUpSeen
from core.api.route import Route
from core.api.schemas import Told

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing


class Me(Told):
    """The person behind the token."""

    number: str
    name: str
    role: str
    unit_id: int
    locale: str
    zone: str
    scopes: list[str]
    stands_in_for: list[str]


class Day(Told):
    """What is due, overdue and next, and what was done this week."""

    due: list[FollowUpSeen]
    due_count: int
    overdue: list[FollowUpSeen]
    overdue_count: int
    next_visit: FollowUpSeen | None
    week_visits: int
    week_calls: int
    customers: int


async def get_me(call: Call[Nothing, None]) -> Me:
    """The person behind the token, and what the token may be used for."""
    person = call.acting.person
    return Me(
        number=person.number,
        name=person.name,
        role=person.role,
        unit_id=person.unit_id,
        locale=person.locale,
        zone=person.zone,
        scopes=sorted(call.token.scopes),
        stands_in_for=[
            absent.name_zh if person.locale == "zh" else (absent.name_en or absent.name_zh)
            for absent in person.stands_for
        ],
    )


async def get_today(call: Call[Nothing, None]) -> Day:
    """The home screen's facts; for a leader, the team's."""
    found = await today.today(call.acting)
    return Day(
        due=[FollowUpSeen.of(view) for view in found.due],
        due_count=found.due_count,
        overdue=[FollowUpSeen.of(view) for view in found.overdue],
        overdue_count=found.overdue_count,
        next_visit=FollowUpSeen.of(found.next_visit) if found.next_visit else None,
        week_visits=found.week_visits,
        week_calls=found.week_calls,
        customers=found.customers,
    )


ROUTES = (
    Route(method="GET", path="/me", scope=None, does=get_me, answer=Me,
          summary="Who the token acts as"),
    Route(method="GET", path="/me/today", scope="follow_ups:read", does=get_today, answer=Day,
          summary="What is due, overdue and next"),
)  # fmt: skip
