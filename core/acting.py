"""The acting person: the first argument of every command handler and every read.

An `Acting` is made once per update (or job, or API request) inside its transaction. It says who
acts, at which moment, because of what, and in which language; it collects the events that the
commands raise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.i18n import Texts, texts

if TYPE_CHECKING:
    from datetime import datetime

    from core.events import Event


@dataclass(frozen=True, slots=True)
class Absent:
    """A colleague whose work somebody does for a while."""

    id: int
    role: str
    unit_path: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules need to know of a staff member."""

    id: int
    number: str
    name_zh: str
    name_en: str
    role: str
    unit_id: int
    unit_path: str
    locale: str = "zh"
    zone: str = "Asia/Shanghai"
    lead_minutes: int = 30
    #: the own quiet hours and minute of the morning's digest, None for the bank's
    quiet_from: int | None = None
    quiet_until: int | None = None
    digest_at: int | None = None
    chat_id: int | None = None
    #: messages to the chat failed for good, the last time
    unreachable: bool = False
    #: customers of others that were shared: to read, and to work on
    shared_read: tuple[int, ...] = ()
    shared_write: tuple[int, ...] = ()
    #: whose work this person does now
    stands_for: tuple[Absent, ...] = ()

    @property
    def keeps(self) -> tuple[int, ...]:
        """Whose customers and follow-ups count as this person's own."""
        return (self.id, *(absent.id for absent in self.stands_for))

    @property
    def name(self) -> str:
        """The name in the person's own language."""
        return self.name_zh if self.locale == "zh" else (self.name_en or self.name_zh)


@dataclass
class Acting:
    """Who acts, when, and because of what."""

    person: Person
    #: the present moment, aware, in UTC; fixed for the whole transaction
    now: datetime
    #: the inbox key (or request id) that everything done here is traced to
    cause: str
    events: list[Event] = field(default_factory=list)
    #: the idempotency key of the command being performed (core/bus.py sets it)
    key: str = ""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The person's time zone."""
        return ZoneInfo(self.person.zone)

    @property
    def local_now(self) -> datetime:
        """The present moment on the person's clock."""
        return self.now.astimezone(self.zone)

    @property
    def locale(self) -> str:
        """The person's language."""
        return self.person.locale

    @property
    def texts(self) -> Texts:
        """The texts in the person's language."""
        return texts(self.person.locale)

    def emit(self, event: Event) -> None:
        """Record that something happened; subscribers hear of it in this transaction."""
        self.events.append(event)
