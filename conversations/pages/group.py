"""The group around a customer: what it owes us in all, its members, its circles and ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import customers, formats, groups
from core.facts.vocabulary import TIES
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.groups import Group, Member

MEMBERS, CIRCLES, TIES_SHOWN = 5, 3, 6


async def group(acting: Acting, customer_id: str) -> Screen:
    """The group of a customer."""
    t = acting.texts
    found = await groups.group(acting, whole(customer_id))
    head = Markup("<b>{}</b> · 🕸 {}").format(
        customers.name_of(found.customer, acting.locale), t("Group")
    )
    shown = found.members[:MEMBERS]
    more = len(found.members) - len(shown)
    others = tuple(
        Button.open(t("› {name}", name=one.name), "profile", one.id)
        for one in shown
        if one.id != found.customer.id
    )
    return Screen(
        lines(
            head,
            _total(acting, found),
            *(_member(acting, one) for one in shown),
            t("… and {n} more", n=more) if more else None,
            *_circles(acting, found),
            *_ties(acting, found),
            t("There is more than can be walked through.") if found.truncated else None,
        ),
        tuple(
            row
            for row in (
                others[:2],
                others[2:4],
                (
                    *(
                        [Button.run(t("🕸 Draw"), "draw", "group", found.customer.id)]
                        if found.ties
                        else []
                    ),
                    Button.open(t("‹ Back"), "section", "relations", found.customer.id, 0),
                    Button.open(t("‹ Profile"), "profile", found.customer.id),
                ),
            )
            if row
        ),
    )


def _total(acting: Acting, found: Group) -> Markup:
    return acting.texts.plural(
        "Exposure {amount}, drawn {drawn}, of one customer",
        "Exposure {amount}, drawn {drawn}, of {n} customers",
        len(found.members),
        amount=formats.money(found.exposure_fen, acting.locale),
        drawn=formats.money(found.drawn_fen, acting.locale),
    )


def _member(acting: Acting, one: Member) -> Markup:
    owner = one.owner or str(acting.texts("shared pool"))
    return Markup("• {}").format(
        dotted(
            Markup("<b>{}</b>").format(one.name),
            formats.money(one.exposure_fen, acting.locale),
            Markup("{}").format(owner),
        )
    )


def _circles(acting: Acting, found: Group) -> list[Markup]:
    shown = found.circles[:CIRCLES]
    return [
        acting.texts(
            "⭕ Guarantee circle: {way}",
            way=" → ".join(found.called(firm) for firm in (*circle, circle[0])),
        )
        for circle in shown
    ]


def _ties(acting: Acting, found: Group) -> list[Markup]:
    t = acting.texts
    said = [
        Markup("🔗 {} — {} → {}").format(
            found.called(tie.source), t(TIES.get(tie.kind, tie.kind)), found.called(tie.target)
        )
        for tie in found.ties[:TIES_SHOWN]
    ]
    more = len(found.ties) - len(said)
    return [*said, t("… and {n} more", n=more)] if more else said
