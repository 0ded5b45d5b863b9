"""A process beside this one, for work that would hold the loop up."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait


def other_process() -> ProcessPoolExecutor:
    """One process that is started when there is work, and ends with this one.

    Forked, it would hold our sockets and the database.
    """
    return ProcessPoolExecutor(
        1, mp_context=get_context("spawn"), initializer=_end_with_the_parent
    )


def _end_with_the_parent() -> None:
    """Who is killed must not leave the other process behind."""
    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
