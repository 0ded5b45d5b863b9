"""Names folded, sounded out and cut to what tells firms apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.seg.simpleseg import seg

from storage.names import core_of, doubled, fold, initials_of, is_cjk, pinyin_of, syllables_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("华兴（上海）贸易", "华兴上海贸易"),
        ("ＡＢＣ１２", "abc12"),
        ("  Shanghai   Huaxing Co., Ltd. ", "shanghai huaxing co ltd"),
        ("O'Brien & Söhne", "o brien sohne"),
        ("Société Générale", "societe generale"),
        ("華興電子", "华兴电子"),
        ("lǜyuán nüshi Müller", "lvyuan nvshi muller"),
        ("上海ABC科技", "上海abc科技"),
        ("3M 中国", "3m 中国"),
        ("한국 カタカナ", "한국カタカナ"),
        ("%_\\\"'^$:", ""),
        ("a\x00b\ud800c", "a b c"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("上海华兴机械制造有限公司", "华兴机械制造"),
        ("上海市华兴机械股份有限公司", "华兴机械"),
        ("江苏省苏州市吴江区恒达纺织有限责任公司", "恒达纺织"),
        ("江苏昆山恒达纺织有限公司", "恒达纺织"),
        ("苏州工业园区恒达精密模具有限公司", "恒达精密模具"),
        ("浙江恒达集团有限公司", "恒达"),
        ("上海朝阳食品有限公司", "朝阳食品"),  # a place elsewhere, a brand here
        ("张家港保税物流有限公司", "保税物流"),
        ("百维物流公司", "百维物流"),
        ("苏州市相城区澄景五金经营部", "澄景五金"),
        ("平阳县东海渔业专业合作社", "东海渔业"),
        ("上海有限公司", "上海"),  # too little would be left
        ("杭州甲有限公司", "杭州甲"),
        ("恒达", "恒达"),
        ("华兴(上海)贸易有限公司", "华兴上海贸易"),
        ("Brightway Logistics", "brightway logistics"),
        ("有限公司", "有限公司"),
        ("", ""),
    ],
)
def test_core_of(name: str, core: str) -> None:
    assert core_of(name) == core


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("重庆长安", "chongqingchangan", "cqca"),
        ("厦门银行", "xiamenyinhang", "xmyh"),
        ("长兴商行", "changxingshanghang", "cxsh"),
        ("绿源", "lvyuan", "ly"),
        ("華興機械", "huaxingjixie", "hxjx"),
        ("上海ABC科技3号", "shanghaiabckeji3hao", "shakj3h"),
        ("Brightway Logistics", "brightwaylogistics", "bl"),
        ("", "", ""),
    ],
)
def test_pinyin_and_initials(name: str, pinyin: str, initials: str) -> None:
    assert pinyin_of(name) == pinyin
    assert initials_of(name) == initials


def test_doubled_writes_chinese_twice() -> None:
    assert doubled("上海abc 1") == "上上海海abc 1"


def test_very_long_names_fit_their_columns() -> None:
    assert len(pinyin_of("装" * 120)) == 400
    assert len(initials_of("装" * 120)) == 80


@given(st.text(max_size=60))
def test_folding_leaves_letters_digits_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert all(letter.isalnum() or letter == " " for letter in folded)
    assert folded == " ".join(folded.split())


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_doubling_can_be_undone(text: str) -> None:
    twice = iter(doubled(text))
    assert "".join(next(twice) if is_cjk(letter) else letter for letter in twice) == text


@given(st.text(max_size=40))
def test_syllables_hold_no_spaces_and_are_never_empty(text: str) -> None:
    assert all(syllable and " " not in syllable for syllable in syllables_of(text))


_PHRASES = st.sampled_from(
    ("重庆", "长行", "一石二鸟", "一石", "二鸟惊", "行业银行", "有限公司", "〇", "ab1")
)


@given(st.lists(_PHRASES | st.text("上海重长行庆银一石二鸟a1〇"), max_size=5).map("".join))
def test_names_are_divided_as_the_dictionary_of_sounds_divides_them(name: str) -> None:
    folded = fold(name)
    sounds = [sound for part in seg(folded) for sound in lazy_pinyin(part)]
    assert syllables_of(name) == tuple(" ".join(sounds).split())


@given(st.text(max_size=12))
def test_folding_a_name_of_one_script_takes_no_other_way(name: str) -> None:
    # Behind a letter that is neither ASCII nor Chinese nothing is taken for granted.
    assert fold(name + " ж") == f"{fold(name)} ж".strip()
