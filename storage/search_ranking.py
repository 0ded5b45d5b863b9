"""How well a customer fits a query: one number per pair, the same on both engines.

Exact before the beginning of the name, before any part of it, before persons, before pinyin,
before initials, before what only sounds alike, before what is only similar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.names import doubled, is_cjk
from storage.search_text import sound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.search_query import Query
    from storage.search_text import Entry

EXACT = 1.0
PREFIX = 0.9
PART = 0.8
#: a word of the name rather than the beginning of a longer one: Huaxing before Huaxinglong
A_WORD = 0.01
#: the end of a number, which people remember, and some of its digits
NUMBER_ENDS, NUMBER_HAS = 0.8, 0.78
#: a person's whole name before a part of one
PERSON_WHOLE, PERSON = 0.72, 0.7
#: the name of a person in pinyin
PERSON_SPELT = 0.62
#: the name of a person by its initials
PERSON_INITIALS = 0.47
PINYIN_PREFIX = 0.65
PINYIN = 0.6
INITIALS_PREFIX = 0.55
INITIALS = 0.5
#: "hengda" in "Shengda": pinyin inside an English name is mostly chance
INSIDE_A_WORD = 0.48
CORE = 0.45
#: all parts of what was typed, in another order or with something between: 机械华兴, 恒达模具
PARTS_PREFIX, PARTS = 0.445, 0.44
HOMOPHONE_PREFIX = 0.42
HOMOPHONE = 0.4
FUZZY = 0.3
#: from this length on letters may stand anywhere; shorter ones only where a name begins
_ANYWHERE = 3
_A_CHARACTER, _CHARACTERS = 0.001, 9
_NUMBER_LENGTH, _SPELT_PERSON = 4, 4
#: an area and a number, or a mobile number: what may be left is the country
WHOLE_PHONE = 10


def exactness(query: Query, entry: Entry) -> float | None:
    """How well the customer fits the query; None if it does not."""
    if _is_exact(query, entry):
        return EXACT
    if len(query.whole) == 1 and not query.is_chinese:
        return _letter(query.whole, entry)
    if entry.english_core.startswith(f" {query.whole}"):
        return PREFIX + (A_WORD if entry.english_core.startswith(f" {query.whole} ") else 0)
    found = _best(
        (
            _chinese(query.whole, entry) if query.is_chinese else None,
            _all(_word(word, entry, beside=len(query.words) > 1) for word in query.words),
            _addressed(query, entry),
            _called(query, entry),
        )
    )
    if query.joined is not None:
        found = _best((found, _latin(query.joined, entry)))
    return found


def partly(query: Query, entry: Entry) -> float | None:
    """How well all parts of a query fit, in whatever order and whatever stands between."""
    for word in query.words:
        if is_cjk(word[0]):
            for parts in query.splits(word):
                needles = [doubled(part) for part in parts]
                if any(all(needle in name for needle in needles) for name in entry.names) or (
                    _of_somebody(needles, entry)
                ):
                    begins = any(entry.names[1].startswith(needle) for needle in needles)
                    return PARTS_PREFIX if begins else PARTS
            return None
        if word not in entry.english.replace(" ", ""):
            return None
    return PARTS_PREFIX


def _of_somebody(needles: list[str], entry: Entry) -> bool:
    """Whether the first or last part is a person's name, and the rest the firm's: 曾娟机械."""
    for person, rest in ((needles[0], needles[1:]), (needles[-1], needles[:-1])):
        if person in entry.people and all(one in entry.names[0] for one in rest):
            return True
    return False


def homophony(sounding: Query, entry: Entry) -> float | None:
    """How well the customer's name sounds like the query; None if it does not."""
    found = _all(_sounds(word, entry, whole=True) for word in sounding.words)
    if found is None:
        return None
    # Of two that sound so, the one that has more of the characters.
    same = sum(doubled(letter) in entry.names[0] for letter in set(sounding.whole))
    more = _A_CHARACTER * min(same, _CHARACTERS)
    return (HOMOPHONE_PREFIX if found >= PINYIN_PREFIX else HOMOPHONE) + more


def is_whole_phone(number: str | None, kept: str) -> bool:
    """Whether a typed number is all of a kept one but the country."""
    return number is not None and len(number) >= WHOLE_PHONE and kept.endswith(number)


def _is_exact(query: Query, entry: Entry) -> bool:
    whole = query.whole
    return (
        doubled(whole) in entry.names
        or (bool(whole) and doubled(whole) == entry.english.strip())
        or whole in entry.numbers
        or (whole.isdecimal() and any(is_whole_phone(whole, kept) for kept in entry.numbers))
    )


def _letter(letter: str, entry: Entry) -> float | None:
    """A single letter: only what begins with it."""
    items = (*entry.names[1:], *entry.sounds, *entry.initials)
    if entry.english.startswith(f" {letter}") or any(item.startswith(letter) for item in items):
        return INITIALS
    return None


def _addressed(query: Query, entry: Entry) -> float | None:
    """王总: a legal representative of that surname."""
    if query.person is None or not query.person[0]:
        return None
    surname = doubled(query.person[0])
    return PERSON_SPELT if any(one.startswith(surname) for one in entry.people) else None


def _called(query: Query, entry: Entry) -> float | None:
    """A person by several words: 梁gang, Guilan Bai, Henry Tan."""
    if query.spelt_person & set(entry.people):
        return PERSON_SPELT
    several = len(query.words) > 1 and not query.is_chinese
    whole = several and any(f" {query.whole} " in f" {one} " for one in entry.people)
    return PERSON if whole else None


def _word(word: str, entry: Entry, *, beside: bool = False) -> float | None:
    kind = _chinese if is_cjk(word[0]) else _latin
    return kind(word, entry, beside=beside)


def _chinese(word: str, entry: Entry, *, beside: bool = False) -> float | None:
    needle = doubled(word)
    if any(name.startswith(needle) for name in entry.names[1:]):
        return PREFIX
    if any(needle in name for name in entry.names) or needle in entry.english:
        return PART
    if (
        any(needle in person for person in entry.people)
        if len(word) > 1
        else (beside and any(person.startswith(needle) for person in entry.people))
    ):
        return PERSON_WHOLE if needle in entry.people else PERSON
    return None


def _latin(word: str, entry: Entry, *, beside: bool = False) -> float | None:
    return _best(
        (
            _english(word, entry),
            _sounds(word, entry),
            _initials(word, entry.initials, beside=beside),
            _numbers(word, entry),
            _somebody(word, entry),
        )
    )


def _somebody(word: str, entry: Entry) -> float | None:
    """A person's name by its sound, or by its initials."""
    if word in entry.people:
        return PERSON_SPELT if len(word) >= _SPELT_PERSON else PERSON_INITIALS
    # One of several words, or the beginning of a long name: ainiwaer.
    part = len(word) >= _SPELT_PERSON and any(
        f" {word} " in f" {one} " or (len(word) > _SPELT_PERSON and one.startswith(word))
        for one in entry.people
    )
    return PERSON_SPELT if part else None


def _english(word: str, entry: Entry) -> float | None:
    start = f" {word}"
    if entry.english_core.startswith(start) or any(n.startswith(word) for n in entry.names[1:]):
        return PREFIX
    if start in entry.english:
        return PART
    if len(word) < _ANYWHERE:
        return None
    if any(word in name for name in entry.names):
        return PART
    return INSIDE_A_WORD if word in entry.english else None


def _sounds(word: str, entry: Entry, *, whole: bool = False) -> float | None:
    """Whether a name sounds so from the beginning of a syllable (`whole`: to the end of one)."""
    best: float | None = None
    for number, spelt in enumerate(entry.sounds):
        at = spelt.find(word)
        if at < 0:
            continue
        name = sound(spelt)
        while at >= 0 and not (at in name.starts and (not whole or at + len(word) in name.starts)):
            at = name.letters.find(word, at + 1)
        if at == 0 and number > 0:
            return PINYIN_PREFIX
        if at == 0 or (at > 0 and len(word) >= _ANYWHERE):
            best = PINYIN
    return best


def _initials(word: str, initials: tuple[str, ...], *, beside: bool = False) -> float | None:
    """The first letters of a name's syllables; two of them anywhere only beside other words."""
    if any(item.startswith(word) for item in initials[1:]):
        return INITIALS_PREFIX
    if initials[0].startswith(word):
        return INITIALS
    least = _ANYWHERE - 1 if beside else _ANYWHERE
    return INITIALS if len(word) >= least and word in initials[0] else None


def _numbers(word: str, entry: Entry) -> float | None:
    if len(word) < _NUMBER_LENGTH or not any(word in number for number in entry.numbers):
        return None
    return NUMBER_ENDS if any(one.endswith(word) for one in entry.numbers) else NUMBER_HAS


def _all(scores: Iterable[float | None]) -> float | None:
    lowest = EXACT
    for score in scores:
        if score is None:
            return None
        lowest = min(lowest, score)
    return min(lowest, PREFIX)


def _best(scores: Iterable[float | None]) -> float | None:
    return max((score for score in scores if score is not None), default=None)
