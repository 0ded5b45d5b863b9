"""Questions and card lines that several dialogues share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerSource
from conversations.questions.leave_out import Markable
from conversations.questions.money import Money
from conversations.questions.or_skip import OrSkip
from conversations.questions.pick import Pick
from conversations.questions.presumed import Presumed
from conversations.questions.repeats import Repeats, stored
from conversations.questions.review import Line
from conversations.questions.staff import StaffSource
from conversations.questions.text import Note
from conversations.questions.when import HOURS, When
from conversations.wording import dotted, lines, moment, next_days
from core import formats
from core.i18n import N_, Text
from core.recurrence_line import recurrence_line
from core.rules.lasting import LENGTHS
from core.rules.recurrence import Recurrence, begun, coming, days_of
from core.screens import Button, Screen
from core.team import Helpers
from core.vocabulary import CANCEL_REASONS, KIND_ICONS, KINDS, LEADS, OUTCOMES, PRODUCTS
from core.ways import Beside, beside_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.engine.questions import Question
    from conversations.engine.talk import Talk
    from conversations.questions.when import Moment
    from core.acting import Acting

    #: what `core/ways.py` found
    Tight = tuple[Mapping[str, Any], ...]

FEN = 100
NOTE_LENGTH = 2000
REASON_LENGTH = 400
COMMON_AMOUNTS = tuple(wan * 10_000 * FEN for wan in (100, 300, 500, 1000, 2000, 3000))


def customer(candidates: Sequence[int] = ()) -> Question[int]:
    """Which customer it is about."""
    return Pick("customer", Text(N_("Which customer?")), CustomerSource(tuple(candidates)))


def new_word(args: Mapping[str, Any], customer: int) -> str:
    """The word that a line had for the customer, where the person chose another customer."""
    return str(args.get("called", "")) if args.get("meant") != customer else ""


def learnt(ctx: Acting, kept: Mapping[str, Any] | None, screen: Screen) -> Screen:
    """What is said at the end, with the word that was learnt and the way to take it away."""
    if kept is None:
        return screen
    said = ctx.texts("🏷 Learnt: “{said}” is this customer.", said=kept["said"])
    away = Button.run(f"✕ {kept['said']}", "forget_name", kept["id"])
    return replace(screen, text=lines(screen.text, said)).under((away,))


def second_officer() -> Question[int]:
    """Which colleague was at the visit as the second officer."""
    return Pick("second", Text(N_("Who was the second officer? Type a name for other teams.")),
                StaffSource(Helpers()))  # fmt: skip


def kind(prompt: Text | None = None) -> Question[str]:
    """How they met or will meet."""
    return Choice.of("kind", prompt or Text(N_("How did you meet?")), KINDS, icons=KIND_ICONS)


def outcome() -> Question[str]:
    """What came of it; may be left out."""
    return Choice.of(
        "outcome", Text(N_("What came of it?")), OUTCOMES, skip=Text(N_("Nothing to say"))
    )


def product() -> Question[str]:
    """Which product it was about; may be left out."""
    return Choice.of(
        "product", Text(N_("Which product?")), PRODUCTS, columns=3, skip=Text(N_("No product"))
    )


def amount() -> Question[int | None]:
    """How much it was about, in fen; may be left out."""
    return Money(
        "amount", Text(N_("How much?")), suggestions=COMMON_AMOUNTS, skip=Text(N_("No amount"))
    )


def note() -> Question[str]:
    """What was said; may be left out."""
    return Note(
        "note",
        Text(N_("What was said? A line is enough. Photos and voice notes are kept, too.")),
        optional=True,
        max_length=NOTE_LENGTH,
        captions=True,
    )


def occurred(at: str, *, ask: bool) -> Question[Moment]:
    """When it happened; the moment of the message, unless it must be asked for."""
    question = When("when", Text(N_("When was that?")), past=True)
    return question if ask else Presumed(question, {"at": at, "all_day": False})


def next_step() -> Question[Moment | None]:
    """When they talk again; may be left out."""
    return OrSkip(When("next", Text(N_("When is the next step?"))), Text(N_("No next step")))


def reason(reasons: Mapping[str, str], prompt: Text | None = None) -> Question[str]:
    """Why, out of one of the bank's lists."""
    return Choice.of("reason", prompt or Text(N_("Why?")), reasons)


def reason_note(*, required: bool) -> Question[str]:
    """The reason in words: asked for where the list does not say it."""
    question = Note(
        "note",
        Text(N_("Please say the reason in a few words.")),
        optional=not required,
        max_length=REASON_LENGTH,
    )
    return question if required else Presumed(question, "")


def follow_ups(found: Sequence[Mapping[str, Any]]) -> list[Markable]:
    """Open follow-ups to mark: Thu 26 Nov 🚗 bring the contract."""

    def line(one: Mapping[str, Any]) -> Any:
        def shown(ctx: Acting) -> str:
            at = moment(ctx, datetime.fromisoformat(one["at"]), all_day=one["all_day"])
            return f"{at} {KIND_ICONS[one['kind']]} {one['purpose']}".strip()[:60]

        return shown

    return [Markable(int(one["id"]), line(one)) for one in found]


def due(key: str = "when") -> Question[Moment]:
    """When it is to be done, with a time."""
    return When(key, Text(N_("When?")), times=HOURS)


def lead(minutes: int) -> Question[str]:
    """How long before to remind; the person's usual lead unless changed."""
    options = LEADS if str(minutes) in LEADS else {str(minutes): N_("As usual"), **LEADS}
    return Presumed(Choice.of("lead", Text(N_("Remind you when?")), options), str(minutes))


def length(minutes: int) -> Question[str]:
    """How long it takes; as said or as usual unless changed."""
    options = tuple(
        (str(one), Text(N_("{n} min"), {"n": one})) for one in sorted({*LENGTHS, minutes})
    )
    question = Choice("lasts", Text(N_("How long will it take?")), options, columns=3)
    return Presumed(question, str(minutes))


def shown_length(minutes: int) -> Any:
    """A card line's text for a length."""
    return lambda ctx: str(ctx.texts("{n} min", n=minutes))


def label_of(vocabulary: Mapping[str, str], code: str | None) -> Any:
    """A card line's text for a code of a vocabulary."""
    return lambda ctx: str(ctx.texts(vocabulary[code])) if code else ""


def shown_kind(code: str) -> Any:
    """A card line's text for a kind of contact, with its icon."""
    return lambda ctx: f"{KIND_ICONS[code]} {ctx.texts(KINDS[code])}"


def marked(args: Mapping[str, Any], key: str, value: Any, shown: Any) -> Any:
    """A card line's text, with a mark while it is what was only guessed from a line."""
    if not value or args.get("guessed", {}).get(key) != value:
        return shown

    def with_mark(ctx: Acting) -> str:
        t = ctx.texts
        return t("{what} (a guess)", what=shown(ctx))

    return with_mark


async def tight(
    talk: Talk, customer_id: int, at: Moment | None, kind_: str, *, minutes: int | None = None,
    staff_id: int | None = None,
) -> Tight:  # fmt: skip
    """What something that is being planned stands too close to."""
    if at is None or at.all_day:
        return ()
    beside = Beside(customer_id, at.at.isoformat(), kind_, minutes or at.minutes, staff_id)
    return tuple(await talk.read("tight", beside))


def shown_moment(at: Moment | None, beside: Tight = ()) -> Any:
    """A card line's text for a moment, with what it stands too close to."""

    def shown(ctx: Acting) -> str:
        if at is None:
            return ""
        return lines(moment(ctx, at.at, all_day=at.all_day), *beside_lines(ctx, beside))

    return shown


def planned_at(ctx: Acting, at: Moment) -> str:
    """Tue 1 Dec 15:00 · 120 min: a moment, with how long it takes where that was said."""
    said = moment(ctx, at.at, all_day=at.all_day)
    return said if at.minutes is None else f"{said} · {shown_length(at.minutes)(ctx)}"


def shown_plan(at: Moment | None, beside: Tight = ()) -> Any:
    """The same, and how long it takes where that was said."""

    def shown(ctx: Acting) -> str:
        return "" if at is None else lines(planned_at(ctx, at), *beside_lines(ctx, beside))

    return shown


def shown_money(fen: int | None) -> Any:
    """A card line's text for an amount."""
    return lambda ctx: "" if fen is None else formats.money(fen, ctx.locale)


def shown_lead(minutes: int) -> Any:
    """A card line's text for a reminder's lead."""
    return lambda ctx: str(
        ctx.texts(LEADS[str(minutes)])
        if str(minutes) in LEADS
        else ctx.texts("{n} minutes before", n=minutes)
    )


def shown_name(name: Mapping[str, str]) -> Any:
    """A card line's text for a customer."""
    return lambda ctx: name[ctx.locale]


def customer_line(name: Mapping[str, str], *, changeable: bool = True) -> Line:
    """The line that says which customer."""
    return Line("customer", Text(N_("Customer")), shown_name(name), changeable=changeable)


def once_lines(args: Mapping[str, Any]) -> tuple[Line, ...]:
    """Where a leader's words asked for a repetition: the line that says one day is planned."""
    if not args.get("repeat"):
        return ()

    def shown(ctx: Acting) -> str:
        return ctx.texts("no, this once only; plan the next one when it is done")

    return (Line("repeats", Text(N_("Repeats")), shown, changeable=False),)


def repeats(first: Moment, said: Any) -> Question[Recurrence | None]:
    """Whether it repeats, and how; as the words said unless changed."""
    return Presumed(Repeats("repeats", Text(N_("Does it repeat?")), first.at, said), said)


def first_of(ctx: Acting, first: Moment, what: Recurrence | None, said: Any) -> Moment:
    """The first time of what repeats: on the day that was said, or the rule's next one."""
    if what is None:
        return first
    _, [day, *_] = _days(ctx, first, what, said)
    local = first.at.astimezone(ctx.zone)
    return replace(first, at=datetime.combine(day, local.time(), ctx.zone).astimezone(UTC))


def fits(what: Recurrence | None, said: Any) -> bool:
    """Whether the rule follows the day: as it was said, it does; one chosen here stands."""
    return bool(stored(what) == said)


def _days(
    ctx: Acting, first: Moment, what: Recurrence, said: Any
) -> tuple[Recurrence, list[date]]:
    """The rule as it will be kept, and its first days."""
    day = first.at.astimezone(ctx.zone).date()
    rule, begins = (
        begun(what.rule, day) if fits(what, said) else (what.rule, coming(what.rule, day))
    )
    held = Recurrence(rule, what.ends_on, what.times)
    days = [one.day for one in islice(days_of(held, begins), SHOWN_DAYS)]
    return held, days or [day]


def repeats_line(first: Moment, what: Recurrence | None, said: Any) -> Line:
    """Every Friday until 31 Dec · next: 4 Dec, 11 Dec, 18 Dec, 24 Dec."""

    def shown(ctx: Acting) -> str:
        if what is None:
            return ctx.texts("no, once only")
        held, days = _days(ctx, first, what, said)
        return dotted(recurrence_line(ctx.texts, held), next_days(ctx, days))

    return Line("repeats", Text(N_("Repeats")), shown)


def shown_first(first: Moment, what: Recurrence | None, said: Any, tight: Tight = ()) -> Any:
    """A card line's text for the first time of what repeats, or for a moment."""
    return lambda ctx: shown_moment(first_of(ctx, first, what, said), tight)(ctx)


def scope() -> Question[str]:
    """Of a plan that repeats: whether it is about this one, or all that follow, too."""
    return Choice.of("scope", Text(N_("This plan repeats. Which are meant?")), SCOPES, columns=1)


def of_series(series_id: int | None) -> dict[str, int]:
    """The argument that has `scope` asked, where a plan is of a series that runs."""
    return {} if series_id is None else {"series": series_id}


def ended(ctx: Acting, series: int, name: Mapping[str, str], reason: str) -> Screen:
    """What is said once a series is ended."""
    t = ctx.texts
    text = t("✕ Called off: <b>{customer}</b>, this and all following · {why}",
             customer=name[ctx.locale], why=t(CANCEL_REASONS[reason]))  # fmt: skip
    return Screen(lines(text), ((Button.open(t("🔁 Open"), "series", series),),))


SCOPES = {"one": N_("Only this one"), "all": N_("This and all following")}
#: how many of its next days the card shows
SHOWN_DAYS = 4
