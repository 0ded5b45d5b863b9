"""How well a firm fits a reading: its place, and the rest against its name without the place.

The name is taken without place and legal form wherever they stand: 美杰(武汉)日化 is 美杰日化.
Fitting are, from the best: the words as they stand, in another order, by sound, by initials, with
characters left out (华机 for 华兴机械), by a blurred sound, with one wrong.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from storage.names import doubled, is_cjk, pinyin_of, syllables_of
from storage.search_covering import covered, known
from storage.search_ranking import FUZZY, PERSON
from storage.search_regions import REGIONS
from storage.search_text import undoubled

if TYPE_CHECKING:
    from storage.search_readings import Person, Reading
    from storage.search_text import Entry

BEGINS, INSIDE, PARTS, ENGLISH = 0.405, 0.395, 0.385, 0.4
HOMOPHONE_BEGINS, HOMOPHONE_INSIDE = 0.38, 0.37
SPELT_BEGINS, SPELT_INSIDE = 0.38, 0.37
INITIALS_BEGIN, INITIALS_INSIDE, INITIALS_PARTS = 0.36, 0.35, 0.33
SHORTENED, SHORTENED_INSIDE = 0.34, 0.31
BLURRED = 0.32
#: of equals the shorter name first: the head office before its branch
_A_LETTER = 0.0001
#: what southern speech does not tell apart: zh and z, l and n, ing and in
_BLUR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))
#: the place fits, or it is another one
IN_PLACE, ELSEWHERE = 0.04, 0.12
_LEAST_ELSEWHERE = 0.36
_LONG, _LONGER = 3, 6
_ANYWHERE = 3
#: how similar a Latin word must be, of 100; in the place that was named less is enough
_LIKE, _LIKE_IN_PLACE, _LEAST_LIKE = 82, 74, 4


_BY_LETTER = {
    letter: tuple(one for one in REGIONS if one[0] == letter) for letter in {r[0] for r in REGIONS}
}


class Bare(NamedTuple):
    """A firm's name without place and legal form, and its sound."""

    letters: str
    syllables: tuple[str, ...]

    @property
    def spelt(self) -> str:
        """The sound in one word."""
        return "".join(self.syllables)

    @property
    def initials(self) -> str:
        """The first letters of the syllables."""
        return "".join(syllable[0] for syllable in self.syllables)


def fitness(reading: Reading, entry: Entry, city: str) -> float | None:
    """How well the firm fits; None if it does not. Below what the words find as they stand."""
    there = any(_is_in(place, entry, city) for place in reading.places)
    bare = _bare(undoubled(entry.names[1]))
    found = _as_one(reading, bare)
    for word in reading.words if found is None else ():
        one = _chinese(word, bare) if is_cjk(word[0]) else _latin(word, bare, entry, there=there)
        if one is None:
            return None
        found = one if found is None else min(found, one)
    if found is None:
        return None
    found -= _A_LETTER * len(entry.names[0])
    if not reading.places:
        return found
    if there:
        return found + IN_PLACE
    # One letter is a place only where the firm is there: 德文化 is a firm 德…文化 as well.
    named = any(len(place) > 1 for place in reading.places)
    return found - ELSEWHERE if named and found >= _LEAST_ELSEWHERE else None


def knows(person: Person, entry: Entry, city: str) -> float | None:
    """PERSON, if the legal representative is that one and the firm fits what was said of it."""
    name = doubled(person.name)
    if len(person.name) == 1:
        if not any(one.startswith(name) for one in entry.people):
            return None
    elif name not in entry.people:
        return None
    return PERSON if all(_is_of(word, entry, city) for word in person.firm) else None


def _is_of(word: str, entry: Entry, city: str) -> bool:
    if not is_cjk(word[0]):
        return f" {word}" in entry.english
    firm = known(entry, city)
    return word in firm.texts or covered(word, firm) is not None


def _is_in(place: str, entry: Entry, city: str) -> bool:
    name, place = undoubled(entry.names[0]), place.removesuffix("市")
    if len(place) == 1:
        return city.startswith(place) or name.startswith(place)
    return bool(place) and (city.startswith(place) or place in name)


@lru_cache(maxsize=4096)
def _bare(core: str) -> Bare:
    for at in range(1, len(core)) if len(core) > _LONG else ():
        region = next(
            (one for one in _BY_LETTER.get(core[at], ()) if core.startswith(one, at)), ""
        )
        if region and len(core) - len(region) >= 2:
            core = core.replace(f"{region}市", "").replace(region, "")
            break
    return Bare(core, syllables_of(core))


def _as_one(reading: Reading, bare: Bare) -> float | None:
    """Chinese and Latin mixed in one name, by its sound: 韩ji火锅店."""
    kinds = {is_cjk(word[0]) for word in reading.words}
    if len(kinds) < 2:
        return None
    begins, inside = _spelt(pinyin_of(reading.letters), bare)
    return HOMOPHONE_BEGINS if begins else HOMOPHONE_INSIDE if inside else None


def _chinese(word: str, bare: Bare) -> float | None:
    if word in bare.letters:
        return BEGINS if bare.letters.startswith(word) else INSIDE
    if len(word) == 1:
        return None
    if any(a in bare.letters and b in bare.letters for a, b in _halves(word)):
        return PARTS
    begins, inside = _spelt(pinyin_of(word), bare)
    if begins or inside:
        return HOMOPHONE_BEGINS if begins else HOMOPHONE_INSIDE
    if _leaves_out(word, bare.letters):
        return SHORTENED if bare.letters[0] == word[0] else SHORTENED_INSIDE
    return _one_wrong(word, bare)


def _halves(word: str) -> list[tuple[str, str]]:
    return [(word[:at], word[at:]) for at in range(2, len(word) - 1)]


def _spelt(sound: str, bare: Bare) -> tuple[bool, bool]:
    """Whether the name begins with a sound, and whether one of its syllables does."""
    starts, ends, at = set(), set(), 0
    for syllable in bare.syllables:
        starts.add(at)
        at += len(syllable)
        ends.add(at)
    found = bare.spelt.find(sound)
    while found >= 0:
        if found in starts and found + len(sound) in ends:
            return found == 0, True
        found = bare.spelt.find(sound, found + 1)
    return False, False


def _leaves_out(word: str, name: str) -> bool:
    """Whether the word is the name with characters left out: 远教育 of 远立教育咨询."""
    at = name.find(word[0])
    if at < 0 or (at > 0 and len(word) < _LONG):
        return False
    for letter in word[1:]:
        at = name.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _one_wrong(word: str, bare: Bare) -> float | None:
    """One character wrong, missing, too many or swapped; two of a long word."""
    if len(word) < _LONG:
        return None
    most = 2 if len(word) >= _LONGER else 1
    best, begins = most + 1, False
    for length in (len(word), len(word) - 1, len(word) + 1):
        for at in range(max(len(bare.letters) - length, 0) + 1):
            wrong = OSA.distance(word, bare.letters[at : at + length], score_cutoff=most)
            if wrong < best:
                best, begins = wrong, at == 0
    if best <= most:
        likeness = fuzz.ratio(pinyin_of(word), pinyin_of(bare.letters[: len(word)])) / 100
        return FUZZY - 0.03 * best + (0.01 if begins else 0) + 0.01 * likeness
    for one, two in _halves(word):
        for sure, other in ((one, two), (two, one)):
            if sure in bare.letters and _half_like(other, bare.letters.replace(sure, " ")):
                return FUZZY - 0.06
    ratio = fuzz.partial_ratio(pinyin_of(word), bare.spelt, score_cutoff=_LIKE + 4)
    return (FUZZY - 0.05) * ratio / 100 if ratio else None


def _half_like(pair: str, name: str) -> bool:
    """Whether one of two characters stands where it should: 丽淼 and 丽森."""
    return len(pair) == 2 and any(
        (a == pair[0] and b != " ") or (b == pair[1] and a != " ") for a, b in pairwise(name)
    )


def _latin(word: str, bare: Bare, entry: Entry, *, there: bool) -> float | None:
    if f" {word}" in entry.english:
        return ENGLISH
    begins, inside = _spelt(word, bare)
    if begins or bare.spelt.startswith(word):
        return SPELT_BEGINS
    if len(word) < _ANYWHERE:
        return None
    if inside:
        return SPELT_INSIDE
    found = _initials(word, bare, there=there) or _blurred(word, bare)
    return found or _like(word, bare, entry, there=there)


def _initials(word: str, bare: Bare, *, there: bool) -> float | None:
    if word in bare.initials:
        return INITIALS_BEGIN if bare.initials.startswith(word) else INITIALS_INSIDE
    # Two pairs of letters stand in many names, but not in many of one place.
    parts = there and any(a in bare.initials and b in bare.initials for a, b in _halves(word))
    return INITIALS_PARTS if parts else None


def _blurred(word: str, bare: Bare) -> float | None:
    """As it is heard in the south: xinnong for 鑫隆."""
    return BLURRED if len(word) > _ANYWHERE and _blur(bare.spelt).startswith(_blur(word)) else None


@lru_cache(maxsize=4096)
def _blur(spelt: str) -> str:
    for clear, heard in _BLUR:
        spelt = spelt.replace(clear, heard)
    return spelt


def _like(word: str, bare: Bare, entry: Entry, *, there: bool) -> float | None:
    if len(word) < _LEAST_LIKE or word.isdecimal():
        return None
    least = _LIKE_IN_PLACE if there else _LIKE
    best = max((fuzz.ratio(word, one, score_cutoff=least) for one in entry.english.split()),
               default=0.0)  # fmt: skip
    # What is typed is most often how the name begins.
    opening = bare.spelt[: len(word)]
    swapped = OSA.normalized_similarity(word, opening, score_cutoff=least / 100)
    best = max(best, fuzz.ratio(word, opening, score_cutoff=least), 100 * swapped)
    if len(bare.spelt) >= len(word) > _LEAST_LIKE:
        best = max(best, 0.96 * fuzz.partial_ratio(word, bare.spelt, score_cutoff=least + 4))
    return FUZZY * best / 100 if best else None
