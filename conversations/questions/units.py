"""Units to pick from: by a part of the name, with the unit above beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.questions.pick import Item, Page
from core.units import Tree

if TYPE_CHECKING:
    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class UnitSource:
    """All units of the bank, from the head office down."""

    async def search(self, ctx: Acting, text: str, offset: int, limit: int) -> Page:
        """Units that a text may mean."""
        tree = await Tree.load()
        found = tree.matching(text, ctx.locale)
        shown = found[offset : offset + limit]
        items = tuple(_item(tree.names_of(unit.id, ctx.locale), unit.id) for unit in shown)
        return Page(items, more=len(found) > offset + limit)

    async def get(self, ctx: Acting, item_id: int, /) -> Item | None:
        """The unit."""
        tree = await Tree.load()
        return _item(tree.names_of(item_id, ctx.locale), item_id) if tree.unit(item_id) else None


@dataclass(frozen=True, slots=True)
class UnitName:
    """Reads what a unit is called from the head office down, by language."""

    unit_id: int

    async def __call__(self, acting: Acting) -> dict[str, str]:
        """{"zh": …, "en": …}."""
        del acting
        tree = await Tree.load()
        return {locale: " / ".join(tree.names_of(self.unit_id, locale)) for locale in ("zh", "en")}


def _item(names: tuple[str, ...], unit_id: int) -> Item:
    return Item(unit_id, names[-1], names[-2] if len(names) > 1 else "")
