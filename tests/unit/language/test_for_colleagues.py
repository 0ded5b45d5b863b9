"""A leader's line that one of their people is to do something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.for_colleagues import begins_so, told_to

PEOPLE = ((1, "李伟", "Li Wei"), (2, "王芳", "Wang Fang"), (3, "王芳菲", "Wang Fangfei"))


@pytest.mark.parametrize(
    ("line", "who", "what"),
    [
        ("让李伟周四下午拜访华兴机械", (1,), "周四下午拜访华兴机械"),
        ("请李伟去拜访华兴机械", (1,), "拜访华兴机械"),
        ("麻烦安排王芳菲明天给百维打电话", (3,), "明天给百维打电话"),
        ("ask Li Wei to visit Brightway on Thursday 2pm", (1,), "visit Brightway on Thursday 2pm"),
        ("Please have wang fang call Huaxing tomorrow", (2,), "call Huaxing tomorrow"),
        ("tell Wang Fangfei, should call Huaxing", (3,), "call Huaxing"),
    ],
)
def test_who_is_to_do_what(line: str, who: tuple[int, ...], what: str) -> None:
    found = told_to(line, PEOPLE)
    assert found is not None
    assert (found.people, found.what) == (who, what)


@pytest.mark.parametrize(
    "line",
    ["李伟周四拜访华兴机械", "让华兴机械补材料", "ask Li Weiming to come", "让李伟", "请客户签字",
     "visited Brightway, asked Li Wei to help"],
)  # fmt: skip
def test_other_lines_say_no_such_thing(line: str) -> None:
    assert told_to(line, PEOPLE) is None


def test_of_namesakes_both_are_meant() -> None:
    found = told_to("让李伟去拜访华兴", (*PEOPLE, (4, "李伟", "Li Wei")))
    assert found is not None
    assert found.people == (1, 4)


@given(st.text(max_size=60))
def test_any_text_is_taken_calmly(text: str) -> None:
    found = told_to(text, PEOPLE)
    assert found is None or (begins_so(text) and found.what)
