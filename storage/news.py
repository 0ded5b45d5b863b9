"""Whether something new is there to be delivered: only then is a deliverer worth waking.

A count of this process that only grows. It is raised before the transaction commits, so who
compares it around a transaction of his own may be called for nothing, but never too seldom.
"""

from __future__ import annotations

_count = 0


def raised() -> None:
    """Something was put down for delivery."""
    global _count  # noqa: PLW0603 - one number of the process
    _count += 1


def count() -> int:
    """How much was put down for delivery so far."""
    return _count
