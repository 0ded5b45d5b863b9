"""What leaves for Telegram and what comes back: buttons, screens, updates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot import rendering
from bot.buttons import (
    AnswerPress,
    ButtonTooLongError,
    VerbPress,
    decode,
    encode_answer,
    encode_verb,
)
from bot.events import CommandGiven, Did, Membership, Tapped, lane_of, read_update
from conversations.inputs import Said, SentFile, SharedContact, SharedPlace, Unsupported
from core.screens import (
    Button,
    ContactCard,
    Content,
    Screen,
    StoredFile,
    Venue,
    content_from_json,
    content_to_json,
)

words = some.text(alphabet="abcdefghij0123456789_-", min_size=1, max_size=10)
PERSON = {"id": 7, "language_code": "zh-hans"}
CHAT = {"id": 7, "type": "private"}


@given(some.integers(0, 2**40), some.integers(0, 10**6), words)
def test_an_answer_button_means_what_it_was_made_of(talk: int, turn: int, choice: str) -> None:
    assert decode(encode_answer(talk, turn, choice)) == AnswerPress(talk, turn, choice)


@given(some.sampled_from(["open", "start", "run"]), some.lists(words, min_size=1, max_size=4))
def test_a_verb_button_means_what_it_was_made_of(verb: str, args: list[str]) -> None:
    name, *rest = args
    assert decode(encode_verb(verb, tuple(args))) == VerbPress(verb, name, tuple(rest))  # type: ignore[arg-type]


@given(some.text(max_size=80))
def test_made_up_data_never_raises(data: str) -> None:
    decode(data)


def test_data_over_64_bytes_is_noticed_when_the_screen_is_built() -> None:
    with pytest.raises(ButtonTooLongError):
        encode_verb("open", ("found", "华" * 20))


@given(some.text(max_size=200), some.lists(words, max_size=3))
def test_a_screen_survives_the_outbox(text: str, labels: list[str]) -> None:
    text = text.encode("utf-8", "ignore").decode()
    screen = Screen(text, tuple((Button.open(label, "page", 1),) for label in labels))
    assert content_from_json(content_to_json(screen)) == screen


def test_a_text_over_the_limit_is_cut_and_stays_valid() -> None:
    long = "<b>" + "华&amp;" * 3000 + "</b>"
    short = rendering.fitting(long)
    assert rendering.visible_length(short) <= 4096
    assert "<b>" not in short
    assert rendering.fitting("<b>fine</b>") == "<b>fine</b>"


def test_each_content_becomes_its_own_call() -> None:
    assert rendering.post(Screen("x"), 1).method == "sendMessage"
    assert rendering.post(ContactCard("王", "+86"), 1).method == "sendContact"
    assert rendering.post(Venue("a", "b", 1, 2), 1).method == "sendVenue"


@pytest.mark.parametrize(
    "content",
    [Screen("x"), ContactCard("王", "+86"), Venue("a", "b", 1, 2), StoredFile("photo", "f"),
     StoredFile("document", "f"), StoredFile("voice", "f")],
)  # fmt: skip
def test_whatever_is_sent_is_protected_where_settings_say_so(content: Content) -> None:
    assert rendering.post(content, 1).arguments["protect_content"] is True
    assert rendering.post(content, 1, protect=False).arguments["protect_content"] is False


def test_what_is_made_to_be_passed_on_is_not_protected() -> None:
    assert not rendering.post(Screen("x", protected=False), 1).arguments["protect_content"]


def message(**what: object) -> dict[str, object]:
    return {"update_id": 1, "message": {"message_id": 2, "chat": CHAT, "from": PERSON, "date": 0,
                                        **what}}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ({"text": "hi\x00"}, Said),
        ({"photo": [{"file_id": "a", "file_unique_id": "b"}]}, SentFile),
        ({"voice": {"file_id": "a", "file_unique_id": "b"}}, SentFile),
        ({"location": {"latitude": 1, "longitude": 2}}, SharedPlace),
        ({"contact": {"phone_number": "1", "first_name": "x", "user_id": 7}}, SharedContact),
        ({"sticker": {}}, Unsupported),
    ],
)
def test_each_kind_of_message_is_read(what: dict[str, object], kind: type) -> None:
    read = read_update(message(**what))
    assert read is not None
    assert isinstance(read.what, Did)
    assert isinstance(read.what.input, kind)


def test_a_command_a_tap_and_a_block_are_read() -> None:
    command = read_update(message(text="/Find@roundsman_bot 华兴"))
    assert command is not None
    assert command.what == CommandGiven("find", "华兴")
    pressed = {"message_id": 5, "chat": CHAT}
    tap = {
        "update_id": 2,
        "callback_query": {"id": "9", "from": PERSON, "data": "x", "message": pressed},
    }
    read = read_update(tap)
    assert read is not None
    assert read.what == Tapped("9", "x", 5)
    gone = {"chat": CHAT, "from": PERSON, "date": 0, "new_chat_member": {"status": "kicked"}}
    block = {"update_id": 3, "my_chat_member": gone}
    read = read_update(block)
    assert read is not None
    assert read.what == Membership(member=False)
    assert {lane_of(update) for update in (tap, block, message(text="x"))} == {"c:7"}


def test_a_forwarded_contact_of_ones_own_is_not_vouched_for() -> None:
    contact = {"phone_number": "1", "first_name": "x", "user_id": 7}
    read = read_update(message(contact=contact, forward_origin={}))
    assert read is not None
    assert isinstance(read.what, Did)
    assert isinstance(read.what.input, SharedContact)
    assert not read.what.input.own
