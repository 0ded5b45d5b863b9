"""A batch of understood rows into its table: looked up, compared, added or changed.

No row is an object of the ORM's here, and a batch costs a handful of statements. A row that is
there is changed only where it differs, each change with its line in the trail; what a file does
not say stays, and what is of an older day than the row's changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from core.facts.links import standing
from core.i18n import N_, Text
from storage.db import connection, dialect
from storage.importer import bulk
from storage.importer.account_balances import follow_series
from storage.models import Account, Balance, Change, Contact, Customer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from core.acting import Acting
    from core.loads.kinds import LoadKind

WAREHOUSE = "warehouse"
_MOST_KEPT = 200_000
TRAIL = ("customer_id", "section", "row_id", "field", "was", "now", "source", "at", "by_id")
Refusal = tuple[int, str, Text]


@dataclass(slots=True)
class _Row:
    place: int
    key: tuple[Any, ...]
    customer_id: int
    parent_id: int
    values: dict[str, Any]
    as_of: date | None


class _Keyed(Protocol):
    @property
    def key(self) -> Any: ...


Keyed = TypeVar("Keyed", bound=_Keyed)


def each_key_once(rows: Sequence[Keyed]) -> Iterator[dict[Any, Keyed]]:
    """A batch by its keys, in turns in which no key is twice.

    The same key again in a batch: the later row finds what the earlier one left.
    """
    while rows:
        first: dict[Any, Keyed] = {}
        again = [row for row in rows if first.setdefault(row.key, row) is not row]
        yield first
        rows = again


class RowWriter:
    """Writes the batches of one load."""

    def __init__(self, acting: Acting, kind: LoadKind, as_of: date | None) -> None:
        self._acting, self._kind, self._as_of = acting, kind, as_of
        self._fields = {one.name: one for one in kind.fields}
        self._links = {one.name: one.link for one in kind.fields if one.link}
        self._names = (*self._fields, *self._links.values())
        columns = kind.model._meta.fields_map  # noqa: SLF001 - the ORM's documented place for it
        self._defaults = {name: columns[name].default for name in self._names}
        self._owners: dict[tuple[str, str], tuple[int, int] | None] = {}
        self._meta = ("source", "as_of", "recorded_at", "recorded_by_id", "ended_at")
        # Names of other firms, and who is the main contact, are a matter of several rows.
        self._is_plain = not self._links and kind.model is not Contact
        self.counts: Counter[str] = Counter()

    def prepare(self, good: Sequence[int], values: Mapping[str, list[Any]]) -> None:
        """There is nothing to begin with before the batch's turn comes."""

    async def ready(self, prepared: None) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """There is nothing to end."""

    async def write(
        self, good: Sequence[int], values: Mapping[str, list[Any]], prepared: None = None
    ) -> list[Refusal]:
        """Write the rows at these places; returns the ones that the database refuses."""
        del prepared
        owners, refused = await self._owned(good, values)
        left = await self._plainly(owners, values) if self._is_plain else owners
        rows = self._rows(left, values)
        await self._link(rows)
        for first in each_key_once(rows):
            refused += await self._upsert(first)
        if self._kind.model is Balance:
            accounts = (parent_id for parent_id, _ in owners.values())
            await follow_series(accounts, WAREHOUSE, self._acting.now)
        return refused

    async def _plainly(
        self, owners: Mapping[int, tuple[int, int]], values: Mapping[str, list[Any]]
    ) -> Mapping[int, tuple[int, int]]:
        """Add what is plainly new and count what is as it was, by columns; returns the others.

        These are most rows of most files. What changes, comes twice, was ended, or is another
        customer's goes row by row.
        """
        kind, count = self._kind, len(owners)
        if not count:
            return owners
        said = {name: self._at(owners, values[name]) for name in self._fields if name in values}
        full = {name: self._full(name, said.get(name), count) for name in self._fields}
        days = self._at(owners, values["as_of"]) if "as_of" in values else [None] * count
        dated = [day or self._as_of for day in days]
        parents = [parent for parent, _ in owners.values()]
        whole = [full.get(name, parents) for name in kind.whole_key]
        keys = list(zip(*whole, strict=True))
        there = await self._there(keys, tuple(said))
        times = Counter(keys) if len(set(keys)) < count else None
        lines = zip(parents, *said.values(), strict=True)
        new: list[int] = []
        left: dict[int, tuple[int, int]] = {}
        for n, (place, key, line) in enumerate(zip(owners, keys, lines, strict=True)):
            old = there.get(key)
            if times is not None and times[key] > 1:
                left[place] = owners[place]
            elif old is None:
                new.append(n)
            elif old[0] != line or (kind.is_fact and not _stands(old[1:], dated[n])):
                left[place] = owners[place]
        await self._insert_columns(
            [parents[n] for n in new],
            {name: [column[n] for n in new] for name, column in full.items()},
            [dated[n] for n in new],
        )
        self.counts["added"] += len(new)
        self.counts["unchanged"] += count - len(new) - len(left)
        return left

    @staticmethod
    def _at(places: Iterable[int], column: list[Any]) -> list[Any]:
        return [column[place] for place in places]

    def _full(self, name: str, said: list[Any] | None, count: int) -> list[Any]:
        """A column, with the default where a row says nothing."""
        default = self._defaults[name]
        if said is None:
            return [default] * count
        return [default if one is None else one for one in said]

    async def _there(
        self, keys: Sequence[tuple[Any, ...]], said: tuple[str, ...]
    ) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        """Of each key that is there: its row as a file would say it, its day, and its end."""
        kind = self._kind
        more = ("as_of", "ended_at") if kind.is_fact else ()
        columns = tuple(dict.fromkeys((*kind.whole_key, kind.parent, *said, *more)))
        found = await bulk.find_by_key(kind.model, kind.whole_key, keys, columns)
        if not found:
            return {}
        by_column = dict(zip(columns, zip(*found, strict=True), strict=True))

        def lines(names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
            return zip(*(by_column[name] for name in names), strict=True)

        ends = lines(more) if more else repeat((), len(found))
        there: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for key, line, end in zip(
            lines(kind.whole_key), lines((kind.parent, *said)), ends, strict=True
        ):
            there.setdefault(key, (line, *end))
        return there

    def _rows(
        self, owners: Mapping[int, tuple[int, int]], values: Mapping[str, list[Any]]
    ) -> list[_Row]:
        given = [(name, values[name]) for name in self._fields if name in values]
        days = values.get("as_of")
        key_names, bank_wide = self._kind.key, self._kind.bank_wide_key
        rows = []
        for place, (parent_id, customer_id) in owners.items():
            row = {name: v for name, column in given if (v := column[place]) is not None}
            key = tuple(row.get(name, self._defaults[name]) for name in key_names)
            day = (days[place] if days else None) or self._as_of
            whole = key if bank_wide else (parent_id, *key)
            rows.append(_Row(place, whole, customer_id, parent_id, row, day))
        return rows

    async def _owned(
        self, good: Sequence[int], values: Mapping[str, list[Any]]
    ) -> tuple[dict[int, tuple[int, int]], list[Refusal]]:
        """For each place its parent's id and its customer's; or why there is none."""
        names = [n for n in ("account", "customer", "customer_credit_code") if n in values]
        if len(self._owners) > _MOST_KEPT:
            self._owners.clear()
        for name in names:
            said = {text for n in good if (text := values[name][n]) is not None}
            await self._look_up(name, said)
        if len(names) == 1 and not any(values[names[0]][n] is None for n in good):
            column, known = values[names[0]], self._owners
            every = {n: known[names[0], column[n]] for n in good}
            if None not in every.values():
                return every, []  # type: ignore[return-value]  # as was just asked
        found: dict[int, tuple[int, int]] = {}
        refused: list[Refusal] = []
        for n in good:
            name, text = next(((m, t) for m in names if (t := values[m][n]) is not None), ("", ""))
            owner = self._owners.get((name, text))
            if owner is not None:
                found[n] = owner
            elif not name:
                refused.append((n, names[0], Text(N_("This is needed."))))
            else:
                refused.append((n, name, Text(_UNKNOWN[name])))
        return found, refused

    async def _look_up(self, name: str, said: Iterable[str]) -> None:
        new = [(text,) for text in said if (name, text) not in self._owners]
        if name == "account":
            found = await bulk.find_by_key(Account, ("number",), new,
                                           ("number", "id", "customer_id"))  # fmt: skip
            known = {number: (int(i), int(c)) for number, i, c in found}
        else:
            column = "external_id" if name == "customer" else "credit_code"
            found = await bulk.find_by_key(Customer, (column,), new,
                                           (column, "id", "merged_into_id"))  # fmt: skip
            stands = await standing(int(i) for _, i, into in found if into)
            known = {text: (stands.get(int(i), int(i)),) * 2 for text, i, _ in found}
        for (text,) in new:
            self._owners[name, text] = known.get(text)

    async def _link(self, rows: Sequence[_Row]) -> None:
        """Set the customers that names mean; a name that two have means neither.

        A customer that was merged into another means that other.
        """
        for name, link in self._links.items():
            said = [(text,) for text in {row.values[name] for row in rows if name in row.values}]
            by_code = await bulk.find_by_key(Customer, ("credit_code",), said,
                                             ("credit_code", "id", "merged_into_id"))  # fmt: skip
            by_name = await bulk.find_by_key(Customer, ("name_zh",), said,
                                             ("name_zh", "id", "merged_into_id"))  # fmt: skip
            stands = await standing(int(i) for _, i, into in (*by_code, *by_name) if into)
            meant: dict[str, set[int]] = {}
            for text, i, _ in by_name:
                meant.setdefault(text, set()).add(stands.get(int(i), int(i)))
            sole = {text: next(iter(ids)) for text, ids in meant.items() if len(ids) == 1}
            sole |= {text: stands.get(int(i), int(i)) for text, i, _ in by_code}
            for row in rows:
                if name in row.values:
                    row.values[link] = sole.get(row.values[name])

    async def _upsert(self, rows: Mapping[tuple[Any, ...], _Row]) -> list[Refusal]:
        kind = self._kind
        key = kind.whole_key
        more = ("as_of", "ended_at") if kind.is_fact else ()
        columns = dict.fromkeys(("id", kind.parent, *key, *self._names, *more))
        found = await bulk.find_by_key(kind.model, key, rows, tuple(columns))
        there: dict[tuple[Any, ...], dict[str, Any]] = {}
        for values in found:
            one = dict(zip(columns, values, strict=True))
            there.setdefault(tuple(one[name] for name in key), one)
        refused: list[Refusal] = []
        new: list[_Row] = []
        changed: list[tuple[Any, ...]] = []
        trail: list[tuple[Any, ...]] = []
        touched: list[tuple[Any, ...]] = []
        for whole, row in rows.items():
            old = there.get(whole)
            if old is None:
                new.append(row)
            elif old[kind.parent] != row.parent_id:
                refused.append((row.place, key[0], Text(N_("This is another customer's."))))
            else:
                self._compare(row, old, changed, trail, touched)
        await self._insert(new)
        await self._change(changed, touched)
        await bulk.insert(Change, TRAIL, trail)
        await self._one_main_contact(rows.values())
        self.counts["added"] += len(new)
        self.counts["changed"] += len(changed)
        self.counts["unchanged"] += len(rows) - len(new) - len(changed) - len(refused)
        return refused

    def _compare(
        self,
        row: _Row,
        one: dict[str, Any],
        changed: list[tuple[Any, ...]],
        trail: list[tuple[Any, ...]],
        touched: list[tuple[Any, ...]],
    ) -> None:
        was_of = one.get("as_of")
        if was_of is not None and row.as_of is not None and row.as_of < was_of:
            return
        diff = [(n, one[n], v) for n, v in row.values.items() if v != one[n]]
        lines = [
            (name, kind.kept(was), kind.kept(now))
            for name, was, now in diff
            if name in self._fields
            for kind in (self._fields[name].kind,)
        ]
        if one.get("ended_at") is not None:
            named = (self._fields[n].kind.kept(row.values.get(n, one[n])) for n in self._kind.key)
            lines.append(("", "", " · ".join(filter(None, named))))
        if diff or lines:
            by, now = self._acting.person.id or None, self._acting.now
            merged = [row.values.get(name, one[name]) for name in self._names]
            meta = [WAREHOUSE, row.as_of or was_of, now, by, None] if self._kind.is_fact else []
            changed.append((*merged, *meta, one["id"]))
            trail += [
                (
                    row.customer_id,
                    self._kind.name,
                    one["id"],
                    name,
                    was,
                    is_now,
                    WAREHOUSE,
                    now,
                    by,
                )
                for name, was, is_now in lines
            ]
        elif row.as_of is not None and self._kind.is_fact and row.as_of != was_of:
            touched.append((WAREHOUSE, row.as_of, one["id"]))

    async def _insert(self, new: Sequence[_Row]) -> None:
        full = {
            name: self._full(name, [row.values.get(name) for row in new], len(new))
            for name in self._names
        }
        await self._insert_columns(
            [row.parent_id for row in new], full, [row.as_of for row in new]
        )

    async def _insert_columns(
        self, parents: list[int], full: Mapping[str, list[Any]], days: list[date | None]
    ) -> None:
        kind, by, count = self._kind, self._acting.person.id or None, len(parents)
        if not count:
            return
        columns = {kind.parent: parents, **full}
        if kind.is_fact:
            now = [self._acting.now] * count
            meta = ([WAREHOUSE] * count, days, now, [by] * count, [None] * count)
            columns |= dict(zip(self._meta, meta, strict=True))
        if kind.model is Account:
            columns["tail"] = [number[-4:] for number in full["number"]]
        await bulk.insert_columns(kind.model, tuple(columns), tuple(columns.values()))

    async def _change(
        self, changed: Sequence[tuple[Any, ...]], touched: Sequence[tuple[Any, ...]]
    ) -> None:
        meta = self._meta if self._kind.is_fact else ()
        await bulk.update(self._kind.model, (*self._names, *meta), changed)
        await bulk.update(self._kind.model, ("source", "as_of"), touched)

    async def _one_main_contact(self, rows: Iterable[_Row]) -> None:
        """Whoever becomes the main contact is the only one."""
        if self._kind.model is not Contact:
            return
        main = {row.customer_id: row.values["name"] for row in rows if row.values.get("is_main")}
        if main:
            sql = (
                "UPDATE contact SET is_main = {} WHERE customer_id = {} AND name <> {} AND is_main"
            )
            false = "0" if dialect() == "sqlite" else "false"
            marks = ("?", "?") if dialect() == "sqlite" else ("$1", "$2")
            pairs: list[Any] = list(main.items())
            await connection().execute_many(sql.format(false, *marks), pairs)


def _stands(day_and_end: tuple[Any, ...], day: date | None) -> bool:
    """Whether a row that says the same leaves it as it is: not ended, and of the same day."""
    was_of, ended = day_and_end
    return ended is None and (day is None or day == was_of)


_UNKNOWN = {
    "account": N_("There is no account with this number."),
    "customer": N_("There is no customer with this number."),
    "customer_credit_code": N_("There is no customer with this credit code."),
}
