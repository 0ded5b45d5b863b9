"""What a planned contact is for, and what a record tells the next one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from core.language.purposes import context_of, purpose_of
from core.language.understand import understand
from tests.language.score import NOW, notes, portfolio

KNOWN = portfolio()
PLANS = (
    ("周四下午3点拜访华兴机械谈续贷两小时", "谈续贷"),
    ("提醒我周四给王总送合同", "给王总送合同"),
    ("别忘了月底前把康美的资料交上去", "把资料交上去"),
    ("下周二去华兴机械拜访", ""),
    ("后天把保函初稿发给海川", "把保函初稿发给海川"),
    ("周五上午九点半提醒我去瑞丰化工收报表", "收报表"),
    ("叫我半小时后联系赵董", "联系赵董"),
    ("约梁总本周五晚上六点半吃饭", "约梁总吃饭"),
    ("安排一次联创的实地走访，下周内", ""),
    ("每月25号提醒我看鑫源的结算流水", "看结算流水"),
    ("明天上午十点，华兴机械，续贷面签", "续贷面签"),
    ("周五前提交周报，提醒我一下", "提交周报"),
    ("remind me to call Brightway on Friday 10am", ""),
    ("visit Brightway Thursday 3pm for two hours about the renewal", "the renewal"),
    ("Need to send Hengda the facility letter by COB Friday", "send the facility letter"),
    ("Hengda annual review by 30 Nov, don't let me forget", "annual review"),
    ("remember Zhao's birthday on 2 April", "Zhao's birthday"),
    ("in 45 minutes call Mr Tang", "call Mr Tang"),
    ("Lunch with Brightway's Chen next Thursday noon", "Lunch with Chen"),
    ("Book a call with Zheng for Friday 4pm", "call with Zheng"),
    ("Get Huaxing Textile's VAT returns before Friday noon", "Get VAT returns"),
)
RECORDS = (
    ("今天下午拜访华兴机械王总,想续贷500万,下周二下午3点再约", "王总,想续贷500万"),
    ("19号去了锦绣印染，意向明确，12月3日下午两点半面谈", "意向明确"),
    ("给王总打了电话，周三再约", "王总打了电话"),
    ("Called Richfield, boss busy, call back next Monday", "boss busy"),
    ("At Richfield today. Their 5m facility expires on 30 Nov. Meeting again Friday.",
     "Their 5m facility expires on 30 Nov"),
    ("Went to Skyline, Mr Zheng was out, will go again next Wednesday", "Mr Zheng was out"),
    ("Xinyuan would like to renew 15m, documents in three working days",
     "would like to renew 15m, documents in three working days"),
)  # fmt: skip


def first(text: str, now: datetime = NOW) -> Any:
    return understand(text, now, KNOWN)[0]


@pytest.mark.parametrize(("text", "purpose"), PLANS)
def test_the_purpose_is_the_line_without_firm_day_length_and_way_to_meet(
    text: str, purpose: str
) -> None:
    assert purpose_of(first(text)) == purpose


@pytest.mark.parametrize(("text", "context"), RECORDS)
def test_the_next_contact_is_told_what_was_said_and_not_that_there_was_a_contact(
    text: str, context: str
) -> None:
    assert context_of(first(text)) == context


def test_a_firm_that_is_still_to_be_chosen_stays_in_the_purpose() -> None:
    note = first("周四拜访华兴谈续贷")
    assert note.customer is None
    assert "华兴" in purpose_of(note)


def test_a_purpose_has_no_word_that_was_not_typed() -> None:
    for one in notes():
        now = datetime.fromisoformat(str(one.get("now", NOW.isoformat())))
        for note in understand(str(one["text"]), now, KNOWN):
            for said in (purpose_of(note), context_of(note)):
                typed, at = note.text.replace(" ", ""), 0
                for letter in said.replace(" ", ""):
                    at = typed.find(letter, at) + 1
                    assert at, (note.text, said)
