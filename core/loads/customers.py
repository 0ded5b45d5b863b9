"""A batch of understood rows of customers: looked up, compared, added or changed.

Known by the bank's own number, else by the credit code, else by the name, so the same file again
changes nothing. What a row does not say stays as it is; a change is kept in the trail. Who is in
charge is said by staff number for new customers; those in the bank change hands by the commands
for it. Without one, a new customer lies in the pool of the head office.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.i18n import N_, Text
from core.loads.customer_fields import OWNER
from core.loads.writing import TRAIL, WAREHOUSE, Refusal, each_key_once
from core.other_process import other_process
from core.units import Tree
from storage.importer import bulk
from storage.models import Change, Customer, Staff, Unit
from storage.search import search_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from datetime import date

    from core.acting import Acting
    from core.loads.kinds import LoadKind

#: what a customer is found by: changed, the search's columns are made anew
_MADE_FROM = ("name_zh", "name_en", "short_name", "phone", "credit_code", "legal_representative")
_SEARCHED = frozenset(_MADE_FROM)
_FILLED = ("pinyin", "initials", "search_text")
#: the values of those columns
_Filled = tuple[str, str, str]
_KEYS = ("external_id", "credit_code", "name_zh")
_IN_THE_TRAIL = "basic"
#: so many new rows in a batch, and what they are found by is worth another process
_WORTHWHILE = 2_000


@dataclass(slots=True)
class _Row:
    place: int
    #: the column that the firm is known by, and its value
    key: tuple[str, str]
    values: dict[str, Any]
    owner: str | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A batch before its turn."""

    rows: list[_Row]
    filled: Future[list[_Filled]] | None = None


class CustomerWriter:
    """Writes the batches of one load."""

    def __init__(self, acting: Acting, kind: LoadKind, as_of: date | None) -> None:
        self._acting, self._as_of = acting, as_of
        self._fields = {one.name: one for one in kind.fields if one.name != OWNER}
        columns = Customer._meta.fields_map  # noqa: SLF001 - the ORM's documented place for it
        self._defaults = {name: columns[name].default for name in self._fields}
        self._staff: dict[str, tuple[int, int] | None] = {}
        self._root = 0
        self._mostly_new = False
        self._maker: ProcessPoolExecutor | None = None
        #: what rows of this batch are found by, where it was prepared
        self._ready: dict[int, _Filled] = {}
        self.counts: Counter[str] = Counter()

    def prepare(self, good: Sequence[int], values: Mapping[str, list[Any]]) -> _Prepared:
        """Begin with what these rows are found by, where most are new; another process does it."""
        rows = [self._row(place, values) for place in good]
        if not self._mostly_new:
            return _Prepared(rows)
        if self._maker is None:
            self._maker = other_process()
        return _Prepared(rows, self._maker.submit(_filled, list(map(self._searched, rows))))

    async def ready(self, prepared: _Prepared) -> None:
        """Wait for the other process, before the database is held up for anybody."""
        if prepared.filled is not None and not prepared.filled.done():
            await asyncio.wrap_future(prepared.filled)

    def close(self) -> None:
        """End the other process."""
        if self._maker is not None:
            self._maker.shutdown(wait=False, cancel_futures=True)

    async def write(
        self, good: Sequence[int], values: Mapping[str, list[Any]], prepared: _Prepared
    ) -> list[Refusal]:
        """Write the rows at these places; returns the ones that are refused."""
        del values
        rows, self._ready, before = prepared.rows, {}, self.counts["added"]
        if prepared.filled is not None:
            filled = prepared.filled.result()
            self._ready = {row.place: one for row, one in zip(rows, filled, strict=True)}
        await self._find_staff({row.owner for row in rows if row.owner})
        refused: list[Refusal] = []
        for first in each_key_once(rows):
            refused += await self._upsert(list(first.values()))
        # A file of a few rows is done before another process has started.
        self._mostly_new = len(good) >= _WORTHWHILE < 2 * (self.counts["added"] - before)
        return refused

    def _row(self, place: int, values: Mapping[str, list[Any]]) -> _Row:
        said = {
            name: value
            for name in self._fields
            if name in values and (value := values[name][place]) is not None
        }
        key = next((column, said[column]) for column in _KEYS if said.get(column))
        owners, days = values.get(OWNER), values.get("as_of")
        return _Row(
            place,
            key,
            said,
            owners[place] if owners else None,
            (days[place] if days else None) or self._as_of,
        )

    async def _find_staff(self, numbers: set[str]) -> None:
        new = [(number,) for number in numbers if number not in self._staff]
        found = await bulk.find_by_key(
            Staff, ("number",), new, ("number", "id", "unit_id", "active")
        )
        known = {number: (int(i), int(unit)) for number, i, unit, active in found if active}
        for (number,) in new:
            self._staff[number] = known.get(number)

    async def _upsert(self, rows: Sequence[_Row]) -> list[Refusal]:
        known = {column: await self._known(column, rows) for column in _KEYS}
        codes: dict[str, tuple[str, str]] = {}
        refused: list[Refusal] = []
        new: list[_Row] = []
        changed: list[tuple[_Row, dict[str, Any], list[str]]] = []
        for row in rows:
            column, value = row.key
            old = known[column].get(value)
            code = row.values.get("credit_code")
            holder = known["credit_code"].get(code) if code else None
            if holder is not None and (old is None or holder["id"] != old["id"]):
                refused.append((row.place, "credit_code", _is_of(str(holder["name_zh"]))))
            elif code and codes.setdefault(code, row.key) != row.key:
                refused.append((row.place, "credit_code", _TWICE))
            elif old is not None:
                names = self._differing(row, old)
                if names:
                    changed.append((row, old, names))
            elif row.owner and self._staff[row.owner] is None:
                refused.append((row.place, OWNER, _NO_COLLEAGUE))
            else:
                new.append(row)
        await self._insert(new)
        await self._change(changed)
        self.counts["added"] += len(new)
        self.counts["changed"] += len(changed)
        self.counts["unchanged"] += len(rows) - len(new) - len(changed) - len(refused)
        return refused

    async def _known(self, column: str, rows: Sequence[_Row]) -> dict[str, dict[str, Any]]:
        """The firms that have one of the rows' values there."""
        by_name = column == "name_zh"
        wanted = {
            row.values[column]
            for row in rows
            if row.values.get(column) and (not by_name or row.key[0] == column)
        }
        columns = ("id", "as_of", *self._fields)
        found = await bulk.find_by_key(
            Customer, (column,), [(value,) for value in wanted], columns
        )
        kept: dict[str, dict[str, Any]] = {}
        for values in found:
            one = dict(zip(columns, values, strict=True))
            kept.setdefault(str(one[column]), one)
        return kept

    @staticmethod
    def _differing(row: _Row, old: dict[str, Any]) -> list[str]:
        was_of = old["as_of"]
        if was_of is not None and row.as_of is not None and row.as_of < was_of:
            return []
        return [
            name
            for name, value in row.values.items()
            if value != ("" if old[name] is None and isinstance(value, str) else old[name])
        ]

    async def _insert(self, new: Sequence[_Row]) -> None:
        if not new:
            return
        now, root = self._acting.now, await self._root_unit()
        late = [row for row in new if row.place not in self._ready]
        filled_late = await _search_fields([self._searched(row) for row in late])
        found_by = self._ready | {
            row.place: filled for row, filled in zip(late, filled_late, strict=True)
        }
        names = tuple(self._fields)
        columns = (*names, *_FILLED, "owner_id", "unit_id", "owner_since", "created_at",
                   "source", "as_of")  # fmt: skip
        values = []
        for row in new:
            owner, unit = (self._staff[row.owner] if row.owner else None) or (None, root)
            said = [row.values.get(name, self._defaults[name]) for name in names]
            values.append(
                (*said, *found_by[row.place], owner, unit, now, now, WAREHOUSE, row.as_of)
            )
        await bulk.insert(Customer, columns, values)

    async def _change(self, changed: Sequence[tuple[_Row, dict[str, Any], list[str]]]) -> None:
        if not changed:
            return
        merged = [{**old, **row.values} for row, old, _ in changed]
        columns = (*self._fields, "source", "as_of")
        rows: list[tuple[Any, ...]] = []
        renamed: list[dict[str, Any]] = []
        trail: list[tuple[Any, ...]] = []
        by, now = self._acting.person.id or None, self._acting.now
        for (row, old, names), one in zip(changed, merged, strict=True):
            said = (one[name] for name in self._fields)
            if not _SEARCHED.isdisjoint(names):
                renamed.append(one)
            rows.append((*said, WAREHOUSE, row.as_of or old["as_of"], old["id"]))
            for name in names:
                kind = self._fields[name].kind
                was, is_now = kind.kept(old[name]), kind.kept(one[name])
                trail.append((old["id"], _IN_THE_TRAIL, old["id"], name, was, is_now, WAREHOUSE,
                              now, by))  # fmt: skip
        await bulk.update(Customer, columns, rows)
        found_by = await _search_fields([self._searched_of(one) for one in renamed])
        await bulk.update(
            Customer,
            _FILLED,
            [(*filled, one["id"]) for filled, one in zip(found_by, renamed, strict=True)],
        )
        await bulk.insert(Change, TRAIL, trail)

    def _searched(self, row: _Row) -> tuple[Any, ...]:
        return self._searched_of(row.values)

    def _searched_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(values.get(name, self._defaults[name]) for name in _MADE_FROM)

    async def _root_unit(self) -> int:
        """The head office, made where the bank has no unit yet."""
        if not self._root:
            found = await Unit.filter(parent=None).order_by("id").first()
            if found is None:
                found = await (await Tree.load()).grow(self._acting, ["总行"], ["Head office"])
            self._root = found.id
        return self._root


async def _search_fields(given: Sequence[tuple[Any, ...]]) -> list[_Filled]:
    """The search's columns of several firms, made where they hold nobody up."""
    if not given:
        return []
    return await asyncio.to_thread(_filled, given)


def _filled(given: Sequence[tuple[Any, ...]]) -> list[_Filled]:
    return [search_fields(*one) for one in given]


def _is_of(name: str) -> Text:
    return Text(N_("This is the credit code of {name}."), {"name": name})


_TWICE = Text(N_("This credit code is in the file twice."))
_NO_COLLEAGUE = Text(N_("There is no active colleague with this number."))
