"""What the dialogues about facts share: how a field is asked for and stands on the card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conversations.questions.fact_value import AmountText, fact_value
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line
from core.facts.sections import SECTIONS
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.questions import Question
    from core.acting import Acting
    from core.facts.section import Field, Section


def question(field: Field, *, ask: bool) -> Question[str]:
    """A field's question; one that is not asked stands as unknown until its line is tapped."""
    inner = fact_value(field.name, field, Text(field.label), skip=not field.needed)
    if ask:
        return inner
    return Presumed(inner, None if isinstance(inner, AmountText) else "")


def line(field: Field, kept: str) -> Line:
    """A field's line on the card."""
    return Line(field.name, Text(field.label), shown(field, kept))


def shown(field: Field, kept: str) -> Any:
    """A kept text as a person reads it."""

    def say(ctx: Acting) -> str:
        return field.kind.shown(field.kind.found(kept), ctx.locale) if kept else ""

    return say


def title(section: Section) -> Text:
    """🏛 Other banks."""
    return Text(N_("{icon} <b>{title}</b>"), {"icon": section.icon, "title": Text(section.title)})


def saved(ctx: Acting, section: str, customer: int, name: Mapping[str, str]) -> Screen:
    """What is said at the end, with the way back."""
    t, one = ctx.texts, SECTIONS[section]
    text = t(
        "✓ <b>{customer}</b>: {title} brought up to date.",
        customer=name[ctx.locale], title=t(one.title),
    )  # fmt: skip
    row = [Button.open(f"{one.icon} {t(one.label)}", "section", section, customer, 0)]
    if one.is_fact and one.by_hand:
        row.append(Button.start(t("➕ Another"), "add_fact", section, customer))
    return Screen(text, (tuple(row), (Button.open(t("‹ Profile"), "profile", customer),)))
