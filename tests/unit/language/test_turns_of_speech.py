"""What came of a contact, said in other words than the plain ones; and whose question it is."""

from __future__ import annotations

import pytest

from core.language.understand import first
from core.language.when import find_whens
from tests.language.score import NOW, portfolio

KNOWN = portfolio()


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("去康美,梁总一肚子火,说网银三天两头登不上", "complaint"),
        ("Richfield rang, says our service has gone downhill", "complaint"),
        ("联创林总的手机不在服务区", "no_answer"),
        ("rang Seaborne, phone diverted to answering machine", "no_answer"),
        ("康美那笔贷款梁总最后给了农行", "not_interested"),
        ("met Everlock, they have no borrowing needs this yr", "not_interested"),
        ("鑫源1000万承兑今天贴掉了", "done"),
        ("Mr Xie came in and signed the renewal", "done"),
        ("拜访天成,郑总盘算着把基本户迁过来", "interested"),
        ("唐总:line用满了,要top up 2m", "interested"),
        ("打给永固谢老板,他忙完再回我", "follow_up"),
    ],
)
def test_an_outcome_is_known_by_its_turn_of_speech(text: str, outcome: str) -> None:
    assert first(text, NOW, KNOWN).outcome == outcome


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("谢老板说钱不够使,看能贷多少", "log"),
        ("Liu Fang called: can we do a 2m bridge loan for them?", "log"),
        ("我明天有空吗", "lookup"),
        ("my numbers this month", "lookup"),
        ("要给鑫源准备续贷材料,月底前", "task"),
    ],
)
def test_it_is_told_whose_question_or_duty_it_is(text: str, intent: str) -> None:
    assert first(text, NOW, KNOWN).intent == intent


def test_in_and_is_no_span_of_days() -> None:
    assert find_whens("came in and signed", NOW) == []
