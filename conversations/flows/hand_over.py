"""Hand over a portfolio: why → which part → the proposal as a card, then done at once.

The proposal shares the customers out evenly; who takes part can be changed on the card, and it is
computed anew. What is done is exactly what the card shows, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.colleagues import Colleagues
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.questions.staff import StaffName
from conversations.wording import lines
from conversations.words import whole
from core import team
from core.errors import NotAllowed
from core.hand_over import POOL, HandOver, PartsOf, Portfolio, ProposeHandOver
from core.i18n import N_, Text
from core.rules.access import leads_anybody
from core.screens import Button, Screen
from core.team import Receivers
from core.vocabulary import INDUSTRIES, REASSIGN_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting

ALL = N_("All of them")
POOL_NAME = {"zh": "公海", "en": "the shared pool"}


async def start(acting: Acting, staff_id: str) -> Start:
    """From a colleague's page, or, for nobody's customers, from the pool's.

    Raises:
        NotFound: if the colleague is not of the acting person's units.
        NotAllowed: if the acting person leads nobody.
    """
    if whole(staff_id) != POOL:
        return Start({"from": (await team.member(acting, whole(staff_id))).id})
    if not leads_anybody(acting.person):
        raise NotAllowed
    return Start({"from": POOL})


@flow("hand_over", version=1)
async def hand_over(talk: Talk) -> None:
    """Ask why, propose, change, do."""
    giver = int(talk.args["from"])
    name = POOL_NAME if giver == POOL else await talk.read("name", StaffName(giver))
    reason = await talk.ask(asking.reason(REASSIGN_REASONS))
    note = await talk.ask(asking.reason_note(required=reason == "other"))
    parts = await talk.read("parts", PartsOf(giver))
    part = await talk.ask(Presumed(_part(parts), ""))
    portfolio = _portfolio(giver, part)
    to = await talk.ask(
        Presumed(
            Colleagues("to", Text(N_("Who takes part?")), Receivers((giver,) if giver else ())), []
        )
    )
    proposal = await talk.read("proposal", ProposeHandOver(portfolio, tuple(to)))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Hand-over</b>")),
            (
                Line("from", Text(N_("From whom")), asking.shown_name(name), changeable=False),
                Line("reason", Text(N_("Reason")), asking.label_of(REASSIGN_REASONS, reason)),
                Line("note", Text(N_("Note")), note),
                Line("part", Text(N_("Which")), _shown_part(part)),
                Line("to", Text(N_("To")), _shares(proposal)),
            ),
            Text(N_("✓ Hand over")),
        )
    )
    chosen = tuple(int(share["id"]) for share in proposal["to"])
    done = await talk.do(
        "save", HandOver(portfolio, chosen, proposal["fingerprint"], reason, note)
    )
    await talk.say(lambda ctx: _done(ctx, name, done))


def _part(parts: Mapping[str, list[list[Any]]]) -> Choice:
    """All, or those of one grade, place or line of business."""
    options = [
        (f"{name[0]}:{value}"[:40], Text("{label} ({n})", {"label": _label(name, value), "n": n}))
        for name in ("grade", "city", "industry")
        for value, n in parts[name][:4]
        if len(parts[name]) > 1
    ]
    return Choice("part", Text(N_("Which customers?")), tuple(options), skip=Text(ALL))


def _label(name: str, value: str) -> Any:
    if name == "industry" and value in INDUSTRIES:
        return Text(INDUSTRIES[value])
    return Text(N_("grade {grade}"), {"grade": value}) if name == "grade" else value


def _portfolio(giver: int, part: str) -> Portfolio:
    kind, _, value = part.partition(":")
    return Portfolio(
        giver,
        grade=value if kind == "g" else "",
        city=value if kind == "c" else "",
        industry=value if kind == "i" else "",
    )


def _shown_part(part: str) -> Any:
    kind, _, value = part.partition(":")
    name = {"g": "grade", "c": "city", "i": "industry"}.get(kind)

    def shown(ctx: Acting) -> str:
        if name is None:
            return str(ctx.texts(ALL))
        label = _label(name, value)
        return str(ctx.texts.of(label)) if isinstance(label, Text) else str(label)

    return shown


def _shares(proposal: Mapping[str, Any]) -> Any:
    def shown(ctx: Acting) -> str:
        t = ctx.texts
        rows = [
            Markup("{} <b>+{}</b> ({}) → {}").format(
                share["names"][ctx.locale],
                share["count"],
                " ".join(f"{grade}{n}" for grade, n in sorted(share["grades"].items())),
                share["after"],
            )
            for share in proposal["to"]
            if share["count"]
        ]
        total = t.plural("{n} customer", "{n} customers", proposal["count"])
        along = (
            t.plural("{n} open follow-up goes along", "{n} open follow-ups go along",
                     proposal["open"])
            if proposal["open"]
            else None
        )  # fmt: skip
        return Markup("\n").join([total, *rows, *([along] if along else [])])

    return shown


def _done(ctx: Acting, name: Mapping[str, str], done: Mapping[str, int]) -> Screen:
    t = ctx.texts
    text = t.plural(
        "✅ {n} customer of {who} was handed over.",
        "✅ {n} customers of {who} were handed over.",
        done["count"],
        who=name[ctx.locale],
    )
    told = t("Each new owner has the hand-over pack and is asked to accept.")
    return Screen(lines(text, told), ((Button.open(t("👥 Team"), "team", 0),),))
