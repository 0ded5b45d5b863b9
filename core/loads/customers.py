"""A batch of understood rows of customers: looked up, compared, added or changed.

Known by the bank's own number, else by the credit code, else by the name, so the same file again
changes nothing. What a row does not say stays as it is; a change is kept in the trail. Who is in
charge is said by staff number for new customers; those in the bank change hands by the commands
for it. Without one, a new customer lies in the pool of the head office.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.i18n import N_, Text
from core.loads.customer_fields import OWNER
from core.loads.writing import TRAIL, WAREHOUSE, Refusal, each_key_once
from core.other_process import other_process
from core.units import Tree
from storage import searched
from storage.importer import bulk
from storage.models import Change, Customer, Staff, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from datetime import date

    from core.acting import Acting
    from core.loads.kinds import LoadKind

#: what a customer is found by: changed, the search's columns are made anew
_NAME = "name_zh"
_MADE_FROM = (_NAME, "name_en", "short_name", "phone", "credit_code", "legal_representative")
_SEARCHED = frozenset(_MADE_FROM)
_FILLED = ("pinyin", "initials", "search_text")
#: the values of those columns
_Filled = tuple[str, str, str]
_KEYS = ("external_id", "credit_code", _NAME)
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


#: by column and value, the firms that have it
_Known = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A batch before its turn, column by column; what a row does not say is None."""

    places: Sequence[int]
    said: Mapping[str, Sequence[Any]]
    #: of each row, the column that the firm is known by, and its value
    keys: Sequence[tuple[str, str]]
    owners: Sequence[str | None] | None
    days: Sequence[date | None]
    filled: Future[list[_Filled]] | None = None

    def wanted(self) -> dict[str, set[str]]:
        """By column, what is looked up of these rows."""
        wanted = {name: set(self.said.get(name, ())) - {None, ""} for name in _KEYS}
        return wanted | {_NAME: {value for name, value in self.keys if name == _NAME}}

    def these(self, which: Sequence[int]) -> _Prepared:
        """Some of the rows."""
        if len(which) == len(self.places):
            return self
        return _Prepared(
            [self.places[n] for n in which],
            {name: [column[n] for n in which] for name, column in self.said.items()},
            [self.keys[n] for n in which],
            [self.owners[n] for n in which] if self.owners else None,
            [self.days[n] for n in which],
        )

    def row(self, n: int) -> _Row:
        """One of the rows by itself."""
        said = {name: v for name, column in self.said.items() if (v := column[n]) is not None}
        owner = self.owners[n] if self.owners else None
        return _Row(self.places[n], self.keys[n], said, owner, self.days[n])


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
        self.counts: Counter[str] = Counter()

    def prepare(self, good: Sequence[int], values: Mapping[str, list[Any]]) -> _Prepared:
        """Begin with what these rows are found by, where most are new; another process does it."""
        batch = self._columns(good, values)
        if not self._mostly_new:
            return batch
        if self._maker is None:
            self._maker = other_process()
        return replace(
            batch, filled=self._maker.submit(searched.all_fields, self._searched(batch))
        )

    def _columns(self, good: Sequence[int], values: Mapping[str, list[Any]]) -> _Prepared:
        def of_good(name: str) -> Sequence[Any] | None:
            column = values.get(name)
            if column is None or len(good) == len(column):
                return column
            return [column[place] for place in good]

        said = {name: found for name in self._fields if (found := of_good(name)) is not None}
        by = [(name, said[name]) for name in _KEYS if name in said]
        keys = [
            next((name, column[n]) for name, column in by if column[n]) for n in range(len(good))
        ]
        days = of_good("as_of")
        dated = [day or self._as_of for day in days] if days else [self._as_of] * len(good)
        return _Prepared(good, said, keys, of_good(OWNER), dated)

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
        before = self.counts["added"]
        await self._find_staff({owner for owner in prepared.owners or () if owner})
        known = await self._known(prepared.wanted())
        new = self._plainly_new(prepared, known)
        filled = prepared.filled.result() if prepared.filled is not None else None
        await self._insert(prepared.these(new), filled and [filled[n] for n in new])
        left = set(range(len(good))).difference(new)
        rows = [prepared.row(n) for n in sorted(left)]
        refused: list[Refusal] = []
        for number, first in enumerate(each_key_once(rows)):
            if number:
                known = await self._known(_wanted_by(first.values()))
            refused += await self._upsert(list(first.values()), known)
        # A file of a few rows is done before another process has started.
        self._mostly_new = len(good) >= _WORTHWHILE < 2 * (self.counts["added"] - before)
        return refused

    def _plainly_new(self, batch: _Prepared, known: _Known) -> list[int]:
        """The rows that nothing in the bank or in this batch stands against."""
        if not batch.keys:
            return []
        codes = batch.said.get("credit_code") or [None] * len(batch.keys)
        times, times_code = Counter(batch.keys), Counter(codes)
        with_code = known["credit_code"]
        owners = batch.owners or [None] * len(batch.keys)
        return [
            n
            for n, (key, code, owner) in enumerate(zip(batch.keys, codes, owners, strict=True))
            if times[key] == 1
            and key[1] not in known[key[0]]
            and (not code or (times_code[code] == 1 and code not in with_code))
            and (not owner or self._staff[owner] is not None)
        ]

    async def _find_staff(self, numbers: set[str]) -> None:
        new = [(number,) for number in numbers if number not in self._staff]
        found = await bulk.find_by_key(
            Staff, ("number",), new, ("number", "id", "unit_id", "active")
        )
        known = {number: (int(i), int(unit)) for number, i, unit, active in found if active}
        for (number,) in new:
            self._staff[number] = known.get(number)

    async def _upsert(self, rows: Sequence[_Row], known: _Known) -> list[Refusal]:
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
        await self._insert(_batch_of(new))
        await self._change(changed)
        self.counts["changed"] += len(changed)
        self.counts["unchanged"] += len(rows) - len(new) - len(changed) - len(refused)
        return refused

    async def _known(self, wanted: Mapping[str, set[str]]) -> _Known:
        """The firms that have one of the wanted values there, by column and value."""
        columns = ("id", "as_of", *self._fields)
        known: _Known = {}
        for column in _KEYS:
            found = await bulk.find_by_key(
                Customer, (column,), [(value,) for value in wanted[column]], columns
            )
            known[column] = {}
            for values in found:
                one = dict(zip(columns, values, strict=True))
                known[column].setdefault(str(one[column]), one)
        return known

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

    async def _insert(self, new: _Prepared, found_by: Sequence[_Filled] | None = None) -> None:
        count = len(new.places)
        if not count:
            return
        now, root = self._acting.now, await self._root_unit()
        if found_by is None:
            found_by = await asyncio.to_thread(searched.all_fields, self._searched(new))
        owned = [(self._staff[one] if one else None) or (None, root)
                 for one in new.owners or [None] * count]  # fmt: skip
        owners, units = zip(*owned, strict=True)
        await bulk.insert_columns(
            Customer,
            (*self._fields, *_FILLED, "owner_id", "unit_id", "owner_since", "created_at",
             "source", "as_of"),
            [*(self._full(new, name) for name in self._fields), *zip(*found_by, strict=True),
             owners, units, [now] * count, [now] * count, [WAREHOUSE] * count, new.days],
        )  # fmt: skip
        self.counts["added"] += count

    def _full(self, batch: _Prepared, name: str) -> list[Any]:
        """A column, with the default where a row says nothing."""
        default = self._defaults[name]
        said = batch.said.get(name)
        if said is None:
            return [default] * len(batch.places)
        return [default if one is None else one for one in said]

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
        given = [tuple(one[name] for name in _MADE_FROM) for one in renamed]
        found_by = await asyncio.to_thread(searched.all_fields, given)
        await bulk.update(
            Customer,
            _FILLED,
            [(*filled, one["id"]) for filled, one in zip(found_by, renamed, strict=True)],
        )
        await bulk.insert(Change, TRAIL, trail)

    def _searched(self, batch: _Prepared) -> list[tuple[Any, ...]]:
        """Of each row, what it is to be found by."""
        return list(zip(*(self._full(batch, name) for name in _MADE_FROM), strict=True))

    async def _root_unit(self) -> int:
        """The head office, made where the bank has no unit yet."""
        if not self._root:
            found = await Unit.filter(parent=None).order_by("id").first()
            if found is None:
                found = await (await Tree.load()).grow(self._acting, ["总行"], ["Head office"])
            self._root = found.id
        return self._root


def _batch_of(rows: Sequence[_Row]) -> _Prepared:
    """Rows by themselves, column by column."""
    names = dict.fromkeys(name for row in rows for name in row.values)
    return _Prepared(
        [row.place for row in rows],
        {name: [row.values.get(name) for row in rows] for name in names},
        [row.key for row in rows],
        [row.owner for row in rows],
        [row.as_of for row in rows],
    )


def _wanted_by(rows: Iterable[_Row]) -> dict[str, set[str]]:
    """By column, what is looked up of these rows."""
    return _batch_of(list(rows)).wanted()


def _is_of(name: str) -> Text:
    return Text(N_("This is the credit code of {name}."), {"name": name})


_TWICE = Text(N_("This credit code is in the file twice."))
_NO_COLLEAGUE = Text(N_("There is no active colleague with this number."))
