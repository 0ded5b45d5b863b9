"""Where pictures are made: in a process of its own, once for the same drawing.

The library takes a second to load and a tenth to draw, so neither is done on the loop, nor in the
bot's own process, whose memory it would double. What was drawn lies in a folder, by its hash.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import structlog
from pydantic import TypeAdapter

from core.drawings import Chart, Drawing
from core.other_process import other_process

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from pathlib import Path

#: goes into the hash: another look makes every picture anew
_LOOK = 3
#: as many pictures are kept; 60 kB each
MOST_KEPT = 500
#: seconds for a drawing: the claim on the chat runs ten
LONGEST = 8.0
#: whatever the library, its font or a lack of memory makes of a drawing
_NOT_DRAWN = (ArithmeticError, ImportError, LookupError, MemoryError, OSError, RuntimeError,
              TypeError, ValueError)  # fmt: skip
log = structlog.get_logger(__name__)
_JSON: TypeAdapter[Drawing] = TypeAdapter(Drawing)


class NotDrawnError(Exception):
    """The picture could not be made."""


def key_of(drawing: Drawing) -> str:
    """What the same drawing is known by."""
    return hashlib.sha256(b"%d" % _LOOK + _JSON.dump_json(drawing)).hexdigest()[:32]


def draw(drawing: Drawing) -> bytes:
    """The drawing as a PNG file, here and now."""
    from core.pictures.charts import draw_chart  # noqa: PLC0415 - loads a second
    from core.pictures.graphs import draw_graph  # noqa: PLC0415 - likewise

    return draw_chart(drawing) if isinstance(drawing, Chart) else draw_graph(drawing)


class Studio:
    """Makes pictures and keeps them in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._maker: ProcessPoolExecutor | None = None

    async def png(self, drawing: Drawing) -> bytes:
        """The drawing as a PNG file.

        Raises:
            NotDrawnError: if it could not be made.
        """
        file = self._folder / f"{key_of(drawing)}.png"
        kept = await asyncio.to_thread(_read, file)
        if kept is not None:
            return kept
        try:
            async with asyncio.timeout(LONGEST):
                made = await asyncio.wrap_future(self._process().submit(draw, drawing))
        except (BrokenProcessPool, TimeoutError) as error:
            self.close()
            raise NotDrawnError(str(error)) from error
        except _NOT_DRAWN as error:
            raise NotDrawnError(str(error)) from error
        await asyncio.to_thread(_keep, file, made)
        return made

    def close(self) -> None:
        """End the process that draws, also in the middle."""
        if self._maker is not None:
            drawing = list(getattr(self._maker, "_processes", None) or {})
            self._maker.shutdown(wait=False, cancel_futures=True)
            self._maker = None
            for number in drawing:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, signal.SIGTERM)

    def _process(self) -> ProcessPoolExecutor:
        if self._maker is None:
            self._maker = other_process()
        return self._maker


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:  # not there, or not to be had: it is drawn again
        return None


def _keep(file: Path, made: bytes) -> None:
    """Keep it for the next time; where the disk won't have it, it is drawn again then."""
    try:
        _write(file, made)
    except OSError as error:
        log.warning("picture_not_kept", error=type(error).__name__)


def _write(file: Path, made: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}.part")
    unfinished.write_bytes(made)
    unfinished.replace(file)
    kept = sorted(file.parent.glob("*.png"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
