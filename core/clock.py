"""Time, identity and randomness: the one place where the program meets the real world's.

Everything else receives a `Clock` (or a moment) as an argument. The linter bans the direct ways
of asking, so a test or the demo can move time and get the same run twice.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whatever can say what time it is."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that runs on top of another one and can be moved forward.

    With `running=False` time stands still between moves, as tests want it; with `running=True`
    it ticks on from wherever it was moved to, as the demo wants it. It never goes backwards.
    """

    def __init__(self, start: datetime | None = None, *, running: bool = False) -> None:
        self._running = running
        base = SystemClock().now()
        self._offset = (start or base).astimezone(UTC) - base
        self._still = (start or base).astimezone(UTC)

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return SystemClock().now() + self._offset if self._running else self._still

    def advance(self, by: timedelta) -> datetime:
        """Move time forward and return the new moment.

        Raises:
            ValueError: if `by` is negative; time does not go backwards.
        """
        if by < timedelta(0):
            raise ValueError("a clock moves forward only")
        self._offset += by
        self._still += by
        return self.now()

    def move_to(self, moment: datetime) -> datetime:
        """Move time forward to `moment` and return it.

        Raises:
            ValueError: if `moment` lies in the past of this clock.
        """
        return self.advance(moment.astimezone(UTC) - self.now())


def new_token(nbytes: int = 16) -> str:
    """A fresh unguessable token, safe in an address or a deep link (base64url)."""
    return secrets.token_urlsafe(nbytes)
