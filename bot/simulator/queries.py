"""Questions of phones that wait for the bot: presses and inline queries, and the inline cache.

A press may be answered for some seconds, an inline query for ten, measured by the injected clock;
later the bot hears that the query is too old. Answers to inline queries are cached as Telegram
caches them: an answer that is not marked personal is shown to everybody who types the same, which
a bot must not forget.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from .errors import TOO_OLD, bad_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.clock import Clock

    from .state import InlineKeyboard, Json

CALLBACK_SECONDS = 15.0
INLINE_SECONDS = 10.0
_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What a phone shows after a press: a short notice, or a window when `alert`."""

    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One line under the text field of a person who types `@bot ...`."""

    id: str
    type: str
    title: str
    description: str
    thumb: str | None
    text: str
    content: Json = field(repr=False)
    keyboard: InlineKeyboard = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """The bot's answer to one inline query."""

    results: tuple[InlineResult, ...]
    next_offset: str = ""
    button: Json | None = None

    def __iter__(self) -> Iterator[InlineResult]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __getitem__(self, index: int) -> InlineResult:
        return self.results[index]


T = TypeVar("T")


@dataclass(slots=True)
class Query(Generic[T]):
    """One question, who asked it, and the answer that a phone may be waiting for."""

    id: str
    user_id: int
    expires: float
    answer: asyncio.Future[T]
    chat_id: int = 0
    text: str = ""
    offset: str = ""
    answered: bool = False


class Queries:
    """Presses and inline queries that the bot may still answer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._callbacks: OrderedDict[str, Query[CallbackAnswer]] = OrderedDict()
        self._inlines: OrderedDict[str, Query[InlineAnswer]] = OrderedDict()
        self._cache: OrderedDict[tuple[int, str, str], tuple[float, InlineAnswer]] = OrderedDict()
        self._numbers = 0
        self.callback_seconds = CALLBACK_SECONDS
        self.inline_seconds = INLINE_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _next(self, user_id: int) -> str:
        # Telegram's query ids are long numbers that begin with the person's own.
        self._numbers += 1
        return f"{(user_id << 32) + self._numbers}"

    def new_callback(self, user_id: int, chat_id: int) -> Query[CallbackAnswer]:
        """A press that happened now."""
        future: asyncio.Future[CallbackAnswer] = asyncio.get_running_loop().create_future()
        query = Query(
            self._next(user_id), user_id, self._now() + self.callback_seconds, future, chat_id
        )
        return _kept(self._callbacks, query)

    def new_inline(self, user_id: int, text: str, offset: str) -> Query[InlineAnswer]:
        """An inline query that was typed now."""
        future: asyncio.Future[InlineAnswer] = asyncio.get_running_loop().create_future()
        query = Query(
            self._next(user_id),
            user_id,
            self._now() + self.inline_seconds,
            future,
            0,
            text,
            offset,
        )
        return _kept(self._inlines, query)

    def callback(self, query_id: str) -> Query[CallbackAnswer]:
        """The press with this id, still to be answered.

        Raises:
            ApiError: 400 "query is too old ...".
        """
        return self._open(self._callbacks, query_id)

    def inline(self, query_id: str) -> Query[InlineAnswer]:
        """The inline query with this id, still to be answered.

        Raises:
            ApiError: 400 "query is too old ...".
        """
        return self._open(self._inlines, query_id)

    def unanswered(self) -> list[Query[CallbackAnswer]]:
        """Presses whose button still spins on somebody's phone."""
        return [query for query in self._callbacks.values() if not query.answered]

    def _open(self, queries: OrderedDict[str, Query[T]], query_id: str) -> Query[T]:
        query = queries.get(query_id)
        if query is None:
            raise bad_request(TOO_OLD)
        if query.expires < self._now():
            # The press was real; the bot was merely late.
            raise bad_request(TOO_OLD, innocent=True)
        return query

    def remember(
        self, query: Query[InlineAnswer], answer: InlineAnswer, seconds: int, *, personal: bool
    ) -> None:
        """Cache an answer for its asker, or for everybody if it is not personal."""
        if seconds > 0:
            owner = query.user_id if personal else 0
            self._cache[owner, query.text, query.offset] = (self._now() + seconds, answer)
            if len(self._cache) > _KEPT:
                self._cache.popitem(last=False)

    def remembered(self, user_id: int, text: str, offset: str) -> InlineAnswer | None:
        """The cached answer that this person gets without the bot being asked."""
        for owner in (user_id, 0):
            expires, answer = self._cache.get((owner, text, offset), (0.0, None))
            if answer is not None and expires > self._now():
                return answer
        return None


def _kept(queries: OrderedDict[str, Query[T]], query: Query[T]) -> Query[T]:
    queries[query.id] = query
    if len(queries) > _KEPT:
        queries.popitem(last=False)
    return query
