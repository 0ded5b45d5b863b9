"""Log a visit or call: customer → kind → outcome → note → next step → review, then saved.

When it happened, the product and the amount are presumed (now, none, none) and stand on the review
card, where every line can be changed by a tap. A line of free text starts it filled in. Photos,
voice notes and places that come in on the way are attached.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zlib import crc32

from markupsafe import Markup

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerName
from conversations.questions.or_skip import OrSkip
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.questions.staff import StaffName
from conversations.wording import dotted, lines, shortened
from conversations.words import whole
from core import follow_ups
from core.activities import LogActivity, NextStep
from core.i18n import N_, Text
from core.language.credit_visits import credit_visit
from core.language.promises import may_promise
from core.nicknames import NicknameOf
from core.promises import DIRECTIONS, PromisesIn
from core.rules.recurrence import written
from core.screens import Button, Screen
from core.second_officers import KINDS as TOGETHER
from core.second_officers import SecondIn
from core.vocabulary import KIND_ICONS, KINDS, OUTCOMES, PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from conversations.questions.when import Moment
    from core.acting import Acting
    from core.rules.recurrence import Recurrence

NOTE_SHOWN = 500
PURPOSE_LENGTH = 80
KEEP = {"keep": N_("Keep"), "drop": N_("No promises")}


async def start(
    acting: Acting, customer_id: str = "", follow_up_id: str = "", outcome: str = ""
) -> Start:
    """From a button: for a customer, perhaps to settle a follow-up, perhaps knowing how it went.

    With an outcome the card is filled in: it happened when it was planned, as it was planned.
    """
    prefill: dict[str, Any] = {"customer": whole(customer_id)} if customer_id else {}
    settles = whole(follow_up_id) if follow_up_id else None
    args = {"at": acting.now.isoformat(), "settles": settles}
    if settles is not None and outcome in OUTCOMES:
        planned = await follow_ups.visible(acting, settles)
        args |= {"at": min(planned.due_at, acting.now).isoformat(), "one_line": True}
        prefill |= {"customer": planned.customer_id, "kind": planned.kind, "outcome": outcome,
                    "note": ""}  # fmt: skip
    elif outcome in OUTCOMES and customer_id:
        # From the door: a visit, just now.
        args |= {"one_line": True}
        prefill |= {"kind": "visit", "outcome": outcome, "note": ""}
    return Start(args, prefill)


@flow("log_visit", version=2, collect="files")
async def log_visit(talk: Talk) -> None:
    """Ask for what is missing, show the card, save it."""
    args = talk.args
    quick = bool(args.get("one_line"))
    customer = await talk.ask(asking.customer(args.get("candidates", ())))
    name = await talk.read("name", CustomerName(customer))
    kind = await talk.ask(asking.kind())
    when = await talk.ask(asking.occurred(args["at"], ask=bool(args.get("ask_when"))))
    outcome_question = asking.outcome()
    outcome = await talk.ask(Presumed(outcome_question, "") if quick else outcome_question)
    product = await talk.ask(Presumed(asking.product(), ""))
    amount = await talk.ask(Presumed(asking.amount(), None))
    note = await talk.ask(asking.note())
    next_question = asking.next_step()
    upcoming = await talk.ask(Presumed(next_question, None) if quick else next_question)
    lead = None
    if upcoming is not None and not upcoming.all_day:
        lead = int(await talk.ask(asking.lead(args.get("lead", 30))))
    again = None
    if upcoming is not None and args.get("repeat"):
        again = await talk.ask(asking.repeats(upcoming, args["repeat"]))
    promised, kept = await _promised(talk, note, args["at"])
    marked, second = await _second_officer(talk, kind, note)
    tight = await asking.tight(talk, customer, upcoming, kind)
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                asking.customer_line(name),
                Line("kind", Text(N_("Kind")), _kind_shown(args, kind)),
                Line("when", Text(N_("When")), asking.shown_moment(when)),
                Line("outcome", Text(N_("Outcome")), _outcome_shown(args, outcome)),
                Line("product", Text(N_("Product")), asking.label_of(PRODUCTS, product)),
                Line("amount", Text(N_("Amount")), asking.shown_money(amount)),
                Line("note", Text(N_("Note")), shortened(note, NOTE_SHOWN)),
                Line("next", Text(N_("Next step")), _shown_next(args, upcoming, again, tight)),
                *_repeats_line(args, upcoming, again),
                *_lead_line(lead),
                *_promise_line(promised, kept),
                *marked,
            ),
        )
    )
    files = await talk.collected()
    word = asking.new_word(args, customer)
    saved = await talk.do(
        "save",
        LogActivity(
            customer_id=customer,
            kind=kind,
            occurred_at=when.at,
            time_known=not when.all_day,
            time_source=_source(args, when),
            outcome=outcome or None,
            note=note,
            product=product or None,
            amount_fen=amount,
            next_step=_next_step(args, kind, upcoming, note, lead, again),
            attachments=tuple(attachment(file) for file in files),
            settles=args.get("settles"),
            promises=tuple(promised) if kept == "keep" else (),
            second_officer=second,
            called=word,
        ),
    )
    learnt = await talk.read("learnt", NicknameOf(customer, word)) if word else None
    await talk.say(
        lambda ctx: asking.learnt(
            ctx, learnt, _saved(ctx, saved["activity"], customer, name, kind, outcome, upcoming)
        )
    )


def _kind_shown(args: Any, kind: str) -> Any:
    return asking.marked(args, "kind", kind, asking.shown_kind(kind))


def _outcome_shown(args: Any, outcome: str | None) -> Any:
    return asking.marked(args, "outcome", outcome, asking.label_of(OUTCOMES, outcome))


async def _second_officer(talk: Talk, kind: str, note: str) -> tuple[tuple[Line, ...], int | None]:
    """Of a credit visit, who else was there; asked where the words say that there were two."""
    if kind not in TOGETHER:
        return (), None
    question = OrSkip(asking.second_officer(), Text(N_("One officer only")))
    two, named = credit_visit(note), None
    if two:
        named = await talk.read(f"second.{crc32(note.encode()):08x}", SecondIn(note))
    second = await talk.ask(question if two and named is None else Presumed(question, named))
    if second is None:
        return (Line("second", Text(N_("2nd officer")), ""),), None
    name = await talk.read(f"second.{second}", StaffName(second))
    return (Line("second", Text(N_("2nd officer")), asking.shown_name(name)),), second


async def _promised(talk: Talk, note: str, at: str) -> tuple[list[dict[str, str]], str]:
    """What the note promises, and whether that is to be kept."""
    if not may_promise(note):
        return [], "drop"
    # The note may be changed on the card: another note is another question to core.
    key = f"promised.{crc32(note.encode()):08x}"
    found = await talk.read(key, PromisesIn(note, at))
    if not found:
        return [], "drop"
    kept = await talk.ask(
        Presumed(Choice.of("promises", Text(N_("Keep as promises?")), KEEP), "keep")
    )
    return list(found), str(kept)


def _promise_line(promised: list[dict[str, str]], kept: str) -> tuple[Line, ...]:
    if not promised:
        return ()

    dropped = KEEP["drop"]

    def shown(ctx: Acting) -> str:
        if kept != "keep":
            return str(ctx.texts(dropped))
        return "; ".join(f"{ctx.texts(DIRECTIONS[one['direction']])}: {one['text']}"
                         for one in promised)  # fmt: skip

    return (Line("promises", Text(N_("🤝 Promised")), shown),)


def _lead_line(lead: int | None) -> tuple[Line, ...]:
    if lead is None:
        return ()
    return (Line("lead", Text(N_("Reminder")), asking.shown_lead(lead)),)


def _repeats_line(
    args: Mapping[str, Any], upcoming: Moment | None, again: Recurrence | None
) -> tuple[Line, ...]:
    """Where the words asked for it."""
    if upcoming is None or not args.get("repeat"):
        return ()
    return (asking.repeats_line(upcoming, again, args["repeat"]),)


def _shown_next(
    args: Mapping[str, Any], upcoming: Moment | None, again: Recurrence | None, tight: asking.Tight
) -> Any:
    if upcoming is None or again is None:
        return asking.shown_plan(upcoming, tight)
    return lambda ctx: asking.shown_plan(
        asking.first_of(ctx, upcoming, again, args["repeat"]), tight
    )(ctx)


def _source(args: Mapping[str, Any], when: Moment) -> str:
    if args.get("ask_when"):
        return "asked"
    return "message" if when.at.isoformat() == args["at"] else "stated"


def _next_step(
    args: Mapping[str, Any],
    kind: str,
    upcoming: Moment | None,
    note: str,
    lead: int | None,
    again: Recurrence | None,
) -> NextStep | None:
    if upcoming is None:
        return None
    said = args.get("said", {})
    text = said["context"] if note == said.get("note") else note
    purpose = shortened(text, PURPOSE_LENGTH)
    step = NextStep(upcoming.at, upcoming.all_day, kind, purpose, lead, upcoming.minutes)
    if again is None:
        return step
    return replace(step, rule=written(again.rule), ends_on=again.ends_on, times=again.times,
                   fits=asking.fits(again, args["repeat"]))  # fmt: skip


def attachment(file: Mapping[str, Any]) -> dict[str, Any]:
    """A collected file or place as the record keeps it."""
    if file["kind"] == "place":
        return {
            "kind": "location",
            "sent_at": file.get("at"),
            "latitude": file["latitude"],
            "longitude": file["longitude"],
        }
    return {
        "kind": file["kind"],
        "sent_at": file.get("at"),
        "file_id": file["file_id"],
        "file_unique_id": file["file_unique_id"],
        "name": file["name"],
        "mime": file["mime"],
        "size": file["size"],
        "caption": file["caption"],
    }


def _saved(
    ctx: Acting,
    activity: int,
    customer: int,
    name: Mapping[str, str],
    kind: str,
    outcome: str,
    upcoming: Moment | None,
) -> Screen:
    t = ctx.texts
    what = dotted(
        Markup("{} {}").format(KIND_ICONS[kind], t(KINDS[kind])),
        t(OUTCOMES[outcome]) if outcome else None,
    )
    then = (
        None if upcoming is None else t("⏰ Next: {step}", step=asking.planned_at(ctx, upcoming))
    )
    return Screen(
        lines(t("✅ Saved: <b>{customer}</b> {what}", customer=name[ctx.locale], what=what), then),
        (
            (
                Button.run(t("↩️ Undo"), "undo", activity),
                Button.start(t("✏️ Correct"), "correct_visit", activity),
                Button.open(t("👤 Profile"), "profile", customer),
            ),
        ),
    )
