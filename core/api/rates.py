"""How fast a token may ask: a bucket that refills steadily, one for each token.

It is kept by this process. Several processes behind one address each give what is set.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

WINDOW = 60
#: buckets that are looked after before the full ones are dropped
MANY = 1000


@dataclass(frozen=True, slots=True)
class Granted:
    """What a token was given."""

    allowed: bool
    quota: int
    remaining: int
    #: seconds until the bucket is full; where nothing was given, until there is something
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """The RateLimit header fields, and when to come again."""
        given = {
            "RateLimit-Policy": f'"token";q={self.quota};w={WINDOW}',
            "RateLimit": f'"token";r={self.remaining};t={self.reset}',
        }
        return given if self.allowed else {**given, "Retry-After": str(self.reset)}


class Rates:
    """The buckets of all tokens."""

    def __init__(self, per_minute: int) -> None:
        self._quota = per_minute
        self._per_second = per_minute / WINDOW
        #: the moment at which each bucket would be full again
        self._full_at: dict[int, float] = {}

    def take(self, token_id: int, now: datetime) -> Granted:
        """One request of a token."""
        moment = now.timestamp()
        if len(self._full_at) > MANY:
            self._full_at = {one: at for one, at in self._full_at.items() if at > moment}
        full_at = max(self._full_at.get(token_id, moment), moment)
        missing = (full_at - moment) * self._per_second
        if missing + 1 > self._quota:
            wait = math.ceil((missing + 1 - self._quota) / self._per_second)
            return Granted(allowed=False, quota=self._quota, remaining=0, reset=max(wait, 1))
        self._full_at[token_id] = full_at + 1 / self._per_second
        return Granted(
            allowed=True,
            quota=self._quota,
            remaining=int(self._quota - missing - 1),
            reset=math.ceil((missing + 1) / self._per_second),
        )
