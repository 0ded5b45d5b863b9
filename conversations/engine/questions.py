"""What a question is: three faces that keep replay away from every database.

`show` draws the pending question and may query; `take` reads one new event and checks permission
again; `value` turns the stored answer into what the flow works with and is pure, because it runs
at every replay. The engine knows questions by this protocol only; the real ones stand in
`conversations/questions`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Protocol, TypeVar, final

from conversations.engine.fingerprints import fingerprint

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from markupsafe import Markup

    from conversations.inputs import Input
    from core.i18n import Text, Texts
    from core.screens import Screen

T_co = TypeVar("T_co", covariant=True)

Json = Any
View = dict[str, Any]


class Ctx(Protocol):
    """What a question may know of the moment in which it is shown or answered."""

    @property
    @abstractmethod
    def texts(self) -> Texts:
        """The texts in the person's language."""

    @property
    @abstractmethod
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    @property
    @abstractmethod
    def zone(self) -> ZoneInfo:
        """The person's time zone."""

    @property
    @abstractmethod
    def locale(self) -> str:
        """The person's language."""

    @property
    @abstractmethod
    def person(self) -> Any:
        """Who is asked."""


@final
class Missing:
    """The type of `MISSING`."""

    def __repr__(self) -> str:
        return "MISSING"


#: no answer at all; None is an answer
MISSING: Final = Missing()


@dataclass(frozen=True, slots=True)
class Taken:
    """The event is an answer; `stored` is its JSON form.

    With `attach`, the file that carried the answer (a photo with a caption) is kept with the
    dialogue as well, where the flow collects files.
    """

    stored: Json
    attach: bool = False


@dataclass(frozen=True, slots=True)
class Refuse:
    """The event cannot be the answer; the sentence says what to do instead."""

    text: Text | Markup
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Redraw:
    """The event only changed how the question looks: the view has it already."""


@dataclass(frozen=True, slots=True)
class NotMine:
    """The event has nothing to do with this question; the engine may have a use for it."""


@dataclass(frozen=True, slots=True)
class Change:
    """The person wants another answer to an earlier question, one of this question's `changes`."""

    key: str


Reply = Taken | Refuse | Redraw | NotMine | Change


class Question(ABC, Generic[T_co]):
    """Something that a person is asked. Subclasses are frozen dataclasses with a `key`."""

    #: the name of the answer in its dialogue
    key: str
    #: a question that must be put each time, whatever was answered before: a review
    always_asked: ClassVar[bool] = False

    @property
    def changes(self) -> tuple[str, ...]:
        """The keys of earlier answers that may be changed from here."""
        return ()

    def fingerprint(self) -> str:
        """Short hash of type and configuration, without the words."""
        return fingerprint(self)

    @abstractmethod
    async def show(self, ctx: Ctx, view: View) -> Screen:
        """The question as it looks now; called for the pending one only."""

    @abstractmethod
    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        """What a new event means here; checks permission again."""

    @abstractmethod
    def value(self, stored: Json) -> T_co:
        """The answer as the flow sees it; pure."""

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002 - for subclasses
        """Whether an old answer is still right; it may come from an older version."""
        return True

    async def presume(self, ctx: Ctx) -> Json | Missing:  # noqa: ARG002 - for subclasses
        """An answer that saves asking, or MISSING."""
        return MISSING
