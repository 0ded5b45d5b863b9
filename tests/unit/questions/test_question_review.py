"""The card before saving, and any question with a way past it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from question_support import CHAT_FILE, REDRAWN, Put, acting

from conversations.engine.questions import MISSING, Change, NotMine
from conversations.questions.money import Money
from conversations.questions.or_skip import OrSkip
from conversations.questions.review import Line, Review
from conversations.questions.text import Note
from conversations.questions.when import When
from core.i18n import Text

CARD = Review(
    "review",
    Text("<b>Please check</b>"),
    (
        Line("customer", Text("Home"), "Acme & <Sons>"),
        Line("kind", Text("Visit"), lambda ctx: ctx.texts("Visit")),
        Line("note", Text("Help"), ""),
        Line("owner", Text("Auditor"), "Ann", changeable=False),
    ),
)


async def test_every_line_is_shown_and_escaped() -> None:
    put = Put(CARD)
    assert await put.text() == (
        "<b>Please check</b>\n\nHome: Acme &amp; &lt;Sons&gt;\nVisit: Visit\nHelp: —\nAuditor: Ann"
        "\n\n<i>Tap an item below to change it.</i>"
    )
    assert await put.labels() == [["✓ Save"], ["Home", "Visit"], ["Help"]]
    assert await put.choices() == [["ok"], ["=customer", "=kind"], ["=note"]]
    assert (await Put(CARD, acting("zh")).labels())[:2] == [["✓ 保存"], ["首页", "拜访"]]
    assert CARD.changes == ("customer", "kind", "note")


async def test_many_lines_stand_three_in_a_row() -> None:
    lines = tuple(Line(f"l{n}", Text(f"L{n}"), "") for n in range(5))
    put = Put(Review("review", Text("Check"), lines, save=Text("Yes")))
    assert [len(row) for row in await put.labels()] == [1, 3, 2]
    assert (await put.labels())[0] == ["Yes"]


@pytest.mark.parametrize("word", ["save", "✓ Save", "保存", "ok", "好的", "Yes"])
async def test_save_may_be_typed(word: str) -> None:
    assert await Put(CARD).says(word) is True


async def test_other_words() -> None:
    put = Put(CARD)
    assert await put.taps("ok") is True
    assert await put.says("首页") == Change("customer")
    assert await put.says("Auditor") == "Tap Save, or tap a line to change it."
    assert await put.says("what?") == "Tap Save, or tap a line to change it."
    assert await put.taps("nonsense") == REDRAWN
    assert await put.does(CHAT_FILE) == NotMine()


def test_a_review_is_known_by_its_lines() -> None:
    said = replace(CARD, lines=(replace(CARD.lines[0], shown="Beta"), *CARD.lines[1:]))
    assert said.fingerprint() == CARD.fingerprint()
    assert replace(CARD, lines=CARD.lines[1:]).fingerprint() != CARD.fingerprint()
    assert CARD.always_asked


async def test_any_question_can_have_a_way_past_it() -> None:
    inner = When("next", Text("When?"))
    put = Put(OrSkip(inner, Text("No next step")))
    assert put.question.key == "next"
    assert put.question.fingerprint() == "~" + inner.fingerprint()
    assert (await put.choices())[-1] == ["-"]
    assert await put.taps("-") is None
    assert await put.says("No next step") is None
    assert (await put.says("tomorrow")).all_day
    assert await put.revives(None)
    assert not await put.revives("nonsense")
    assert await put.question.presume(put.ctx) is MISSING


def test_fingerprints_know_the_configuration() -> None:
    asked = Text("What?")
    prints = {
        question.fingerprint()
        for question in (
            Note("k", asked), Note("k", asked, optional=True), Money("k", asked), When("k", asked),
            When("k", asked, past=True), OrSkip(Note("k", asked)),
        )
    }  # fmt: skip
    assert len(prints) == 6
    assert Note("k", asked).fingerprint() == Note("k", Text("Pardon?")).fingerprint()
