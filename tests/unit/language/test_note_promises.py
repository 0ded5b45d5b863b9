"""Promises in notes: who promised what until when; better missed than made up."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.language.promises import may_promise, promises_in
from tests.language.score import score_promises

MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FRIDAY = date(2026, 11, 27)

PROMISED = (
    # note, direction, day
    ("拜访华兴机械，王总答应周五前给三季度报表", "theirs", FRIDAY),
    ("客户承诺本月底结清逾期利息", "theirs", date(2026, 11, 30)),
    ("财务保证把流水发过来，其他没谈", "theirs", None),
    ("王总会在周五把合同签好发我", "theirs", FRIDAY),
    ("对方说明天提供抵押物清单", "theirs", date(2026, 11, 24)),
    ("答应周五前发给我们最新订单", "theirs", FRIDAY),
    ("我答应王总周五前给授信方案", "ours", FRIDAY),
    ("承诺客户三天内回复额度", "ours", date(2026, 11, 26)),
    ("我们周五前给出报价", "ours", FRIDAY),
    ("周五前给王总准备好合同", "ours", FRIDAY),
    ("已答应李经理补一份征信授权书", "ours", None),
    ("我行承诺下周一出具保函", "ours", date(2026, 11, 30)),
    ("Mr Wang promised to send the Q3 statements by Friday", "theirs", FRIDAY),
    ("they will submit the invoices tomorrow", "theirs", date(2026, 11, 24)),
    ("client agreed to pay the overdue interest by 30 Nov", "theirs", date(2026, 11, 30)),
    ("I promised to bring the term sheet on Friday", "ours", FRIDAY),
    ("we'll send the quote by Friday", "ours", FRIDAY),
    ("I have to get back to them tomorrow", "ours", date(2026, 11, 24)),
)
NOT_PROMISED = (
    "拜访华兴机械，看了车间，订单充足",
    "王总给了三季度报表",
    "已经把合同发给客户了",
    "客户想续贷500万，下周二下午3点再约",
    "客户没答应",
    "给王总打电话没人接",
    "电话联系财务，发了产品手册",
    "周五再去拜访",
    "客户要求利率优惠",
    "他们在建行存了2000万",
    "visited the plant, orders are good",
    "sent them the brochure",
    "client will think about it",
    "they want 5m, call again Thursday",
    "we discussed the renewal on Friday",
)  # fmt: skip


@pytest.mark.parametrize(("note", "direction", "due"), PROMISED)
def test_a_promise_is_taken_with_who_and_when(note: str, direction: str, due: date | None) -> None:
    assert may_promise(note)
    assert [(one.direction, one.due) for one in promises_in(note, MONDAY)] == [(direction, due)]


@pytest.mark.parametrize("note", NOT_PROMISED)
def test_what_is_no_promise_is_not_made_one(note: str) -> None:
    assert promises_in(note, MONDAY) == []


def test_a_note_gives_three_at_most_each_with_its_own_words() -> None:
    note = "王总答应周五给报表，我答应明天给方案，客户承诺月底签合同，财务保证发流水"
    found = promises_in(note, MONDAY)
    assert [one.text for one in found] == [
        "王总答应周五给报表", "我答应明天给方案", "客户承诺月底签合同",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["promises.jsonl", "promises2.jsonl"])
def test_the_promises_of_the_corpora_are_found_and_none_made_up(name: str) -> None:
    told = score_promises(name)
    for side in ("ours", "theirs"):
        for language in ("zh", "en"):
            assert told.precision(side, language) >= 0.95, told.wrong
            assert told.recall(side, language) >= 0.85, told.wrong
            assert told.days(side, language) >= 0.95, told.wrong
