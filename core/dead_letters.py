"""Dead letters: what was given up is tried again or set aside, by an administrator.

A letter is named by its key; `storage/dead_letters.py` says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit
from core.errors import AlreadySettled, NotAllowed, NotFound, Overtaken
from storage import dead_letters
from storage.queues import millis

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class RetryDeadLetter:
    """Try again what was given up."""

    key: str


@dataclass(frozen=True, slots=True)
class DismissDeadLetter:
    """Set aside what was given up."""

    key: str


@dataclass(frozen=True, slots=True)
class DismissOldDeadLetters:
    """Set aside everything that was given up before a moment."""

    before: datetime


async def retry_dead_letter(acting: Acting, command: RetryDeadLetter) -> str:
    """Put it back where it was; returns its key.

    Raises:
        NotAllowed: for anybody but an administrator.
        NotFound: if there is no such row.
        AlreadySettled: if it is no dead letter (any more).
        Overtaken: if it is a message whose card has shown something newer since.
    """
    _administrators_only(acting)
    if not await dead_letters.put_back(command.key):
        await _refuse(command.key)
    await audit.record(acting, "retry", "dead_letter", None, key=command.key)
    return command.key


async def dismiss_dead_letter(acting: Acting, command: DismissDeadLetter) -> str:
    """Set it aside for good; returns its key.

    Raises:
        NotAllowed: for anybody but an administrator.
        NotFound: if there is no such row.
        AlreadySettled: if it is no dead letter (any more).
    """
    _administrators_only(acting)
    if not await dead_letters.dismiss(command.key):
        await _refuse(command.key)
    await audit.record(acting, "dismiss", "dead_letter", None, key=command.key)
    return command.key


async def dismiss_old_dead_letters(acting: Acting, command: DismissOldDeadLetters) -> list[str]:
    """Set them aside; returns their keys, each of which has its own line in the audit.

    Raises:
        NotAllowed: for anybody but an administrator.
    """
    _administrators_only(acting)
    keys = await dead_letters.dismiss_older(millis(command.before))
    for key in keys:
        await audit.record(acting, "dismiss", "dead_letter", None, key=key)
    return keys


def _administrators_only(acting: Acting) -> None:
    if acting.person.role != "administrator":
        raise NotAllowed


async def _refuse(key: str) -> None:
    match await dead_letters.state(key):
        case None:
            raise NotFound
        case "overtaken":
            raise Overtaken
        case _:
            raise AlreadySettled
