"""Who else was at a visit, in one line, wherever a record is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import N_

if TYPE_CHECKING:
    from markupsafe import Markup

    from core.i18n import Texts
    from core.profile import SecondOfficer

_SAID = {
    "waiting": N_("👥 1 of 2 – waits for {name}"),
    "confirmed": N_("👥 2 of 2 – {name} confirmed"),
    "refused": N_("👥 1 of 2 – {name} was not there"),
}


def along_of(t: Texts, names: tuple[str, ...]) -> Markup:
    """🤝 with Li Na."""
    return t("🤝 with {name}", name=", ".join(names))


def second_line(t: Texts, one: SecondOfficer) -> Markup:
    """👥 1 of 2 – waits for Li Na."""
    return t(_SAID[one.status], name=one.name)
