"""The administrators are told of a file that was not loaded whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core.i18n import texts
from core.people import administrators
from core.screens import Button, Screen
from notifications.outbox import alert

if TYPE_CHECKING:
    from core.acting import Acting
    from core.i18n import Texts
    from core.loads.folder import Dropped

_NAMED = 3


async def tell_of_load(acting: Acting, dropped: Dropped) -> None:
    """Tell every administrator with a chat what became of a file, where it did not go well."""
    if dropped.went_well:
        return
    for person in await administrators():
        t = texts(person.locale)
        screen = Screen(_told(t, dropped), ((Button.open(t("📥 Loads"), "loads"),),))
        await alert(acting, person, screen, cause=f"{acting.cause}#{person.id}")


def _told(t: Texts, dropped: Dropped) -> Markup:
    report = dropped.report
    name = Markup("<code>{}</code>").format(dropped.name)
    if report is None:
        why = t.of(dropped.refused.text) if dropped.refused is not None else ""
        return t("⚠️ Not loaded: {name}. {why}", name=name, why=why)
    head = t(
        "⚠️ {name}: {bad} of {rows} rows are bad, the others are loaded.",
        name=name, bad=report.bad, rows=report.rows,
    )  # fmt: skip
    lines = [
        Markup("• {}").format(
            t("line {line}, {column}: {reason}", line=bad.line, column=bad.column or "–",
              reason=t.of(bad.reason))
        )
        for bad in report.named[:_NAMED]
    ]  # fmt: skip
    return Markup("\n").join([head, *lines])
