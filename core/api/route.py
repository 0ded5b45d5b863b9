"""A route: everything that the server and the description need to know of one thing served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from core.api.schemas import Nothing
from core.bus import perform

if TYPE_CHECKING:
    from aiohttp import web

    from core.acting import Acting
    from core.api.session import Asking, Session
    from core.tokens import Presented

Query = TypeVar("Query", bound=BaseModel)
Body = TypeVar("Body")
#: read: no transaction; audited: looks at a customer, which is written down; change: writes
Kind = Literal["read", "audited", "change"]
PREFIX = "/api/v1"
#: what a file may come as; its first bytes say what it is
FILES = (
    "application/octet-stream",
    "text/csv",
    "application/x-ndjson",
    "application/vnd.apache.parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
LARGEST_FILE = 1 << 30


@dataclass(frozen=True, slots=True)
class Call(Generic[Query, Body]):
    """One request, checked, as its handler gets it."""

    acting: Acting
    token: Presented
    path: Mapping[str, str]
    query: Query
    body: Body
    #: names the commands that are performed; a repeat of the request has the same
    key: str = ""

    def id(self, name: str) -> int:
        """A number of the address."""
        return int(self.path[name])

    async def perform(self, command: object) -> Any:
        """Run a command as the bot does, once for the request's key.

        Raises:
            Refused: what the rules said no to.
        """
        return await perform(self.acting, command, self.key)


Handler = Callable[[Call[Any, Any]], Awaitable[BaseModel]]
Streamer = Callable[["Session", "web.Request", "Asking"], Awaitable["web.StreamResponse"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method of one address."""

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    #: below PREFIX; a name that ends in `_id` is a number
    path: str
    #: what a token needs for it (core/tokens.py); None: any good token
    scope: str | None
    summary: str
    does: Handler | None = None
    #: instead of `does`, where lines come and go one by one
    streams: Streamer | None = None
    #: the body is a file, which `streams` reads off the request
    file: bool = False
    #: the media types that it may come as, and the bytes that it may have
    accepts: tuple[str, ...] = FILES
    largest: int = LARGEST_FILE
    #: media types of the file that is answered instead of JSON
    gives: tuple[str, ...] = ()
    kind: Kind = "read"
    query: type[BaseModel] = Nothing
    body: type[BaseModel] | None = None
    answer: type[BaseModel]
    status: int = 200
    #: the read whose ETag a change has to name in If-Match
    unchanged: Handler | None = None
    #: where what was made is found, "/activities/{answer.id}"
    location: str = ""
    #: fields of the answer that are told once and never kept
    told_once: tuple[str, ...] = ()
    #: what can be done next with the answer: operation → its parameter → where in the answer
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the operation is called in the description."""
        named = self.does or self.streams
        assert named is not None
        return named.__name__

    @property
    def parameters(self) -> list[str]:
        """The names in the address, in order."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]
