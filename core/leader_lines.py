"""What a leader's morning says beside the day: of customers without an owner, of silent people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.no_sign import no_sign
from core.pool_alerts import pool_count
from core.rules.access import OWN
from core.screens import Button

if TYPE_CHECKING:
    from markupsafe import Markup

    from core.acting import Acting
    from core.screens import Row

#: people by name
NAMED = 3


@dataclass(frozen=True, slots=True)
class LeaderLines:
    """Lines, each with its button."""

    lines: tuple[Markup, ...] = ()
    buttons: Row = ()


async def leader_lines(acting: Acting) -> LeaderLines:
    """For those who lead people; nothing for the others, and where all is well."""
    if acting.person.role in OWN:
        return LeaderLines()
    t = acting.texts
    lines, buttons = [], []
    if count := await pool_count(acting):
        lines.append(
            t.plural("♻️ Nobody in charge: {n} alert", "♻️ Nobody in charge: {n} alerts", count)
        )
        buttons.append(Button.open(t("♻️ Nobody's ({n})", n=count), "pool_alerts", 0))
    if found := await no_sign(acting):
        comma = "、" if acting.locale == "zh" else ", "
        names = comma.join(one.name for one in found[:NAMED])
        if len(found) > NAMED:
            names += "…"
        lines.append(t("📭 No sign of: {names}", names=names))
        buttons.append(Button.open(t("📭 No sign ({n})", n=len(found)), "no_sign", 0))
    return LeaderLines(tuple(lines), tuple(buttons))
