"""What a person wishes of their alerts, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import wishes
from core.api.route import Route
from core.api.schemas import Given, OneOf, Told
from core.rules.wishes import HOW, MORNINGS, TOPICS
from core.wishes import SetWishes

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.wishes import WishesView

Hour = Annotated[int, Field(ge=0, le=23)]


class WishesTold(Told):
    """What holds for the person behind the token."""

    quiet_from: int = Field(description="Hour from which only replies are delivered.")
    quiet_until: int
    digest_at: int = Field(description="When the morning's digest comes, in minutes of the day.")
    daily: int = Field(description="Messages with alerts a day; grave ones come all the same.")
    topics: dict[str, str] = Field(description="A topic, and now, digest, off or bank.")
    rules: dict[str, str | None] = Field(
        description="How the person hears of a rule; null where the bank has it off."
    )


class TopicGiven(Given):
    """How a topic is to be heard of."""

    topic: Annotated[str, OneOf(tuple(TOPICS))]
    how: Annotated[str, OneOf(HOW)]


class WishesGiven(Given):
    """What is to change; the rest stays."""

    quiet_from: Hour | None = None
    quiet_until: Hour | None = None
    digest_at: int | None = Field(
        None, ge=MORNINGS[0], le=MORNINGS[-1], description="A time that the bank allows."
    )
    daily: int | None = Field(None, ge=1, le=100)
    topics: list[TopicGiven] = Field(default=[], max_length=len(TOPICS))


async def get_wishes(call: Call[Nothing, None]) -> WishesTold:
    """What holds, with the bank's rules where nothing is wished."""
    return _told(await wishes.wishes_of(call.acting))


async def set_wishes(call: Call[Nothing, WishesGiven]) -> WishesTold:
    """Change what is given."""
    given, now = call.body, await wishes.wishes_of(call.acting)
    hours = given.quiet_from, given.quiet_until
    quiet = None
    if hours != (None, None):
        start, end = hours
        quiet = (
            now.quiet_from if start is None else start,
            now.quiet_until if end is None else end,
        )
    topics = tuple((one.topic, one.how) for one in given.topics)
    await call.perform(SetWishes(quiet, given.digest_at, given.daily, topics))
    return _told(await wishes.wishes_of(call.acting))


def _told(found: WishesView) -> WishesTold:
    return WishesTold(
        quiet_from=found.quiet_from, quiet_until=found.quiet_until, digest_at=found.digest_at,
        daily=found.daily, topics=found.topics, rules=found.rules,
    )  # fmt: skip


ROUTES = (
    Route(method="GET", path="/me/wishes", scope="customers:read", does=get_wishes,
          answer=WishesTold, summary="How alerts are told to the person"),
    Route(method="PATCH", path="/me/wishes", scope="customers:write", kind="change",
          does=set_wishes, body=WishesGiven, answer=WishesTold,
          summary="Change how alerts are told to the person"),
)  # fmt: skip
