"""Where pictures are made: in a process of its own, once for the same drawing.

The library takes a second to load and a tenth to draw, so neither is done on the loop, nor in the
bot's own process, whose memory it would double. What was drawn lies in a folder, by its hash.
"""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from core.drawings import Chart, Drawing

if TYPE_CHECKING:
    from pathlib import Path

#: goes into the hash: another look makes every picture anew
_LOOK = 1
#: as many pictures are kept; 60 kB each
MOST_KEPT = 500
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
            made = await asyncio.wrap_future(self._process().submit(draw, drawing))
        except BrokenProcessPool as error:
            self._maker = None
            raise NotDrawnError(str(error)) from error
        except (
            ArithmeticError,
            LookupError,
            OSError,
            RuntimeError,
            TypeError,
            ValueError,
        ) as error:
            raise NotDrawnError(str(error)) from error
        await asyncio.to_thread(_keep, file, made)
        return made

    def close(self) -> None:
        """End the process that draws."""
        if self._maker is not None:
            self._maker.shutdown(wait=False, cancel_futures=True)
            self._maker = None

    def _process(self) -> ProcessPoolExecutor:
        if self._maker is None:
            # Forked, it would hold our sockets and the database.
            self._maker = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        return self._maker


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _keep(file: Path, made: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(made)
    unfinished.replace(file)
    kept = sorted(file.parent.glob("*.png"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
