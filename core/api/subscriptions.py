"""Subscriptions over HTTP, for administrators: which systems are told what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import subscriptions
from core.api.cursors import from_cursor, page
from core.api.route import Route
from core.api.schemas import Given, Moment, OneOf, Page, Paged, StaffNumber, Told, text
from core.events import SubscriptionMade
from core.subscriptions import EVENT_NAMES, URL_LENGTH, Subscribe, Unsubscribe

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from storage.models import Subscription

EventName = Annotated[str, OneOf(tuple(EVENT_NAMES.values()))]


class SubscriptionGiven(Given):
    """Who is to be told what."""

    number: StaffNumber = Field(
        description="The staff number of whose customers it hears.", examples=["1003"]
    )
    url: Annotated[str, text(URL_LENGTH)] = Field(
        description="Where to, by https.", examples=["https://core.example/heard"]
    )
    events: list[EventName] = Field(min_length=1, max_length=len(EVENT_NAMES))


class SubscriptionTold(Told):
    """A subscription, without its secret."""

    id: int
    number: str
    url: str
    events: list[str]
    created_at: Moment
    ended_at: Moment | None


class SubscriptionMadeTold(SubscriptionTold):
    """A new subscription."""

    secret: str | None = Field(
        description="Signs what is sent. Told once; null when the request is repeated."
    )


def subscription_told(found: Subscription) -> SubscriptionTold:
    """A subscription, with whom it acts for fetched, as it is told."""
    return SubscriptionTold(
        id=found.id,
        number=found.staff.number,
        url=found.url,
        events=found.events,
        created_at=found.created_at,
        ended_at=found.ended_at,
    )


async def list_subscriptions(call: Call[Paged, None]) -> Page[SubscriptionTold]:
    """All subscriptions, those that ended included."""
    asked = call.query
    found = await subscriptions.subscriptions(
        call.acting, after=from_cursor(asked.cursor), limit=asked.limit + 1
    )
    return page(Page[SubscriptionTold], found, asked.limit, subscription_told)


async def create_subscription(call: Call[Nothing, SubscriptionGiven]) -> SubscriptionMadeTold:
    """Tell a system what happens; the secret that signs it is told once."""
    given = call.body
    made = await call.perform(Subscribe(given.number, given.url, given.events))
    secret = next(one.secret for one in call.acting.events if isinstance(one, SubscriptionMade))
    told = subscription_told(await subscriptions.visible(call.acting, made))
    return SubscriptionMadeTold(**told.model_dump(), secret=secret)


async def end_subscription(call: Call[Nothing, None]) -> SubscriptionTold:
    """Tell a system nothing any more."""
    ended = await call.perform(Unsubscribe(call.id("subscription_id")))
    return subscription_told(await subscriptions.visible(call.acting, ended))


ROUTES = (
    Route(method="GET", path="/subscriptions", scope="subscriptions:admin",
          does=list_subscriptions, query=Paged, answer=Page[SubscriptionTold],
          summary="List subscriptions"),
    Route(method="POST", path="/subscriptions", scope="subscriptions:admin", kind="change",
          does=create_subscription, body=SubscriptionGiven, answer=SubscriptionMadeTold,
          status=201, told_once=("secret",), summary="Have a system told what happens"),
    Route(method="DELETE", path="/subscriptions/{subscription_id}", scope="subscriptions:admin",
          kind="change", does=end_subscription, answer=SubscriptionTold,
          summary="End a subscription"),
)  # fmt: skip
