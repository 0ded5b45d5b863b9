"""A customer's grade: what the scorecard says factor by factor, who decided what and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import customers, formats
from core.facts.sections import THEMES
from core.grading import graded
from core.rules.scorecard import CAPS
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.grading import Decision, Graded
    from core.rules.scorecard import Scored


async def grade(acting: Acting, customer_id: str) -> Screen:
    """The page of a visible customer; buttons only for what this person may do."""
    t = acting.texts
    found = await graded(acting, whole(customer_id))
    said = found.score
    head = Markup("<b>{}</b> · 🏅 {}").format(
        customers.name_of(found.customer, acting.locale),
        t("grade {grade}", grade=found.customer.grade),
    )
    card = t("Scorecard: {points} of 100 → <b>{grade}</b>", points=said.points, grade=said.grade)
    return Screen(
        lines(
            head,
            card,
            Markup("⚠️ {}").format(t(CAPS[said.cap][0])) if said.cap else None,
            "",
            *(_factor(acting, one) for one in said.scored),
            *(["", *(_decision(acting, one) for one in found.decisions)]
              if found.decisions else []),
        ),
        tuple(row for row in (_change(acting, found), _ways(acting, found)) if row),
        protected=True,
    )  # fmt: skip


def _factor(acting: Acting, one: Scored) -> Markup:
    """30/30 Contribution, 12 months ¥620k."""
    value = _value(acting, one) or acting.texts("unknown")
    return Markup("<code>{:>2}/{:<2}</code> {} {}").format(
        one.points, one.factor.most, acting.texts(one.factor.label), value
    )


def _value(acting: Acting, one: Scored) -> str:
    if one.value is None:
        return ""
    if one.factor.unit == "fen":
        return formats.rounded(int(one.value), acting.locale)
    if one.factor.unit == "share":
        return f"{one.value * 100:.0f}%"
    return f"{one.value:.0f}"


def _decision(acting: Acting, one: Decision) -> Markup:
    """🕘 Thu 19 Nov · A (scorecard B) · Wang Fang: one of our oldest customers."""
    t = acting.texts
    day = formats.day(
        one.at.astimezone(acting.zone).date(), acting.locale, acting.local_now.date()
    )
    decided = (
        t("{grade} (scorecard {proposed})", grade=one.decided, proposed=one.proposed)
        if one.decided != one.proposed
        else Markup("{}").format(one.decided)
    )
    who = Markup(": ").join(part for part in (one.by, one.reason) if part)
    return Markup("🕘 {}").format(dotted(day, decided, who))


def _change(acting: Acting, found: Graded) -> tuple[Button, ...]:
    t, proposed = acting.texts, found.score.grade
    change = []
    if found.may_take and proposed != found.customer.grade:
        change.append(
            Button.run(t("✓ Take {grade}", grade=proposed), "take_grade", found.customer.id,
                       proposed)
        )  # fmt: skip
    if found.may_decide:
        change.append(Button.start(t("✏️ Decide…"), "decide_grade", found.customer.id))
    return tuple(change)


def _ways(acting: Acting, found: Graded) -> tuple[Button, ...]:
    t, overview = acting.texts, THEMES["firm"][1]
    return (
        Button.open(t("‹ {name}", name=t(overview)), "sections", "firm", found.customer.id),
        Button.open(t("‹ Profile"), "profile", found.customer.id),
    )
