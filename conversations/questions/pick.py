"""One of many: a list with pages, searched by typing.

Each typed text replaces the search; only the pick is an answer. The source asks the database with
the person's permissions, again when the pick is taken and again when an old pick is offered.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from conversations.engine.questions import NotMine, Question, Redraw, Refuse, Taken
from conversations.inputs import Input, Pressed, Said
from conversations.questions.common import asked, hint, normal
from conversations.wording import shortened
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from markupsafe import Markup

    from conversations.engine.questions import Ctx, Json, Reply, View
    from core.screens import Row

#: how much of a search is repeated to who asked
QUERY_SHOWN = 40
HINT = N_("Tap one, or type a part of the name.")
SEARCHED = N_("🔍 “{text}”")
NOTHING = N_("Nothing found for “{text}”. Type another part of the name, or tap Show all.")
NONE_AT_ALL = N_("There is nothing to choose from.")
SHOW_ALL = N_("Show all")
MORE = N_("More ›")
BEFORE = N_("‹ Before")
GONE = N_("That one can't be chosen any more. Please take another.")

PAGE = 6
_LONGEST_SEARCH = 60
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Item:
    """Something to pick: its id, its name, and what tells it from its namesakes."""

    id: int
    label: str
    sublabel: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and whether there is more."""

    items: tuple[Item, ...]
    more: bool = False


class Source(Protocol):
    """Where the items come from: always within what the asking person may see."""

    @abstractmethod
    async def search(self, ctx: Any, text: str, offset: int, limit: int) -> Page:
        """Items that a text may mean, the likeliest first; for the empty text, the usual ones."""

    @abstractmethod
    async def get(self, ctx: Any, item_id: int, /) -> Item | None:
        """The item, if there is one that this person may pick."""


@dataclass(frozen=True, slots=True)
class Pick(Question[int]):
    """The id of one of many."""

    key: str
    prompt: Text
    source: Source

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """The search, a page of items, and the ways to others."""
        text, offset = view.get("q", ""), view.get("at", 0)
        page = await self.source.search(ctx, text, offset, PAGE)
        if not page.items and offset:  # the list has become shorter meanwhile
            offset = view["at"] = 0
            page = await self.source.search(ctx, text, 0, PAGE)
        rows: list[Row] = [(Button.answer(_label(item), f"i{item.id}"),) for item in page.items]
        turning: list[Button] = []
        if offset:
            turning.append(Button.answer(ctx.texts(BEFORE), "p"))
        if text:
            turning.append(Button.answer(ctx.texts(SHOW_ALL), "all"))
        if page.more:
            turning.append(Button.answer(ctx.texts(MORE), "n"))
        return Screen(self._text(ctx, text, page), tuple(rows)).under(tuple(turning))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        """A tapped item, a turned page, or a text to search for."""
        match event:
            case Pressed(choice) if choice[:1] == "i" and choice[1:].isdecimal():
                item = await self.source.get(ctx, int(choice[1:]))
                return Refuse(Text(GONE)) if item is None else Taken(item.id)
            case Pressed(choice):
                _turn(view, choice)
                return Redraw()
            case Said(text):
                return await self._searched(ctx, text, view)
        return NotMine()

    def value(self, stored: Json) -> int:
        """The id."""
        return int(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:
        """One that this person may still pick."""
        return isinstance(stored, int) and await self.source.get(ctx, stored) is not None

    async def _searched(self, ctx: Ctx, text: str, view: View) -> Reply:
        """Look the text up; the one item that it names is picked at once."""
        view["q"], view["at"] = " ".join(text.split())[:_LONGEST_SEARCH], 0
        page = await self.source.search(ctx, view["q"], 0, PAGE)
        typed = normal(view["q"])
        named = [item for item in page.items if normal(item.label) == typed]
        if not named and len(page.items) == 1 and not page.more:
            # A lone hit that does not hold the typed words was found by likeness: let him look.
            named = [item for item in page.items if typed in normal(item.label + item.sublabel)]
        return Taken(named[0].id) if typed and len(named) == 1 else Redraw()

    def _text(self, ctx: Ctx, text: str, page: Page) -> Markup:
        text = shortened(text, QUERY_SHOWN)
        if page.items:
            below = ctx.texts(SEARCHED, text=text) if text else hint(ctx, HINT)
        else:
            below = ctx.texts(NOTHING, text=text) if text else ctx.texts(NONE_AT_ALL)
        return asked(ctx, self.prompt, below)


def _turn(view: View, choice: str) -> None:
    if choice == "n":
        view["at"] = view.get("at", 0) + PAGE
    elif choice == "p":
        view["at"] = max(view.get("at", 0) - PAGE, 0)
    elif choice == "all":
        view.clear()


def _label(item: Item) -> str:
    label = f"{item.label} · {item.sublabel}" if item.sublabel else item.label
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
