"""Typed texts, one of a few, and amounts."""

from __future__ import annotations

import pytest
from question_support import NOW, REDRAWN, Put, acting

from conversations.engine.questions import NotMine, Taken
from conversations.inputs import SentFile, Unsupported
from conversations.questions.choice import Choice
from conversations.questions.money import MOST, Money
from conversations.questions.text import Note, Text
from core.i18n import Text as Words
from core.vocabulary import KIND_ICONS, KINDS, OUTCOMES

WHAT = Words("What was said to {name}?", {"name": "<Acme>"})
STICKER = Unsupported("sticker", NOW)
WAN = 10_000 * 100


async def test_a_note_is_what_was_typed() -> None:
    put = Put(Note("note", WHAT, max_length=10))
    assert await put.text() == "What was said to &lt;Acme&gt;?"
    assert await put.choices() == []
    assert await put.says("  hello  ") == "hello"
    assert await put.says(" \n ") == "Please type a few words."
    assert await put.says("hello there") == (
        "At most 10 characters fit here; yours has 11. Please shorten it."
    )
    assert await put.says("skip") == "skip"  # it may not be left out, so this is a text
    assert await put.taps("-") == REDRAWN
    assert await put.does(STICKER) == NotMine()
    assert await put.sends(caption="hello") == NotMine()


@pytest.mark.parametrize("word", ["skip", "Skip", "跳过", "没有", "-", "none", "无。"])
async def test_an_optional_note_can_be_left_out_in_words(word: str) -> None:
    put = Put(Text("note", WHAT, optional=True), acting("zh"))
    assert await put.labels() == [["跳过"]]
    assert await put.says(word) == ""
    assert await put.taps("-") == ""


async def test_a_caption_is_a_note_where_captions_count() -> None:
    put = Put(Note("note", WHAT, captions=True, max_length=10))
    photo = SentFile("photo", "f", "f", NOW, caption=" their yard ")
    assert await put.question.take(put.ctx, photo, {}) == Taken("their yard", attach=True)
    assert await put.sends(caption="   ") == NotMine()
    assert "Please shorten" in await put.sends(caption="much too long")


async def test_old_notes() -> None:
    assert await Put(Note("n", WHAT, max_length=3)).revives("abc")
    assert not await Put(Note("n", WHAT, max_length=3)).revives("abcd")
    assert not await Put(Note("n", WHAT)).revives("")
    assert await Put(Note("n", WHAT, optional=True)).revives("")
    assert not await Put(Note("n", WHAT)).revives({"text": "abc"})


KIND = Choice.of("kind", Words("How did you meet?"), KINDS, icons=KIND_ICONS)
OUTCOME = Choice.of(
    "outcome", Words("Outcome?"), OUTCOMES, columns=3, skip=Words("Nothing to say")
)


async def test_a_choice_has_a_button_for_each() -> None:
    put = Put(KIND)
    assert await put.labels() == [
        ["🚗 Visit", "📞 Call"], ["💬 WeChat", "🤝 Meeting"], ["✉️ Email", "• Other contact"],
    ]  # fmt: skip
    assert await put.choices() == [["visit", "call"], ["wechat", "meeting"], ["email", "other"]]
    assert (await Put(KIND, acting("zh")).labels())[0] == ["🚗 拜访", "📞 电访"]
    assert (await Put(OUTCOME).choices())[-1] == ["-"]


@pytest.mark.parametrize(
    "text", ["Visit", "visit", " VISIT!", "🚗 visit", "拜访", "拜", "vi", "ｖｉｓｉｔ"]
)
async def test_a_choice_can_be_typed_in_either_language(text: str) -> None:
    assert await Put(KIND, acting("zh")).says(text) == "visit"
    assert await Put(KIND).says(text) == "visit"


async def test_a_choice_of_several_or_none_is_asked_again() -> None:
    put = Put(OUTCOME)
    assert await put.says("no") == (
        "That fits several: Not interested, Nobody reached. Please type more, or tap one."
    )
    assert await put.says("Not interested") == "not_interested"
    assert await put.says("???") == ""  # nothing that could be compared: left out
    assert await put.says("maybe") == "Please tap one of the buttons, or type what one says."
    assert await Put(KIND).says("…") == "Please tap one of the buttons, or type what one says."
    assert await Put(KIND, acting("zh")).says("x") == "请点一个按钮,或输入按钮上的字。"
    assert await put.taps("done") == "done"
    assert await put.taps("-") == ""
    assert await put.says("skip") == ""
    assert await put.says("Nothing to say") == ""
    assert await put.taps("gone") == REDRAWN
    assert await Put(KIND).taps("-") == REDRAWN
    assert await put.does(STICKER) == NotMine()


async def test_old_choices() -> None:
    assert await Put(KIND).revives("visit")
    assert not await Put(KIND).revives("fax")
    assert not await Put(KIND).revives("")
    assert await Put(OUTCOME).revives("")


@pytest.mark.parametrize("code", ["<", "x", "^", "-", "=a", "a" * 41])
def test_a_code_that_is_the_engines_own_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="no code of a choice"):
        Choice("k", WHAT, ((code, WHAT),))


HOW_MUCH = Money("amount", Words("How much?"), (100 * WAN, 500 * WAN), Words("Just now"))


async def test_common_amounts_are_buttons() -> None:
    put = Put(HOW_MUCH, acting("zh"))
    assert await put.labels() == [["¥100万", "¥500万"], ["刚才"]]
    assert "500万" in await put.text()
    assert (await Put(HOW_MUCH).labels())[0] == ["¥1m", "¥5m"]
    assert await put.taps(str(500 * WAN)) == 500 * WAN
    assert await put.taps("-") is None
    assert await put.taps("nonsense") == REDRAWN
    assert await put.does(STICKER) == NotMine()


@pytest.mark.parametrize(
    ("text", "wan"),
    [("500万", 500), ("1.2亿", 12_000), ("3m", 300), ("300k", 30), ("大约200万", 200)],
)
async def test_an_amount_can_be_typed(text: str, wan: int) -> None:
    assert await Put(HOW_MUCH).says(text) == wan * WAN


async def test_a_bare_number_is_not_guessed() -> None:
    put = Put(HOW_MUCH)
    assert await put.says("500") == REDRAWN
    assert "Which one do you mean?" in await put.text()
    assert await put.labels() == [["¥5m", "¥500"], ["Just now"]]
    assert await put.taps(str(500 * WAN)) == 500 * WAN
    assert await put.says("1,234.5") == REDRAWN
    assert (await put.choices())[0] == [str(123_450 * 10_000), "123450"]
    assert await put.says("5000000000") == 5000000000 * 100


async def test_several_amounts_become_buttons() -> None:
    put = Put(HOW_MUCH)
    assert await put.says("300万, later perhaps 500万, and 300万 again") == REDRAWN
    assert (await put.choices())[0] == [str(300 * WAN), str(500 * WAN)]


async def test_no_amount_and_impossible_amounts() -> None:
    put = Put(HOW_MUCH)
    assert await put.says("just now") is None
    assert await put.says("没有") is None
    assert "can't read an amount" in await put.says("a lot")
    assert await put.says("0") == "That amount can't be right: ¥0. Please check it."
    assert "That amount can't be right" in await put.taps(str(MOST + 1))
    required = Put(Money("amount", Words("How much?")))
    assert await required.labels() == []
    assert "can't read an amount" in await required.says("skip")
    assert await required.taps("-") == REDRAWN


async def test_old_amounts() -> None:
    assert await Put(HOW_MUCH).revives(None)
    assert not await Put(Money("a", WHAT)).revives(None)
    assert await Put(HOW_MUCH).revives(1)
    assert not await Put(HOW_MUCH).revives(0)
    assert not await Put(HOW_MUCH).revives(MOST + 1)
    assert not await Put(HOW_MUCH).revives("5")
