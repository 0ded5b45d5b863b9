"""Two customers are one firm: which one stays → review, merged.

which stays? ──► review ──► merged (and can be parted again)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerInFull
from conversations.questions.review import Line, Review
from conversations.words import whole
from core.i18n import N_, Name, Text
from core.merging import MergeCustomers, mergeable
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, one: str, other: str) -> Start:
    """From a pair of likely duplicates.

    Raises:
        NotFound, NotAllowed, Invalid, OtherFirm: if they are not to be merged by this person.
    """
    kept, merged = await mergeable(acting, whole(one), whole(other))
    return Start({"one": kept.id, "other": merged.id})


@flow("merge", version=1)
async def merge(talk: Talk) -> None:
    """Ask which one stays, show the card, merge them."""
    one, other = int(talk.args["one"]), int(talk.args["other"])
    names = {
        one: await talk.read("one", CustomerInFull(one)),
        other: await talk.read("other", CustomerInFull(other)),
    }
    stays = await talk.ask(
        Choice(
            "kept",
            Text(N_("Which one stays? It takes over the other's history.")),
            tuple((str(number), _called(name)) for number, name in names.items()),
            columns=1,
        )
    )
    kept = int(stays)
    merged = other if kept == one else one
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>One firm</b>")),
            (
                Line("kept", Text(N_("Stays")), asking.shown_name(names[kept])),
                Line("merged", Text(N_("Is merged into it")), asking.shown_name(names[merged]),
                     changeable=False),
            ),
        )
    )  # fmt: skip
    done = await talk.do("save", MergeCustomers(kept, merged))
    await talk.say(lambda ctx: _merged(ctx, kept, int(done), names[kept]))


def _called(name: Mapping[str, str]) -> Text:
    return Text(N_("{name}"), {"name": Name(name["zh"], name["en"])})


def _merged(ctx: Acting, kept: int, merge_id: int, name: Mapping[str, str]) -> Screen:
    t = ctx.texts
    return Screen(
        t("🔗 Both are one firm now: <b>{customer}</b>.", customer=name[ctx.locale]),
        (
            (Button.open(t("👤 Profile"), "profile", kept),
             Button.run(t("↩️ Part them again"), "part", merge_id)),
            (Button.open(t("👥 Duplicates"), "duplicates"),),
        ),
    )  # fmt: skip
