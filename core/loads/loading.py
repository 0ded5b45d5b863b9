"""One load of one file: batch after batch, each in a transaction with its place in the file.

Killed, it goes on behind the last batch that was committed when the same file comes again with
the same options. All or nothing is one transaction, and so is a rehearsal, which is taken back.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core import audit
from core.enrolment import ADMINISTRATORS
from core.errors import Conflict, NotAllowed, NotFound, Refused
from core.i18n import N_, texts
from core.loads.customers import CustomerWriter
from core.loads.kinds import LOADS
from core.loads.mapping import FileMapping, match_columns
from core.loads.reading import RowReader
from core.loads.writing import RowWriter
from storage.db import transaction
from storage.importer.rejects import Rejects
from storage.importer.row_streams import BATCH
from storage.importer.streams import open_rows
from storage.importer.tables import UnreadableTableError
from storage.models import Customer, Load
from storage.search_index import settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from datetime import date
    from pathlib import Path

    from core.acting import Acting
    from core.clock import Clock
    from core.loads.reading import Bad
    from storage.importer.row_streams import Batch, RowStream

#: bad rows that a report names; the errors file has all of them
MOST_NAMED = 50
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LoadOrder:
    """What is to be loaded, and how."""

    kind: str
    file: Path
    origin: str = "cli"
    #: what the file is called for people
    file_name: str = ""
    mapping: FileMapping = field(default_factory=FileMapping)
    #: the day that the rows are of, where they don't say
    as_of: date | None = None
    all_or_nothing: bool = False
    dry_run: bool = False
    #: where the bad rows go, to be mended
    errors: Path | None = None
    #: of the reasons
    locale: str = "en"


@dataclass(slots=True)
class LoadReport:
    """What became of a file."""

    load_id: int = 0
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0
    #: rows that an earlier, broken-off load had done
    skipped: int = 0
    encoding: str = ""
    ignored: tuple[str, ...] = ()
    #: the first of the bad ones
    named: list[Bad] = field(default_factory=list)
    #: nothing was kept: it was a rehearsal, or all or nothing and a row is bad
    kept: bool = True


@dataclass(frozen=True, slots=True)
class _Read:
    """A batch as it was understood."""

    batch: Batch
    good: list[int]
    values: dict[str, list[Any]]
    bad: list[Bad]
    #: what the writer has begun to make of it
    prepared: Any


class _TakenBack(Exception):  # noqa: N818 - no error: the way out of a transaction
    """Everything was tried; nothing of it is to stay."""


class NoSuchKind(NotFound):
    """There is no load of that kind."""

    code = "no_such_kind"
    msgid = N_("Nothing of that kind can be loaded.")


class UnreadableFile(Conflict):
    """The file is no table that can be read."""

    code = "unreadable_file"
    msgid = N_("The file can't be read: {reason}")


async def run_load(
    acting: Acting,
    order: LoadOrder,
    clock: Clock,
    watch: Callable[[int, float], None] | None = None,
) -> LoadReport:
    """Load a file; `watch` hears of rows done and the share of the file behind us.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NoSuchKind: if nothing of that kind can be loaded.
        UnreadableFile: if it is no table, or stops being one; batches before stay.
        Invalid: if a needed column is missing, or the mapping does not fit.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    if order.kind not in LOADS:
        raise NoSuchKind
    load = await _begun(acting, order)
    try:
        stream = open_rows(
            order.file, encoding=order.mapping.encoding, delimiter=order.mapping.delimiter
        )
        with closing(stream), closing(_Loading(acting, order, clock, load, stream)) as loading:
            return await loading.run(watch)
    except UnreadableTableError as error:
        refused = UnreadableFile(reason=str(error))
        await _failed(load, refused, clock)
        raise refused from error
    except Refused as refused:
        await _failed(load, refused, clock)
        raise


async def _begun(acting: Acting, order: LoadOrder) -> Load:
    """The entry of the load: the one that was broken off, or a new one."""
    print_ = fingerprint_of(order)
    broken_off = None
    if not order.dry_run and not order.all_or_nothing:
        broken_off = await Load.filter(fingerprint=print_, status="running").first()
    load = broken_off or Load(
        kind=order.kind, file_name=(order.file_name or order.file.name)[:200], fingerprint=print_,
        origin=order.origin, began_at=acting.now, by_id=acting.person.id or None,
    )  # fmt: skip
    if broken_off is None and not order.dry_run:
        await load.save()
    return load


async def _failed(load: Load, refused: Refused, clock: Clock) -> None:
    if load.id:
        load.status, load.error, load.ended_at = "failed", refused.to_json(), clock.now()
        await load.save()


def fingerprint_of(order: LoadOrder) -> str:
    """The file's bytes and how they are read, as one hash."""
    said = (order.kind, order.mapping, order.as_of, order.all_or_nothing)
    digest = hashlib.sha256(repr(said).encode())
    with order.file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


class _Loading:
    """A load on its way through its file."""

    def __init__(
        self, acting: Acting, order: LoadOrder, clock: Clock, load: Load, stream: RowStream
    ) -> None:
        self._acting, self._order, self._clock = acting, order, clock
        self._load, self._stream = load, stream
        kind = LOADS[order.kind]
        columns = match_columns(kind, stream.columns, order.mapping)
        self._reader = RowReader(kind, stream.columns, columns, order.mapping.money)
        writer = CustomerWriter if kind.model is Customer else RowWriter
        self._writer = writer(acting, kind, order.as_of)
        self._report = LoadReport(
            load_id=load.id or 0, encoding=stream.encoding, ignored=columns.ignored,
            added=load.added, changed=load.changed, unchanged=load.unchanged, bad=load.bad,
            rows=load.done_rows, skipped=load.done_rows,
        )  # fmt: skip

    def close(self) -> None:
        """Let go of what the writer holds."""
        self._writer.close()

    async def run(self, watch: Callable[[int, float], None] | None) -> LoadReport:
        report, order = self._report, self._order
        behind = self._load.done_rows
        with Rejects(order.errors, self._stream.columns, go_on=behind > 0) as rejects:
            async with self._whole():
                reads = self._reads(behind)
                read = next(reads, None)
                while read is not None:
                    # While the database works on one batch, the next is read and prepared.
                    writing = asyncio.ensure_future(self._one(read, rejects))
                    try:
                        await asyncio.sleep(0)
                        read = next(reads, None)
                    finally:
                        await writing
                    if watch is not None:
                        watch(report.rows, self._stream.share())
        if report.kept:
            await self._end()
        elif self._load.id:
            self._load.status, self._load.bad = "failed", report.bad
            self._load.done_rows = self._load.added = self._load.changed = 0
            self._load.unchanged = 0
            self._load.error = {"code": "nothing_loaded"}
            self._load.ended_at = self._clock.now()
            await self._load.save()
        return report

    @asynccontextmanager
    async def _whole(self) -> AsyncIterator[None]:
        """One transaction around everything, where nothing may stay or everything must."""
        order = self._order
        if not order.dry_run and not order.all_or_nothing:
            yield
            return
        try:
            async with transaction():
                yield
                if order.dry_run or self._report.bad:
                    raise _TakenBack  # noqa: TRY301 - the only way to have it rolled back
        except _TakenBack:
            self._report.kept = False

    def _reads(self, behind: int) -> Iterator[_Read]:
        """The batches behind those rows, understood."""
        for batch in self._stream.batches(BATCH):
            if behind >= len(batch):
                behind -= len(batch)
                continue
            good, values, bad = self._reader.read(batch)
            yield _Read(batch, good, values, bad, self._writer.prepare(good, values))

    async def _one(self, read: _Read, rejects: Rejects) -> None:
        """Write a batch, in a transaction of its own."""
        await self._writer.ready(read.prepared)
        async with transaction():
            await self._written(read, rejects)

    async def _written(self, read: _Read, rejects: Rejects) -> None:
        batch, bad = read.batch, read.bad
        refused = await self._writer.write(read.good, read.values, read.prepared)
        bad += [
            self._reader.refused(batch, place, name, reason) for place, name, reason in refused
        ]
        self._count(batch, bad)
        self._put(bad, rejects)
        load, report = self._load, self._report
        if not self._order.dry_run:
            load.done_rows, load.added, load.changed = report.rows, report.added, report.changed
            load.unchanged, load.bad = report.unchanged, report.bad
            await load.save(update_fields=["done_rows", "added", "changed", "unchanged", "bad"])

    def _count(self, batch: Batch, bad: list[Bad]) -> None:
        report, counts = self._report, self._writer.counts
        report.rows += len(batch)
        report.bad += len({one.line for one in bad})
        report.added += counts["added"]
        report.changed += counts["changed"]
        report.unchanged += counts["unchanged"]
        self._writer.counts = Counter()

    def _put(self, bad: list[Bad], rejects: Rejects) -> None:
        """Write the bad rows of a batch, each once with all that is wrong with it."""
        if not bad:
            return
        t = texts(self._order.locale)
        by_line: dict[int, list[Bad]] = {}
        for one in sorted(bad, key=lambda one: one.line):
            by_line.setdefault(one.line, []).append(one)
            if len(self._report.named) < MOST_NAMED:
                self._report.named.append(one)
        for several in by_line.values():
            reasons = (
                f"{one.column}: {t.of(one.reason).unescape()}" if one.column
                else t.of(one.reason).unescape()
                for one in several
            )  # fmt: skip
            rejects.put(several[0].cells, "; ".join(reasons))
        rejects.flush()

    async def _end(self) -> None:
        if self._report.added or self._report.changed:
            await settle(LOADS[self._order.kind].model._meta.db_table)  # noqa: SLF001 - the ORM's documented place for it
        load, report = self._load, self._report
        async with transaction():
            load.status, load.ended_at = "done", self._clock.now()
            await load.save(update_fields=["status", "ended_at"])
            await audit.record(
                self._acting, "import", "load", load.id, kind=load.kind, rows=report.rows,
                added=report.added, changed=report.changed, bad=report.bad,
            )  # fmt: skip
