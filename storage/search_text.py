"""The one column that customers are looked up in: how it is written and how it is read back.

Six lines: Chinese names, English name, pinyin, initials, numbers, people. Each item stands
between `^^` and `$`, so that the trigram index also serves "begins with", even for one letter;
English words are led by a space, so that it serves "begins a word". Behind the pinyin stand the
lengths of its syllables ("huaxing:34"): what is typed must begin where one begins. Nothing that a
person types can hold these marks, because `fold` leaves letters, digits and spaces only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from storage.names import Spoken, core_of, doubled, fold, is_cjk, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

OPEN, CLOSE, LENGTHS = "^^", "$", ":"
_BETWEEN = CLOSE + OPEN
_LINES = 6
_LETTER = re.compile("[a-z]")
_TWICE = re.compile("([\u2e80-\U0010ffff])\\1")


@dataclass(frozen=True, slots=True)
class Sound:
    """A name's pinyin and the places where a syllable begins or the name ends."""

    letters: str
    starts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer's search text, read back."""

    #: full name, core, then another short name; Chinese characters doubled
    names: tuple[str, ...]
    #: " shanghai brightway logistics co ltd "
    english: str
    #: of the full name, the core and another short name: "baiweiwuliu:3324"
    sounds: tuple[str, ...]
    #: of the full name and the core
    initials: tuple[str, ...]
    numbers: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def english_core(self) -> str:
        """The English name behind the place: " brightway logistics co ltd "."""
        place, _, rest = self.english[1:].partition(" ")
        is_place = self.sounds[0].startswith(place) and not self.sounds[1].startswith(place)
        return f" {rest}" if place and rest and is_place else self.english


_NOTHING = Entry(("",), "", ("", ""), ("", ""), (), ())


def search_text(
    name_zh: str,
    name_en: str,
    short_name: str,
    *,
    numbers: Iterable[str] = (),
    people: Iterable[str] = (),
) -> str:
    """What a customer is found by, as kept in `customer.search_text`.

    `numbers` are telephone numbers and codes, `people` are names of persons.
    """
    names = [fold(name_zh), core_of(name_zh)]
    if (short := fold(short_name)) and short not in names:
        names.append(short)
    sounds = [spoken(name) for name in names]
    lines = (
        [doubled(name) for name in names],
        [f" {doubled(fold(name_en))} "],
        [_spelt(one) for one in sounds],
        [one.initials for one in sounds[:2]],
        [number for one in numbers if (number := folded_number(one))],
        _people(filter(None, map(fold, people))),
    )
    return "\n".join([f"{OPEN}{_BETWEEN.join(line)}{CLOSE}" if line else "" for line in lines])


def _people(names: Iterable[str]) -> list[str]:
    """Names of persons, and a Chinese one by its sound and its initials, too."""
    found = []
    for name in names:
        found.append(doubled(name))
        if is_cjk(name[0]):
            one = spoken(name)
            found += (one.letters, one.initials)
    return found


def undoubled(text: str) -> str:
    """A kept name as it is written: its Chinese characters once."""
    once = text[::2]
    # Most names are Chinese throughout.
    return once if once == text[1::2] else _TWICE.sub(r"\1", text)


def folded_number(number: str) -> str:
    """A telephone number as its digits, a code as its letters and digits."""
    if number.isascii() and number.isalnum():
        return number.lower()
    folded = fold(number).replace(" ", "")
    return folded if _LETTER.search(folded) else re.sub("[^0-9]", "", folded)


def entry(text: str) -> Entry:
    """The parts of a search text; empty ones where it was not written by `search_text`."""
    lines = [
        tuple(line.removeprefix(OPEN).removesuffix(CLOSE).split(CLOSE + OPEN))
        for line in text.split("\n")
    ]
    if len(lines) != _LINES:
        return _NOTHING
    names, english, sounds, initials, numbers, people = lines
    return Entry(names, english[0], (*sounds, ""), (*initials, ""), numbers, people)


def sound(spelt: str) -> Sound:
    """A spelt item read back."""
    letters, _, lengths = spelt.partition(LENGTHS)
    return Sound(letters, frozenset(accumulate(map(int, lengths), initial=0)))


def _spelt(name: Spoken) -> str:
    return f"{name.letters}{LENGTHS}{name.lengths}"
