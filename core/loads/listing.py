"""What was loaded, for those who keep it in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.enrolment import ADMINISTRATORS
from core.errors import NotAllowed, Refused
from core.i18n import texts
from storage.models import Load

if TYPE_CHECKING:
    from core.acting import Acting


async def latest(acting: Acting, *, limit: int, offset: int = 0) -> list[Load]:
    """The latest loads, the newest first.

    Raises:
        NotAllowed: if the acting person is no administrator.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    return await Load.all().order_by("-id").offset(offset).limit(limit)


def why(load: Load, locale: str) -> str:
    """Why a load failed, as a sentence; empty where it did not, or nobody knows."""
    if not load.error or "msgid" not in load.error:
        return ""
    return str(texts(locale).of(Refused.from_json(load.error).text))
