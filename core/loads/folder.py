"""The drop folder: where the bank's systems put a day's files, and what becomes of them.

A file is taken once nobody writes to it any more (the same size and time at two looks), in the
order in which its kind is needed by others, and moved to `done/` or `failed/` beside its bad rows.
One process looks at a time: it holds the folder's lock, which ends with it. Killed in the middle,
the file is still there, and the load goes on where it stopped.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import Refused
from core.loads.kinds import LOADS
from core.loads.loading import LoadOrder, NoSuchKind, run_load
from core.loads.mapping import FileMapping, read_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.acting import Acting
    from core.clock import Clock
    from core.loads.loading import LoadReport

DONE, FAILED = "done", "failed"
ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".ndjson", ".jsonl"})
_MAPPING, _LOCK = ".toml", ".roundsman.lock"
#: what others refer to comes first; kinds that are not named come between
_FIRST, _LAST = ("customers", "accounts", "contacts"), ("balances", "transactions")


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of one file."""

    name: str
    #: None where it could not be loaded at all
    report: LoadReport | None
    refused: Refused | None = None

    @property
    def went_well(self) -> bool:
        """Whether every row is in the bank."""
        return self.report is not None and self.report.bad == 0


class DropFolder:
    """One folder, looked at again and again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, tuple[int, int]] = {}

    def ready(self) -> list[Path]:
        """The files that nobody has written to since the last look, in the order to load them."""
        if not self._folder.is_dir():
            return []
        files = [one for one in self._folder.iterdir() if _is_data(one)]
        now = {one.name: (one.stat().st_size, one.stat().st_mtime_ns) for one in files}
        still = [one for one in files if self._seen.get(one.name) == now[one.name]]
        self._seen = now
        return sorted(still, key=lambda one: (_turn(kind_of(one.name)), one.name))

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Hold the folder for this process; gives whether it could be had."""
        if not self._folder.is_dir():
            yield False
            return
        with (self._folder / _LOCK).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    async def load(self, acting: Acting, file: Path, clock: Clock) -> Dropped:
        """Load one file and move it to where it belongs; to be awaited outside a transaction."""
        stamp = f"{acting.local_now:%Y%m%d-%H%M%S}-{file.name}"
        failed = self._folder / FAILED
        failed.mkdir(exist_ok=True)
        errors = failed / f"{stamp}.errors.csv"
        mapping = file.with_suffix(_MAPPING)
        try:
            kind = kind_of(file.name)
            if kind is None:
                raise NoSuchKind
            order = LoadOrder(
                kind, file, origin="folder", errors=errors, locale=acting.locale,
                mapping=read_mapping(mapping) if mapping.is_file() else FileMapping(),
            )  # fmt: skip
            found = Dropped(file.name, await run_load(acting, order, clock))
        except Refused as refused:
            found = Dropped(file.name, None, refused)
        self._put_away(file, failed if found.report is None else self._folder / DONE, stamp)
        self._seen.pop(file.name, None)
        return found

    @staticmethod
    def _put_away(file: Path, where: Path, name: str) -> None:
        where.mkdir(exist_ok=True)
        file.replace(where / name)


def kind_of(name: str) -> str | None:
    """What a file holds by its name: `balances-20261126.csv`, `other_banks.xlsx`."""
    stem = name.partition(".")[0].replace("-", "_").casefold()
    fitting = [kind for kind in LOADS if stem == kind or stem.startswith(f"{kind}_")]
    return max(fitting, key=len, default=None)


def _is_data(file: Path) -> bool:
    name = file.name
    return not name.startswith(".") and file.suffix.casefold() in ENDINGS and file.is_file()


def _turn(kind: str | None) -> int:
    if kind in _FIRST:
        return _FIRST.index(kind) - len(_FIRST)
    return 1 + _LAST.index(kind) if kind in _LAST else 0
