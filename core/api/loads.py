"""The warehouse interface over HTTP: a file of rows in one request, and what became of the loads.

The file comes as the body, is written to a temporary file as it comes, and is loaded as the
command line would (core/loads/loading.py): the same checks, keys and trail. Its first bytes say
what kind of file it is.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from aiohttp import web
from pydantic import Field

from core.api.problems import Rejected
from core.api.route import FILES, LARGEST_FILE, Route
from core.api.schemas import Asked, Limit, Moment, OneOf, Told
from core.enrolment import ADMINISTRATORS
from core.errors import NotAllowed, NotFound
from core.i18n import DEFAULT_LOCALE, texts
from core.loads import listing
from core.loads.kinds import LOADS
from core.loads.loading import LoadOrder, run_load
from storage.models import Load

if TYPE_CHECKING:
    from core.acting import Acting
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.api.session import Asking, Session
    from core.loads.loading import LoadReport

_CHUNK = 1 << 18


class BadRowTold(Told):
    """Why a row was not loaded."""

    line: int
    column: str
    value: str
    reason: str


class LoadReportTold(Told):
    """What became of a file."""

    id: int | None = Field(description="Of the entry among the loads; null for a rehearsal.")
    kind: str
    rows: int
    added: int
    changed: int
    unchanged: int
    bad: int
    skipped: int = Field(description="Rows that an earlier load, broken off, had done.")
    kept: bool = Field(description="False where nothing stays: a rehearsal, or all or nothing.")
    encoding: str
    ignored: list[str] = Field(description="Heads of columns that mean nothing to us.")
    errors: list[BadRowTold] = Field(description="The first of the bad rows.")


class LoadTold(Told):
    """An entry among the loads."""

    id: int
    kind: str
    file_name: str
    status: Literal["running", "done", "failed"]
    origin: str
    rows: int
    added: int
    changed: int
    unchanged: int
    bad: int
    began_at: Moment
    ended_at: Moment | None


class LoadsTold(Told):
    """Loads, the latest first."""

    items: list[LoadTold]


class LoadAsked(Asked):
    """What the file holds, and how it is to be loaded."""

    kind: Annotated[str, OneOf(LOADS)]
    as_of: date | None = Field(None, description="The day that rows are of which don't say it.")
    dry_run: bool = Field(False, description="Try everything, and keep nothing.")
    all_or_nothing: bool = Field(False, description="One bad row, and nothing is loaded.")


class LoadsAsked(Asked):
    """How many are wanted."""

    limit: Limit = 50


async def load_file(session: Session, request: web.Request, asking: Asking) -> web.StreamResponse:
    """Load a file of rows: good rows are loaded, bad ones named; the same again changes nothing.

    `kind` is a category of facts, `balances` or `transactions`.
    """
    asked = asking.query
    assert isinstance(asked, LoadAsked)
    acting = await session.acting()
    _check(acting)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "body"
        await _receive(request, file)
        order = LoadOrder(
            asked.kind, file, origin="api", file_name=f"{session.request_id}",
            as_of=asked.as_of, all_or_nothing=asked.all_or_nothing, dry_run=asked.dry_run,
        )  # fmt: skip
        report = await run_load(acting, order, session.clock)
    locale = session.locale or DEFAULT_LOCALE
    told = _told(order.kind, report, locale)
    return web.Response(text=told.model_dump_json(), content_type="application/json")


async def _receive(request: web.Request, file: Path) -> None:
    """Write the body to a file as it comes.

    Raises:
        Rejected: if it is too large.
    """
    size = 0
    target = await asyncio.to_thread(file.open, "wb")
    try:
        async for chunk in request.content.iter_chunked(_CHUNK):
            size += len(chunk)
            if size > LARGEST_FILE:
                raise Rejected("too_large", most=LARGEST_FILE)
            await asyncio.to_thread(target.write, chunk)
    finally:
        await asyncio.to_thread(target.close)


def _told(kind: str, report: LoadReport, locale: str) -> LoadReportTold:
    t = texts(locale)
    return LoadReportTold(
        id=report.load_id or None,
        kind=kind,
        rows=report.rows,
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        bad=report.bad,
        skipped=report.skipped,
        kept=report.kept,
        encoding=report.encoding,
        ignored=list(report.ignored),
        errors=[
            BadRowTold(
                line=one.line, column=one.column, value=one.value[:80],
                reason=t.of(one.reason).unescape(),
            )
            for one in report.named
        ],
    )  # fmt: skip


async def list_loads(call: Call[LoadsAsked, None]) -> LoadsTold:
    """The last loads with their counts; for administrators."""
    found = await listing.latest(call.acting, limit=call.query.limit)
    return LoadsTold(items=[_entry(one) for one in found])


async def get_load(call: Call[Nothing, None]) -> LoadTold:
    """One load with its counts; for administrators."""
    _check(call.acting)
    found = await Load.get_or_none(id=call.id("load_id"))
    if found is None:
        raise NotFound
    return _entry(found)


def _check(acting: Acting) -> None:
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed


def _entry(one: Load) -> LoadTold:
    return LoadTold.model_validate(
        {
            "id": one.id, "kind": one.kind, "file_name": one.file_name, "status": one.status,
            "origin": one.origin, "rows": one.done_rows, "added": one.added,
            "changed": one.changed, "unchanged": one.unchanged, "bad": one.bad,
            "began_at": one.began_at, "ended_at": one.ended_at,
        }
    )  # fmt: skip


ROUTES = (
    Route(method="POST", path="/loads", scope="loads:admin", kind="change", file=True,
          streams=load_file, query=LoadAsked, answer=LoadReportTold,
          summary=f"Load a file of rows ({', '.join(FILES)})"),
    Route(method="GET", path="/loads", scope="loads:admin", does=list_loads, query=LoadsAsked,
          answer=LoadsTold, summary="List the loads"),
    Route(method="GET", path="/loads/{load_id}", scope="loads:admin", does=get_load,
          answer=LoadTold, summary="Read a load"),
)  # fmt: skip
