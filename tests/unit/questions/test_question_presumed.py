"""A default that saves a question from being asked."""

from __future__ import annotations

from question_support import Put

from conversations.questions.money import Money
from conversations.questions.presumed import Presumed
from core.i18n import Text

AMOUNT = Money("amount", Text("How much?"), (5,), Text("No"))


async def test_the_default_stands_until_it_is_changed() -> None:
    put = Put(Presumed(AMOUNT, None))
    assert put.question.key == "amount"
    assert await put.question.presume(put.ctx) is None
    assert await put.labels() == await Put(AMOUNT).labels()
    assert await put.says("5m") == 500_000_000
    assert await put.taps("-") is None
    assert not await put.revives("nonsense")


def test_another_default_is_the_same_question() -> None:
    assert Presumed(AMOUNT, None).fingerprint() == Presumed(AMOUNT, 5).fingerprint()
    assert Presumed(AMOUNT, None).fingerprint() != AMOUNT.fingerprint()
