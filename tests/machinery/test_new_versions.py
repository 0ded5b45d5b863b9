"""New code comes while dialogues are open: answers stay, only what is new is asked."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from bot.app import App, UnfinishedDialoguesError
from conversations.engine import registry
from conversations.engine.registry import Flow
from conversations.flows.log_visit import log_visit
from conversations.questions.text import Note
from core.i18n import Text
from storage.models import Activity, Answer, Talk
from tests.support.taps import choice
from tests.support.town import Town, another_process, running_town
from tests.support.wholeness import nothing_is_wrong

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.engine.talk import Talk as Dialogue

UPDATED = {"zh": "表单已更新", "en": "This form was updated"}
CHECK = {"zh": "请核对", "en": "Please check"}
SAVED = {"zh": "✅ 已保存", "en": "✅ Saved"}
MOOD = "How was the mood?"


async def with_a_mood(talk: Dialogue) -> None:
    """The next version of logging a visit begins with a question of its own."""
    await talk.ask(Note("mood", Text(MOOD)))
    await log_visit.run(talk)


@pytest.fixture(params=["zh", "en"])
async def town(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Town]:
    """The town, in each language."""
    async with running_town(database_url, tmp_path, locale=request.param) as running:
        yield running


@pytest.fixture
def language(request: pytest.FixtureRequest, town: Town) -> str:
    assert town is not None
    return str(request.node.callspec.params["town"])


@contextlib.asynccontextmanager
async def deployed(town: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Stop, bring the new version, start again."""
    await town.app.__aexit__(None, None, None)
    new = Flow("log_visit", log_visit.version + 1, with_a_mood, collect="files")
    monkeypatch.setitem(registry.FLOWS, ("log_visit", new.version), new)
    monkeypatch.setitem(registry.latest, "log_visit", new)
    async with another_process(town):
        yield
        await town.settles()
        await nothing_is_wrong()


async def test_an_open_dialogue_keeps_its_answers_and_asks_what_is_new(
    town: Town, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = town.phone("1001")
    await phone.says("/visit")
    for picked in ("i", "call", "interested"):
        await phone.presses_raw(*choice(phone, picked))
    await phone.says("谈了续贷")
    old = choice(phone, "-")
    async with deployed(town, monkeypatch):
        await phone.presses_raw(*old)
        await phone.sees(UPDATED[language])
        await phone.sees(MOOD)
        await phone.says("fine")
        await phone.presses_raw(*choice(phone, "-"))
        await phone.sees(CHECK[language])
        await phone.presses_raw(*choice(phone, "ok"))
        await phone.sees(SAVED[language])
        saved = await Activity.get()
        assert (saved.kind, saved.outcome, saved.note) == ("call", "interested", "谈了续贷")
        talk = await Talk.get()
        assert (talk.status, talk.version) == ("done", log_visit.version + 1)


async def test_one_that_was_set_aside_is_gone_on_with_by_the_new_version(
    town: Town, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = town.phone("1001")
    await phone.says("/visit")
    for picked in ("i", "call"):
        await phone.presses_raw(*choice(phone, picked))
    await phone.says("/plan")
    async with deployed(town, monkeypatch):
        parked = await Talk.get(status="parked")
        await phone.presses_raw(phone.last.message_id, f"r:resume:{parked.id}")
        await phone.sees(UPDATED[language])
        await phone.says("fine")
        await phone.presses_raw(*choice(phone, "interested"))
        await phone.says("备注")
        await phone.presses_raw(*choice(phone, "-"))
        await phone.presses_raw(*choice(phone, "ok"))
        await phone.sees(SAVED[language])
        assert (await Activity.get()).kind == "call"
        assert await Talk.filter(status="parked", flow="plan").count() == 1


async def test_code_that_cannot_finish_what_was_done_does_not_start(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = town.phone("1001")
    await phone.says("/visit")
    talk = await Talk.get()
    await Answer.create(talk_id=talk.id, seq=90, kind="do", key="save", value="{}")
    await town.app.__aexit__(None, None, None)
    with monkeypatch.context() as without:
        without.delitem(registry.FLOWS, ("log_visit", log_visit.version))
        with pytest.raises(UnfinishedDialoguesError, match="log_visit version"):
            await App(town.app.settings, town.clock).__aenter__()
