"""Back, change a line, keep, cancel; and what may no longer be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_support import Chat, Check, FakeHost, Typed, person, replayed

from conversations.engine.dialogue import prefill_of
from conversations.engine.questions import MISSING, Json, Missing, Question
from conversations.engine.registry import flow
from core.acting import Acting
from core.errors import Refused
from core.screens import Screen

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx
    from conversations.engine.talk import Talk


@pytest.fixture
def visit() -> None:
    """Three answers, one of them presumed; a review; a deed; a last word."""

    @flow("visit", version=1)
    async def visit(talk: Talk) -> dict[str, str]:
        who = await talk.ask(Typed("who"))
        when = await talk.ask(Typed("when", presumes=f"today with {who}"))
        what = await talk.ask(Typed("what"))
        sum_ = await talk.ask(Typed("sum")) if what == "sold" else ""
        await talk.ask(Check("review", lines=("who", "when", "what", "sum")))
        saved: dict[str, str] = await talk.do("save", f"{who}, {when}, {what}, {sum_}")
        await talk.say(Screen("saved"))
        return saved


async def filled(chat: Chat) -> None:
    await chat.begins("visit")
    for text in ("Acme", "sold", "5m"):
        await chat.says(text)
    assert chat.pending == "review"


async def test_from_questions_to_the_deed(chat: Chat, visit: None) -> None:
    await filled(chat)
    step = await chat.taps("ok")
    assert (step.status, chat.text) == ("done", "saved")
    assert step.result == {"saved": "Acme, today with Acme, sold, 5m"}
    assert await replayed(chat) == step.result


async def test_back_leads_to_the_answer_that_was_given_last(chat: Chat, visit: None) -> None:
    await chat.begins("visit")
    await chat.says("Acme")
    assert chat.pending == "what"
    step = await chat.taps("<")
    assert (chat.pending, step.cut_to) == ("who", 0)  # "when" was presumed: passed over
    assert chat.buttons == ["go", "^", "x"]
    await chat.says("Beta")
    assert chat.answers == {"who": "Beta", "when": "today with Beta"}


async def test_back_with_nothing_to_go_back_to_changes_nothing(chat: Chat, visit: None) -> None:
    await chat.begins("visit")
    step = await chat.taps("<")
    assert (chat.pending, step.added, step.cut_to) == ("who", (), None)


async def test_back_twice_and_on_again_keeps_what_was_answered(chat: Chat, visit: None) -> None:
    await filled(chat)
    await chat.taps("<")
    await chat.taps("<")
    assert chat.pending == "what"
    await chat.says("sold")
    assert chat.pending == "review"
    assert chat.answers["sum"] == "5m"
    await chat.taps("<")
    assert chat.pending == "sum"  # it is still an answer that the person gave


async def test_keep_takes_the_old_answer(chat: Chat, visit: None) -> None:
    await filled(chat)
    before = list(chat.rows)
    await chat.taps("=who")
    assert "^" in chat.buttons
    await chat.taps("^")
    assert chat.pending == "review"
    assert chat.rows == before


async def test_keep_without_an_old_answer_is_no_answer(chat: Chat, visit: None) -> None:
    await chat.begins("visit")
    await chat.taps("^")
    assert (chat.pending, chat.answers) == ("who", {})


async def test_changing_one_line_leaves_the_others(chat: Chat, visit: None) -> None:
    await filled(chat)
    await chat.taps("=what")
    assert chat.pending == "what"
    await chat.says("sold again")
    assert chat.pending == "review"
    assert chat.answers == {"who": "Acme", "when": "today with Acme", "what": "sold again"}
    await chat.taps("=what")
    await chat.says("sold")
    assert chat.pending == "review"
    assert chat.answers["sum"] == "5m"  # no longer asked for meanwhile, and not forgotten


async def test_a_presumed_line_is_asked_when_it_is_changed(chat: Chat, visit: None) -> None:
    await filled(chat)
    await chat.taps("=when")
    assert (chat.pending, chat.buttons) == ("when", ["go", "<", "^", "x"])
    await chat.says("Friday")
    assert chat.pending == "review"
    assert chat.answers["when"] == "Friday"


async def test_a_line_may_be_changed_in_words(chat: Chat, visit: None) -> None:
    await filled(chat)
    await chat.says("change who")
    assert chat.pending == "who"


@pytest.mark.parametrize("choice", ["=review", "=nonsense", "="])
async def test_only_offered_lines_can_be_changed(chat: Chat, visit: None, choice: str) -> None:
    await filled(chat)
    step = await chat.taps(choice)
    assert (chat.pending, step.added, step.notice) == ("review", (), None)


async def test_a_line_whose_question_was_not_asked_stays(chat: Chat, visit: None) -> None:
    await chat.begins("visit")
    await chat.says("Acme")
    await chat.says("talked")
    await chat.taps("=sum")
    assert chat.pending == "review"


async def test_cancel(chat: Chat, visit: None) -> None:
    await filled(chat)
    step = await chat.taps("x")
    assert (step.status, chat.text) == ("cancelled", "✕ Cancelled. Nothing was saved.")
    assert prefill_of(step.dialogue) == {
        "who": "Acme",
        "when": "today with Acme",
        "what": "sold",
        "sum": "5m",
        "#own": ["sum", "what", "who"],
    }


async def test_old_answers_fill_another_dialogue(chat: Chat, visit: None) -> None:
    await filled(chat)
    other = Chat()
    await other.begins("visit", prefill=prefill_of(chat.step.dialogue))
    assert other.pending == "review"
    await other.taps("<")
    assert other.pending == "sum"


async def test_prefill_of_others_is_not_gone_back_to(chat: Chat, visit: None) -> None:
    await chat.begins("visit", prefill={"who": "Acme", "what": "sold"})
    assert (chat.pending, chat.buttons) == ("sum", ["go", "x"])
    await chat.says("5m")
    await chat.taps("=who")
    await chat.says("Beta")
    assert chat.pending == "review"
    assert chat.answers["when"] == "today with Beta"
    await chat.taps("<")
    assert chat.pending == "sum"


async def test_an_insisted_question_is_put_although_it_is_filled(chat: Chat, visit: None) -> None:
    prefill = {"who": "Acme", "what": "sold", "sum": "5m"}
    await chat.begins("visit", prefill=prefill, insist="what")
    assert chat.pending == "what"
    await chat.taps("^")
    assert chat.pending == "review"
    assert chat.step.dialogue.insist is None


async def test_an_old_answer_that_is_wrong_by_now_is_asked_again(chat: Chat) -> None:
    @flow("stale", version=1)
    async def stale(talk: Talk) -> str:
        return await talk.ask(Typed("a", stale=("old",), presumes="usual"))

    assert (await chat.begins("stale", prefill={"a": "good"})).result == "good"
    other = Chat()
    assert (await other.begins("stale", prefill={"a": "old"})).result == "usual"
    third = Chat()
    await third.begins("stale", prefill={"a": "old"}, insist="a")
    assert third.buttons == ["go", "x"]


async def test_the_question_at_hand_stays_though_it_could_be_presumed_by_now(chat: Chat) -> None:
    usual: list[str] = []

    class Usual(Typed):
        async def presume(self, ctx: Ctx) -> Json | Missing:  # noqa: ARG002 - the protocol's
            return usual[0] if usual else MISSING

    @flow("late", version=1)
    async def late(talk: Talk) -> str:
        return await talk.ask(Usual("a"))

    await chat.begins("late")
    usual.append("usual")
    await chat.looks()
    assert chat.pending == "a"
    chat.step.dialogue.pending_key = None  # a worker that does not keep it
    assert (await chat.says("mine")).result == "mine"


async def test_by_default_an_old_answer_is_right_and_nothing_is_presumed(chat: Chat) -> None:
    class Plain(Typed):
        revive = Question.revive
        presume = Question.presume

    @flow("plain", version=1)
    async def plain(talk: Talk) -> list[str]:
        return [await talk.ask(Plain("a")), await talk.ask(Plain("b"))]

    await chat.begins("plain", prefill={"a": "1"})
    assert (chat.pending, chat.answers) == ("b", {"a": "1"})


async def test_after_a_deed_there_is_no_way_back(chat: Chat) -> None:
    @flow("early", version=1)
    async def early(talk: Talk) -> None:
        await talk.ask(Typed("a"))
        await talk.do("save", "it")
        await talk.ask(Typed("b"))
        await talk.ask(Check("review", lines=("a", "b")))

    await chat.begins("early")
    await chat.says("1")
    assert chat.buttons == ["go", "x"]
    step = await chat.taps("<")
    assert (step.status, chat.pending) == ("already_done", "b")
    assert step.notice == "That is done already and can't be changed here."
    await chat.says("2")
    assert (await chat.taps("=a")).status == "already_done"
    assert (await chat.taps("=b")).status == "pending"
    assert chat.pending == "b"
    assert (await chat.taps("x")).status == "cancelled"
    assert chat.text == "✕ Stopped. What was saved stays saved."
    assert chat.host.performed == [("save", "it")]


async def test_a_refused_deed_leads_back_to_the_review(chat: Chat, visit: None) -> None:
    await chat.begins("visit")
    await chat.says("n")
    await chat.says("y")
    await chat.taps("=who")
    await chat.taps("no")
    step = await chat.taps("ok")
    assert (step.status, chat.pending) == ("pending", "review")
    assert step.notice == "No no, today with no, y,  today."
    assert (step.cut_to, step.added) == (None, ())
    await chat.taps("=who")
    await chat.says("Acme")
    assert (await chat.taps("ok")).status == "done"


async def test_a_refusal_before_any_answer_is_the_end(chat: Chat) -> None:
    @flow("closed", version=1)
    async def closed(talk: Talk) -> None:
        await talk.say(Screen("hello"))
        await talk.read("look", Refused("Not <b>today</b>."))

    step = await chat.begins("closed")
    assert (step.status, chat.text) == ("done", "Not <b>today</b>.")
    assert [said.text for said in step.says] == ["hello"]


async def test_a_refusal_after_a_deed_is_the_end(chat: Chat) -> None:
    @flow("twice", version=1)
    async def twice(talk: Talk) -> None:
        await talk.ask(Typed("a"))
        await talk.do("one", "fine")
        await talk.do("two", "nope")

    await chat.begins("twice")
    step = await chat.says("1")
    assert (step.status, chat.text) == ("done", "No nope today.")
    assert [row.key for row in chat.rows] == ["a", "one", "two"]


async def test_a_refusal_in_take_is_a_sentence(chat: Chat, visit: None) -> None:
    await chat.begins("visit")
    step = await chat.says("forbidden")
    assert (step.notice, step.alert) == ("Not Home.", False)
    step = await chat.says("no way")
    assert (step.notice, step.alert) == ("Not no way.", True)
    step = await chat.says("stray")
    assert step.notice == "I can't use that here. Please answer this question first."
    step = await chat.taps("stray")
    assert (chat.pending, step.notice) == ("who", None)


async def test_words_are_in_the_persons_language(visit: None) -> None:
    chat = Chat(FakeHost(Acting(person("zh"), FakeHost().ctx.now, "u:1")))
    await chat.begins("visit")
    step = await chat.says("Acme")
    assert step.screen is not None
    assert [button.label for button in step.screen.rows[-1]] == ["‹ 返回", "✕ 取消"]


async def test_the_view_lasts_as_long_as_its_question(chat: Chat, visit: None) -> None:
    await chat.begins("visit")
    await chat.says("scroll")
    await chat.taps("scroll")
    assert chat.text == "who? +2"
    await chat.looks()
    assert chat.text == "who? +2"
    await chat.says("Acme")
    assert (chat.text, chat.step.dialogue.view) == ("what?", {})
    await chat.says("scroll")
    await chat.taps("<")
    assert chat.text == "who?"


async def test_going_back_into_a_sub_dialogue_unfolds_it(chat: Chat) -> None:
    @flow("address", version=1)
    async def address(talk: Talk) -> list[str]:
        return [await talk.ask(Typed("city")), await talk.ask(Typed("street"))]

    @flow("order", version=1)
    async def order(talk: Talk) -> list[object]:
        name = await talk.ask(Typed("name"))
        home = await talk.call("home", address)
        await talk.ask(Typed("floor"))
        await talk.ask(Check("review", lines=("home", "home/street", "floor")))
        return [name, home]

    await chat.begins("order")
    for text in ("Ann", "SH", "Nanjing Rd"):
        await chat.says(text)
    await chat.taps("<")
    assert chat.pending == "home/street"
    assert [row.key for row in chat.rows] == ["name", "home/city"]
    await chat.says("Main St")
    await chat.says("3")
    await chat.taps("=home")
    assert chat.pending == "home/city"
    await chat.says("BJ")
    assert chat.pending == "review"
    await chat.taps("=home/street")
    assert [row.key for row in chat.rows] == ["name", "home/city"]
    await chat.taps("^")
    step = await chat.taps("ok")
    assert step.result == ["Ann", ["BJ", "Main St"]]


async def test_a_review_inside_a_sub_dialogue_knows_its_own_lines(chat: Chat) -> None:
    @flow("inner", version=1)
    async def inner(talk: Talk) -> str:
        answer = await talk.ask(Typed("a"))
        await talk.ask(Check("review", lines=("a",)))
        await talk.do("save", answer)
        return answer

    @flow("outer", version=1)
    async def outer(talk: Talk) -> list[str]:
        first = await talk.call("one", inner)
        second = await talk.call("silent", quiet)
        await talk.ask(Check("review", lines=("silent", "one")))
        return [first, second]

    @flow("quiet", version=1)
    async def quiet(talk: Talk) -> str:
        return await talk.ask(Typed("a", presumes="p"))

    await chat.begins("outer")
    await chat.says("1")
    await chat.taps("=a")
    assert chat.pending == "one/a"
    await chat.says("2")
    await chat.taps("ok")
    assert chat.pending == "review"
    await chat.taps("=silent")
    assert chat.pending == "review"  # nothing in there was given by the person
    assert (await chat.taps("=one")).status == "already_done"
    assert (await chat.taps("ok")).result == ["2", "p"]
