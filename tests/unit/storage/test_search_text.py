"""The search text says again what was written into it, and queries are taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.models import Customer
from storage.names import doubled, fold
from storage.search import fill_search_fields
from storage.search_fuzzy import pieces, similarity
from storage.search_query import Query, parse
from storage.search_ranking import A_WORD, EXACT, PREFIX, exactness, homophony
from storage.search_text import Entry, entry, folded_number, search_text, sound

HUAXING = search_text(
    "上海华兴机械制造有限公司",
    "Shanghai Huaxing Machinery Manufacturing Co., Ltd.",
    "华兴机械",
    numbers=["862110000001", "91310115MAY8HT5F2U"],
    people=["王建国"],
)
CHINESE = st.text("上海苏州华兴机械制造科技有限公司重庆长行", min_size=1, max_size=20)


def test_an_entry_reads_back_what_was_written() -> None:
    read = entry(HUAXING)
    assert read.names == tuple(
        map(doubled, ("上海华兴机械制造有限公司", "华兴机械制造", "华兴机械"))
    )
    assert read.english == " shanghai huaxing machinery manufacturing co ltd "
    assert read.english_core == " huaxing machinery manufacturing co ltd "
    assert read.sounds[1] == "huaxingjixiezhizao:342333"
    assert read.initials[:2] == ("shhxjxzzyxgs", "hxjxzz")
    assert read.numbers == ("862110000001", "91310115may8ht5f2u")
    assert read.people == (doubled("王建国"), "wangjianguo", "wjg")


def test_a_text_written_otherwise_is_an_empty_entry() -> None:
    assert exactness(Query("上海", ("上海",)), entry("anything 上海")) is None
    assert entry("").english_core == ""


def test_a_short_name_that_says_nothing_new_is_left_out() -> None:
    text = search_text("上海华兴机械有限公司", "", "华兴机械")
    assert len(entry(text).names) == 2
    assert len(entry(search_text("上海华兴机械有限公司", "", "老华兴")).names) == 3


def test_a_sound_knows_where_syllables_begin() -> None:
    assert sound("huaxing:34").starts == {0, 3, 7}
    assert sound(":").starts == {0}


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("+86 (021) 1000-0001", "860211000" + "0001"),
        ("91-31 ma", "9131ma"),
        ("", ""),
        ("转8001", "8001"),
    ],
)
def test_folded_number(number: str, kept: str) -> None:
    assert folded_number(number) == kept


@given(CHINESE, st.text(max_size=40), CHINESE)
def test_every_part_of_a_name_is_in_its_search_text(zh: str, en: str, short: str) -> None:
    text = search_text(zh, en, short)
    assert text.count("\n") == 5
    for start in range(len(zh) - 1):
        assert doubled(zh[start : start + 2]) in text
    assert doubled(short) in text
    for word in fold(en).split():
        assert f" {doubled(word)} " in text


@given(CHINESE, st.text(max_size=40), st.text(max_size=20))
def test_the_names_themselves_are_exact(zh: str, en: str, short: str) -> None:
    read = entry(search_text(zh, en, short))
    for typed in (zh, en, short):
        query = parse(typed)
        if query is not None and not query.whole.isdecimal():
            assert exactness(query, read) == EXACT


@given(CHINESE)
def test_the_sound_of_a_name_is_found(zh: str) -> None:
    read = entry(search_text(zh, "", ""))
    query = Query(zh, (zh,))
    sounding = query.sounding()
    assert len(zh) < 2 or (sounding and homophony(sounding, read))


@given(st.text(max_size=300), CHINESE, st.text(max_size=20))
def test_any_text_can_be_compared_with_any_name(typed: str, zh: str, en: str) -> None:
    read = entry(search_text(zh, en, "", numbers=[en], people=[en]))
    query = parse(typed)
    if query is None:
        return
    for one in (query, query.core(), query.sounding()):
        if one is not None:
            assert (exactness(one, read) or EXACT) <= EXACT
            homophony(one, read)
            similarity(one, read)
            pieces(one)
    for alternative in (*query.needles(), *query.first_needles(), *pieces(query)):
        for clause in alternative:
            assert clause
            for needle in clause:
                assert not set(needle) & set("%_\\\"'\x00\n")


@given(CHINESE, st.text(max_size=20), st.data())
def test_what_fits_has_the_needles(zh: str, en: str, data: st.DataObject) -> None:
    text = search_text(zh, en, "", numbers=["13800000000"])
    typed = data.draw(st.one_of(CHINESE, st.just(en), st.text("huaxingshj ", max_size=8)))
    query = parse(typed)
    if query is None or exactness(query, entry(text)) is None:
        return
    assert any(
        all(any(needle in text for needle in clause) for clause in alternative)
        for alternative in query.needles()
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("华兴 机械", ("华兴", "机械")),
        ("华兴Machinery", ("华兴", "machinery")),
        ("Brightway Co., Ltd.", ("brightway",)),
        ("co ltd", ("co", "ltd")),
        ("+86 138-0000-1111", ("13800001111",)),
        ("0086 13800001111", ("13800001111",)),
        ("(021) 5555 0001", ("2155550001",)),
        ("8613800001111", ("13800001111",)),
        ("86", ("86",)),
        ("abc123", ("abc123",)),
    ],
)
def test_parse(typed: str, words: tuple[str, ...]) -> None:
    query = parse(typed)
    assert query is not None
    assert query.words == words


@pytest.mark.parametrize("typed", ["", "   ", "+-()", "0", "😀", "\u0301", "x" * 201])
def test_nothing_to_look_for(typed: str) -> None:
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("王总", ("王", "总")),
        ("欧阳经理", ("欧阳", "经理")),
        ("李老板", ("李", "")),
        ("董董事长", ("董", "董事长")),
        ("总", None),
        ("华兴", None),
    ],
)
def test_a_person_as_addressed(typed: str, person: tuple[str, str] | None) -> None:
    query = parse(typed)
    assert query is not None
    assert query.person == person


def test_fuzzy_pieces_leave_out_what_every_firm_has() -> None:
    query = parse("上海华兴有限公司")
    assert query is not None
    ((clause,),) = pieces(query)
    assert doubled("华兴") in clause
    assert doubled("上海") not in clause
    assert doubled("公司") not in clause


def test_too_long_or_short_for_a_guess() -> None:
    assert pieces(Query("华" * 41, ("华" * 41,))) == ()
    assert pieces(Query("华兴", ("华兴",))) == ()
    assert similarity(Query("华兴", ("华兴",)), entry(HUAXING)) is None


@pytest.mark.parametrize("typed", ["华兴A1科技", "上海华兴A1", "兴a1科", "A1 华兴", "科技 华兴"])
def test_short_latin_runs_inside_chinese_names(typed: str) -> None:
    text = search_text("上海华兴A1科技有限公司", "", "")
    query = parse(typed)
    assert query is not None
    found = exactness(query, entry(text))
    assert (found is None) == (typed == "A1 华兴")  # two letters are found where a word begins


def test_fill_search_fields() -> None:
    customer = Customer(
        name_zh="重庆长安机械有限公司", name_en="Chongqing Changan", short_name="长安",
        phone="862310000001", legal_representative="王建国",
    )  # fmt: skip
    fill_search_fields(customer)
    assert customer.pinyin == "chongqingchanganjixieyouxiangongsi"
    assert customer.initials == "cajx cqcajxyxgs"
    found = entry(customer.search_text)
    assert exactness(Query("长安机械", ("长安机械",)), found) == EXACT
    assert exactness(Query("caj", ("caj",)), found) is not None
    assert exactness(Query("changan", ("changan",)), found) == PREFIX + A_WORD
    assert isinstance(found, Entry)
