"""Who is in charge of a customer, who helps, how that came, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines
from conversations.words import whole
from core import assignments, collaborations, customers, formats
from core.assignments import assignable
from core.collaborations import shareable
from core.errors import Refused
from core.merging import merges_of
from core.people import staff_name
from core.pool import releasable
from core.screens import Button, Screen
from core.vocabulary import COLLABORATION, POOL_REASONS, REASSIGN_REASONS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.acting import Acting
    from core.i18n import Texts
    from core.screens import Row
    from storage.models import Assignment

SHOWN = 3


async def rights(acting: Acting, customer_id: str) -> Screen:
    """The page of a visible customer; buttons only for what this person may do."""
    t = acting.texts
    customer, owner = await assignments.in_charge(acting, whole(customer_id))
    helping = await collaborations.collaborators(acting, customer.id)
    history = await assignments.history(acting, customer.id, limit=SHOWN)
    in_charge = staff_name(owner, acting.locale)
    body: list[Markup | str | None] = [
        Markup("<b>{}</b>").format(customers.name_of(customer, acting.locale)),
        t("In charge: {owner}", owner=in_charge) if owner else t("In the shared pool"),
        *(Markup("🤝 {}: {}").format(one.name, t(COLLABORATION[one.level])) for one in helping),
    ]
    if history:
        body += ["", *(_changed(acting, one) for one in history)]
    rows: list[Row] = []
    give = Button.start(t("🔁 Give to…"), "reassign", customer.id)
    share = Button.start(t("🤝 Share…"), "share", customer.id)
    release = Button.start(t("♻️ To the pool…"), "release", customer.id)
    first = [
        button
        for button, may in ((give, assignable), (share, shareable))
        if await _may(may, acting, customer.id)
    ]
    if owner is not None and await _may(releasable, acting, customer.id):
        first.append(release)
    rows += [tuple(first[:2]), tuple(first[2:])]
    if share in first:
        rows.append(
            tuple(
                Button.run(t("✕ {name}", name=one.name), "unshare", one.id) for one in helping[:3]
            )
        )
    if give in first:
        rows += [
            (Button.run(t("↩️ Part from {name}", name=one.merged.name_zh), "part", one.id),)
            for one in (await merges_of(acting, customer.id))[:1]
        ]
    rows.append((Button.open(t("‹ Profile"), "profile", customer.id),))
    return Screen(lines(*body), tuple(row for row in rows if row), protected=True)


async def _may(
    check: Callable[[Acting, int], Awaitable[object]], acting: Acting, customer_id: int
) -> bool:
    try:
        await check(acting, customer_id)
    except Refused:
        return False
    return True


def _changed(acting: Acting, one: Assignment) -> Markup:
    """20 Nov: Li Wei → Chen Jing · Workload."""
    t = acting.texts
    pool = str(t("shared pool"))
    day = formats.day(
        one.at.astimezone(acting.zone).date(), acting.locale, acting.local_now.date()
    )
    return Markup("{} {} → {}{}").format(
        day,
        staff_name(one.from_staff, acting.locale) or pool,
        staff_name(one.to_staff, acting.locale) or pool,
        _why(t, one),
    )


def _why(t: Texts, one: Assignment) -> Markup:
    label = (REASSIGN_REASONS | POOL_REASONS).get(one.reason)
    said = " ".join(str(part) for part in (t(label) if label else "", one.note) if part)
    return Markup(" · {}").format(said) if said else Markup()
