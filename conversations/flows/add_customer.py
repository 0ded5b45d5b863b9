"""Add a customer: its name → is it one of these? → what else is known → review, then added.

name ──► alike? ──► one of these ──► its profile
           │ none
           ▼
         credit code ──► telephone ──► review ──► added
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

from markupsafe import Markup

from conversations.engine.registry import flow
from conversations.flows import facts
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.review import Line, Review
from core.duplicates import REASONS, AlikeNow, Draft
from core.facts.sections import BASIC
from core.i18n import N_, Text
from core.new_customers import AddCustomer, check_may_add
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.engine.talk import Talk
    from core.acting import Acting

#: asked for one by one; the others stand on the card as unknown until tapped
ASKED = ("credit_code", "phone")
SHOWN = (
    "name_zh", "credit_code", "phone", "legal_representative", "industry", "size", "city",
    "address",
)  # fmt: skip
NEW = "new"


async def start(acting: Acting, name: str = "") -> Start:
    """From a search that found nothing, with what was typed, or from the menu.

    Raises:
        NotAllowed: if the acting person only reads.
    """
    check_may_add(acting)
    return Start(prefill={"name_zh": name} if name.strip() else {})


@flow("add_customer", version=1)
async def add_customer(talk: Talk) -> None:
    """Ask for the name, show who looks alike, ask for the rest and add it."""
    name = await talk.ask(facts.question(BASIC["name_zh"], ask=True))
    # The name may be changed on the card: another name is another question to core.
    key = f"alike.{crc32(name.encode()):08x}"
    alike = await talk.read(key, AlikeNow(Draft(name)))
    if alike:
        which = await talk.ask(_which(f"which.{crc32(name.encode()):08x}", alike))
        if which != NEW:
            await talk.say(lambda ctx: _there(ctx, int(which)))
            return
    values = {"name_zh": name}
    for field in (BASIC[one] for one in SHOWN if one != "name_zh"):
        values[field.name] = await talk.ask(facts.question(field, ask=field.name in ASKED))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>A new customer</b>")),
            tuple(_line(one, values[one]) for one in SHOWN),
        )
    )
    known = {field: text for field, text in values.items() if text}
    distinct = tuple(int(one["id"]) for one in alike if one["id"])
    added = await talk.do("save", AddCustomer(known, distinct))
    await talk.say(lambda ctx: _added(ctx, int(added), name))


def _line(name: str, kept: str) -> Line:
    return facts.line(BASIC[name], kept)


def _which(key: str, alike: Sequence[Mapping[str, Any]]) -> Choice:
    """Those that look alike, each a button with why, and that it is none of them."""
    seen = tuple((str(one["id"]), _called(one)) for one in alike if one["id"])
    hidden = any(not one["visible"] for one in alike)
    prompt = (
        N_("Another team may have this firm already. Is it one that you know?")
        if hidden and not seen
        else N_("Is it one of these?")
    )
    return Choice(key, Text(prompt), (*seen, (NEW, Text(N_("None of these, it is new")))), 1)


def _called(one: Mapping[str, Any]) -> Text:
    why = REASONS[str(one["why"])]
    return Text(N_("{name} · {why}"), {"name": one["zh"], "why": Text(why)})


def _there(ctx: Acting, customer: int) -> Screen:
    t = ctx.texts
    return Screen(
        t("It is there already; nothing was added."),
        ((Button.open(t("👤 Profile"), "profile", customer),
          Button.start(t("📝 Log"), "log_visit", customer)),),
    )  # fmt: skip


def _added(ctx: Acting, customer: int, name: str) -> Screen:
    t = ctx.texts
    return Screen(
        t("✅ {name} was added.", name=Markup("<b>{}</b>").format(name)),
        (
            (Button.start(t("📝 Log"), "log_visit", customer),
             Button.start(t("➕ Contact"), "add_fact", "contacts", customer)),
            (Button.open(t("👤 Profile"), "profile", customer),),
        ),
    )  # fmt: skip
