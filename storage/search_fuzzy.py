"""Typing errors: names that are only similar to what was typed.

Tried when nothing else was found, over rows that share a piece of a few letters with the query: an
error spoils some pieces, hardly all. Similarity is rapidfuzz's, on letters and on sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from storage.names import doubled, is_cjk, pinyin_of
from storage.search_ranking import FUZZY
from storage.search_regions import REGIONS
from storage.search_text import OPEN

if TYPE_CHECKING:
    from storage.search_query import Alternative, Query
    from storage.search_text import Entry

_LONGEST = 40
_MOST_PIECES = 24
#: pieces that half of all firms share say nothing
_COMMON = frozenset({*REGIONS, "有限", "限公", "公司", "科技", "贸易", "企业", "集团"})
_MOST_COMMON_WORDS = frozenset({"shanghai", "limited", "company", "technology", "trading"})
_SHORT_CHINESE, _SHORT_LATIN = 3, 5
_LONG_LATIN = 8
_SHORT_CODE, _HALF_CODE, _MOBILE = 16, 8, 11
#: how similar, of 100: letters of a Chinese name, its sound, a Latin word
_PARTLY = 0.95
_LETTERS, _SOUND, _WORD, _SHORT_WORD = 74, 86, 80, 75


def pieces(query: Query) -> tuple[Alternative, ...]:
    """What a row may share with the query; empty where it is too short or long to be guessed."""
    if len(query.whole) > _LONGEST:
        return ()
    found: dict[str, None] = {}
    for word in query.words:
        length = _piece_length(word)
        if not length or word in _MOST_COMMON_WORDS:
            continue
        for at in range(len(word) - length + 1):
            piece = word[at : at + length]
            if piece not in _COMMON:
                found[doubled(piece)] = None
    chosen = tuple(found)[:_MOST_PIECES]
    return ((chosen,),) if chosen else ()


def halves_of_code(query: Query) -> tuple[Alternative, ...]:
    """Either half of a credit code or telephone number of which a letter or two may be wrong."""
    code = query.words[0]
    half = min(_HALF_CODE, len(code) // 2)
    return (((code[:half],),), ((code[-half:],),))


def is_code(query: Query) -> bool:
    """Whether it can be a whole credit code or mobile number, but for a typing error."""
    code = query.words[0]
    if len(query.words) != 1 or not code.isascii():
        return False
    whole = _SHORT_CODE <= len(code) <= _SHORT_CODE + 3 and any(map(str.isdecimal, code))
    return whole or (code.isdecimal() and abs(len(code) - _MOBILE) <= 1)


def like_code(query: Query, entry: Entry) -> float | None:
    """How like a code or number is to the customer's: two errors of a code, one of a number."""
    code = query.words[0]
    most = 2 if len(code) >= _SHORT_CODE else 1
    wrong = min((OSA.distance(code, one, score_cutoff=most) for one in entry.numbers),
                default=most + 1)  # fmt: skip
    return FUZZY - 0.05 * wrong if wrong <= most else None


def pairs(query: Query) -> tuple[Alternative, ...]:
    """Two pieces of one word that do not touch: far fewer rows have both than have one.

    One typing error spoils pieces that touch each other, so two that do not are left.
    """
    if len(query.whole) > _LONGEST:
        return ()
    found: list[Alternative] = []
    for word in query.words:
        length = _piece_length(word)
        if not length or word in _MOST_COMMON_WORDS:
            continue
        at = range(len(word) - length + 1)
        found += [
            ((doubled(word[one : one + length]),), (doubled(word[two : two + length]),))
            for one in at
            for two in at
            if two >= one + length
        ]
    return tuple(found[:_MOST_PIECES])


def opened(query: Query) -> tuple[Alternative, ...]:
    """A Chinese word with one letter wrong, by what stands before and behind that letter.

    Where it is the second one, the first still opens a name, and a pair behind is whole.
    """
    found: list[Alternative] = []
    for word in query.words:
        if not is_cjk(word[0]) or len(word) <= _SHORT_CHINESE:
            continue
        first = (OPEN + doubled(word[0]),)
        found += [
            (first, (doubled(word[at : at + 2]),))
            for at in range(2, len(word) - 1)
            if word[at : at + 2] not in _COMMON
        ]
        found += [((doubled(word[1:]),),), ((doubled(word[:-1]),),)]
    return tuple(found[:_MOST_PIECES])


def similarity(query: Query, entry: Entry) -> float | None:
    """FUZZY or less, for a customer whose name is similar enough; None for others."""
    beside = len(query.words) > 1
    likeness = [
        _chinese(word, entry) if is_cjk(word[0]) else _latin(word, entry, beside=beside)
        for word in query.words
    ]
    if query.joined is not None:
        likeness = [max(_latin(query.joined, entry), min(likeness))]
    worst = min(likeness)
    return FUZZY * worst / 100 if worst else None


def _piece_length(word: str) -> int:
    if is_cjk(word[0]):
        return 2 if len(word) >= _SHORT_CHINESE else 0
    if len(word) < _SHORT_LATIN or word.isdecimal():
        return 0
    return 4 if len(word) >= _LONG_LATIN else 3


def _chinese(word: str, entry: Entry) -> float:
    """How like the word is to a part of the core or short name; 0 for too little."""
    if len(word) < _SHORT_CHINESE:
        return 0.0
    best = 0.0
    sound = pinyin_of(word)
    for name, spelt in zip(entry.names[1:], entry.sounds[1:], strict=False):
        if len(name) < 2 * _SHORT_CHINESE:
            continue
        if len(word) > _SHORT_CHINESE:
            part = fuzz.partial_ratio(doubled(word), name, score_cutoff=_LETTERS)
            # Of those that hold a like part, the one that is like it as a whole.
            best = max(best, part and (2 * part + fuzz.ratio(doubled(word), name)) / 3)
        letters = spelt.partition(":")[0]
        best = max(best, fuzz.partial_ratio(sound, letters, score_cutoff=_SOUND))
    return best


def _latin(word: str, entry: Entry, *, beside: bool = False) -> float:
    """How like the word is to one of the name; a short one only beside others."""
    if word.isdecimal() or (len(word) < _SHORT_LATIN and not beside):
        return 100.0 if f" {word}" in entry.english else 0.0
    if len(word) < _SHORT_LATIN:
        return max(
            (_word(word, other, _SHORT_WORD) for other in entry.english.split()), default=0.0
        )
    best = max(
        (_word(word, other, _WORD) for other in entry.english.split()),
        default=0.0,
    )
    for spelt in entry.sounds:
        letters = spelt.partition(":")[0]
        if len(letters) >= len(word):
            # A part of a name that sounds so is less than a word that is written so.
            best = max(best, _PARTLY * fuzz.partial_ratio(word, letters, score_cutoff=_SOUND))
    return best


def _word(word: str, other: str, cutoff: float) -> float:
    """How like two Latin words are; letters that changed places are one error."""
    ratio = fuzz.ratio(word, other, score_cutoff=cutoff)
    return ratio and (ratio + 100 * OSA.normalized_similarity(word, other)) / 2
