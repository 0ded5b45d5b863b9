"""The latest loads from the bank's systems, for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines
from conversations.words import whole
from core import formats
from core.loads import listing
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from storage.models import Load

PAGE = 6
_MARKS = {"done": "✅", "running": "⏳", "failed": "⚠️"}


async def loads(acting: Acting, offset: str = "0") -> Screen:
    """The latest loads, and why one failed."""
    t, start = acting.texts, whole(offset)
    found = await listing.latest(acting, limit=PAGE + 1, offset=start)
    turn = []
    if start:
        turn.append(Button.open(t("‹ Back"), "loads", max(0, start - PAGE)))
    if len(found) > PAGE:
        turn.append(Button.open(t("More ›"), "loads", start + PAGE))
    return Screen(
        lines(
            t("<b>📥 Loads</b>"),
            *([_line(acting, one) for one in found[:PAGE]] or [t("Nothing was loaded yet.")]),
        ),
        tuple(row for row in (tuple(turn), (Button.open(t("⌂ Home"), "home"),)) if row),
    )


def _line(acting: Acting, one: Load) -> Markup:
    t, local = acting.texts, one.began_at.astimezone(acting.zone)
    when = formats.day(local.date(), acting.locale, acting.local_now.date())
    mark = "⚠️" if one.status == "done" and one.bad else _MARKS.get(one.status, "")
    head = Markup("{} <b>{}</b> · {} {}").format(mark, one.file_name, when, f"{local:%H:%M}")
    if one.status == "failed":
        why = listing.why(one, acting.locale)
        return Markup("{}\n   {}").format(head, why) if why else head
    counts = t(
        "{added} new, {changed} changed, {unchanged} as before, {bad} bad",
        added=one.added, changed=one.changed, unchanged=one.unchanged, bad=one.bad,
    )  # fmt: skip
    return Markup("{}\n   {}").format(head, counts)
