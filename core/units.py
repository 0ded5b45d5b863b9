"""The tree of units: found by the names from the head office down, grown where it lacks one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core import audit
from core.colleagues import unit_name
from core.errors import Conflict, NotFound
from core.i18n import N_
from core.vocabulary import UNIT_KINDS
from storage.models import Unit
from storage.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Acting

_STEPS = re.compile(r"[/／>›]")
_KINDS = tuple(UNIT_KINDS)
#: what the end of a Chinese unit's name says of its kind
_ENDINGS = (("分行", "branch"), ("支行", "sub_branch"))


def steps_of(path: str) -> tuple[str, ...]:
    """The names in 总行/上海分行/一队, from the head office down."""
    return tuple(part.strip() for part in _STEPS.split(path))


class Tree:
    """All units, in memory: a bank has hundreds, and a file of staff names them over and over."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = {unit.id: unit for unit in units}
        #: units that were made since it was loaded
        self.made: list[Unit] = []

    @classmethod
    async def load(cls) -> Tree:
        """The tree as the database has it."""
        return cls(await Unit.all().order_by("id"))

    def find(self, names: Sequence[str]) -> Unit | None:
        """The unit that the names lead to, from the head office down."""
        at: Unit | None = None
        for name in names:
            at = self._below(at, name)
            if at is None:
                return None
        return at

    def names_of(self, unit_id: int, locale: str = "zh") -> tuple[str, ...]:
        """The names from the head office down to a unit."""
        ids = [int(part) for part in self._units[unit_id].path.strip("/").split("/")]
        return tuple(unit_name(self._units[one], locale) for one in ids)

    async def grow(
        self,
        acting: Acting,
        names: Sequence[str],
        names_en: Sequence[str] | None = None,
        kind: str | None = None,
    ) -> Unit:
        """The unit that the names lead to; what is missing on the way is made.

        Raises:
            Conflict: if there is another head office, or the kind does not fit below the other.
        """
        at: Unit | None = None
        for level, name in enumerate(names):
            found = self._below(at, name)
            if found is None:
                last = level == len(names) - 1
                found = await self._make(
                    acting, at, name, names_en[level] if names_en else name, kind if last else None
                )
            at = found
        if at is None:
            raise NotFound
        return at

    async def _make(
        self, acting: Acting, above: Unit | None, zh: str, en: str, kind: str | None
    ) -> Unit:
        if above is None and self._units:
            root = min(self._units.values(), key=lambda unit: len(unit.path))
            raise Conflict(N_("A unit's path begins with “{root}”."), root=root.name_zh)
        at_least = _KINDS.index(above.kind) + 1 if above is not None else 0
        kind = kind or next(
            (of for end, of in _ENDINGS if zh.endswith(end) and _KINDS.index(of) >= at_least),
            _KINDS[min(at_least, len(_KINDS) - 1)],
        )
        if _KINDS.index(kind) < at_least:
            raise Conflict(N_("There can be no such unit below “{above}”."),
                           above=above.name_zh if above else "")  # fmt: skip
        unit = await Unit.create(
            parent_id=above.id if above else None, kind=kind, name_zh=zh, name_en=en,
            path=f"new:{above.path if above else ''}{zh}"[:120],
        )  # fmt: skip
        unit.path = f"{above.path if above else '/'}{unit.id}/"
        await unit.save(update_fields=["path"])
        await audit.record(acting, "add", "unit", unit.id, name=zh, kind=kind, path=unit.path)
        self._units[unit.id] = unit
        self.made.append(unit)
        return unit

    def matching(self, text: str, locale: str) -> list[Unit]:
        """The units of which a name holds the text, from the head office down."""
        wanted = fold(text)
        found = [
            unit
            for unit in self._units.values()
            if wanted in fold(unit.name_zh) or wanted in fold(unit.name_en)
        ]
        return sorted(found, key=lambda unit: self.names_of(unit.id, locale))

    def unit(self, unit_id: int) -> Unit | None:
        """The unit with this id."""
        return self._units.get(unit_id)

    def _below(self, above: Unit | None, name: str) -> Unit | None:
        parent_id = above.id if above else None
        here = [unit for unit in self._units.values() if unit.parent_id == parent_id]
        for called in ("name_zh", "name_en"):
            found = [unit for unit in here if getattr(unit, called).casefold() == name.casefold()]
            if found:
                return found[0]
        return None
