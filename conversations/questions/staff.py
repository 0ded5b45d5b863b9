"""Colleagues to pick from, by name, pinyin or staff number, of those whom a read offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.questions.pick import Item, Page
from core import colleagues

if TYPE_CHECKING:
    from core.acting import Acting
    from core.colleagues import Colleague, ColleagueRead


@dataclass(frozen=True, slots=True)
class StaffSource:
    """The colleagues that the read offers this person; what it notes stands beside the name."""

    read: ColleagueRead

    async def search(self, ctx: Acting, text: str, offset: int, limit: int) -> Page:
        """Colleagues that a text may mean, the likeliest first."""
        found = await self.read(ctx, text, limit=limit, offset=offset)
        return Page(tuple(_item(colleague) for colleague in found.items), more=found.more)

    async def get(self, ctx: Acting, item_id: int, /) -> Item | None:
        """The colleague, if the read still offers him or her."""
        found = await self.read(ctx, "", only=item_id, limit=1)
        return _item(found.items[0]) if found.items else None


@dataclass(frozen=True, slots=True)
class StaffName:
    """Reads what to call a colleague, in both languages."""

    staff_id: int

    async def __call__(self, acting: Acting) -> dict[str, str]:
        """{"zh": …, "en": …}.

        Raises:
            NotFound: if there is none.
        """
        del acting
        return await colleagues.names_of(self.staff_id)


def _item(found: Colleague) -> Item:
    told = (found.note, found.unit, found.number)
    return Item(found.id, found.name, " · ".join(part for part in told if part))
