"""Correct a record within a day: the card with its present lines, each changeable, then saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.questions.when import When
from conversations.wording import shortened
from conversations.words import whole
from core import customers, profile
from core.activities import CorrectActivity, correctable
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.vocabulary import OUTCOMES, PRODUCTS

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting

NOTE_SHOWN = 500


@dataclass(frozen=True, slots=True)
class RecordedValues:
    """Reads what a record says now, in the forms that the questions store."""

    activity_id: int

    async def __call__(self, acting: Acting) -> dict[str, Any]:
        """The stored answer of each line, and the customer's names.

        Raises:
            NotFound: if there is no such record to be seen.
        """
        view, customer = await profile.activity(acting, self.activity_id)
        return {
            "name": {locale: customers.short_name_of(customer, locale) for locale in ("zh", "en")},
            "kind": view.kind,
            "when": {"at": view.occurred_at.isoformat(), "all_day": not view.time_known},
            "outcome": view.outcome or "",
            "product": view.product or "",
            "amount": view.amount_fen,
            "note": view.note,
        }


async def start(acting: Acting, activity_id: str) -> Start:
    """From the button of a record.

    Raises:
        Refused: if it is not this person's to correct, or too late.
    """
    await correctable(acting, whole(activity_id))
    return Start({"activity": whole(activity_id)})


@flow("correct_visit", version=1)
async def correct_visit(talk: Talk) -> None:
    """Show the record as it is, change lines, save the correction beside the original."""
    activity = int(talk.args["activity"])
    now = await talk.read("now", RecordedValues(activity))
    kind = await talk.ask(Presumed(asking.kind(), now["kind"]))
    when = await talk.ask(
        Presumed(When("when", Text(N_("When was that?")), past=True), now["when"])
    )
    outcome = await talk.ask(Presumed(asking.outcome(), now["outcome"]))
    product = await talk.ask(Presumed(asking.product(), now["product"]))
    amount = await talk.ask(Presumed(asking.amount(), now["amount"]))
    note = await talk.ask(Presumed(asking.note(), now["note"]))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Correct the record</b>")),
            (
                asking.customer_line(now["name"], changeable=False),
                Line("kind", Text(N_("Kind")), asking.shown_kind(kind)),
                Line("when", Text(N_("When")), asking.shown_moment(when)),
                Line("outcome", Text(N_("Outcome")), asking.label_of(OUTCOMES, outcome)),
                Line("product", Text(N_("Product")), asking.label_of(PRODUCTS, product)),
                Line("amount", Text(N_("Amount")), asking.shown_money(amount)),
                Line("note", Text(N_("Note")), shortened(note, NOTE_SHOWN)),
            ),
        )
    )
    changes = {
        "kind": kind,
        "occurred_at": when.at,
        "time_known": not when.all_day,
        "outcome": outcome or None,
        "product": product or None,
        "amount_fen": amount,
        "note": note,
    }
    await talk.do("save", CorrectActivity(activity, changes))
    await talk.say(lambda ctx: _corrected(ctx, activity))


def _corrected(ctx: Acting, activity: int) -> Screen:
    t = ctx.texts
    return Screen(
        t("✅ Corrected. The original is kept beside it."),
        ((Button.open(t("Open"), "activity", activity),),),
    )
