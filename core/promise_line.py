"""A promise in one line, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import formats
from core.promises import DIRECTIONS

if TYPE_CHECKING:
    from core.acting import Acting
    from core.promises import PromiseView


def promise_line(acting: Acting, one: PromiseView) -> Markup:
    """🤝 They promised: send the statements · due Fri 27 Nov."""
    t = acting.texts
    icon = "⚠️" if one.overdue else "🤝"
    line = Markup("{} {}: {}").format(icon, t(DIRECTIONS[one.direction]), one.text)
    if one.due is None:
        return line
    day = formats.day(one.due, acting.locale, acting.local_now.date())
    return Markup("{} · {}").format(line, t("due {day}", day=day))
