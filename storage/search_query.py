"""What a person typed, taken apart for the search: words, and what must stand in a search text.

A query is a list of words that all must be found. `needles` says what a row must contain to come
into question, as alternatives of clauses: the index answers those, `storage.search_ranking` then
looks closely.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from storage.names import core_of, doubled, fold, is_cjk, pinyin_of
from storage.search_text import OPEN, folded_number

#: one row must contain one string of every clause of one alternative
Clause = tuple[str, ...]
Alternative = tuple[Clause, ...]

_LONGEST = 200
_RUNS = re.compile(r"[⺀-\U0010ffff]+|[^⺀-\U0010ffff\s]+")
_NUMBER = re.compile(r"[+\d\s().·‐-—/-]+")
_FOREIGN_PREFIX = re.compile(r"^(?:00)?86(?=1\d{10}$|0?[2-9]\d{8,10}$)")
#: most of a credit code
_CODE = re.compile(r"(?=(?:\D*\d){5})[0-9a-z]{8,18}")
_MISREAD = str.maketrans("oi", "01")
#: words of a legal form and such as join others, which tell nothing where there is another word
_LEGAL_FORM = frozenset(
    {"co", "ltd", "company", "limited", "inc", "corp", "corporation", "llc", "the", "and", "of"}
)
#: what a trigram index can look up
_INDEXABLE = 3
_NUMBER_DIGITS = 4
#: how much of a long number the index is asked for
NUMBER_END = 8
#: from so many digits on a zero is the trunk's; before, it may be the middle of a number
_TRUNK = 8
_NAME_WORDS = 2
_MOST_SPLITS, _MOST_WORDS, _ENDS = 30, 6, 4
_PERSON = re.compile(
    r"([\u4e00-\u9fff]{1,2}?)(总|总经理|董|董事长|经理|主任|厂长|会计|财务|老板|先生|女士)"
)
_ADDRESS_ONLY = frozenset({"老板", "先生", "女士"})


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for."""

    #: the folded text
    whole: str
    #: runs of Chinese characters, of Latin letters and digits
    words: tuple[str, ...]

    @property
    def is_chinese(self) -> bool:
        """Whether there is a Chinese character in it."""
        return any(is_cjk(word[0]) for word in self.words)

    @property
    def joined(self) -> str | None:
        """Several Latin words as one, where they may be one: "hua xing", "h x j x"."""
        if len(self.words) < 2 or self.is_chinese:
            return None
        return "".join(self.words)

    @property
    def number(self) -> str | None:
        """The number or code that it may be part of."""
        is_one = len(self.words) == 1 and len(self.words[0]) >= _NUMBER_DIGITS
        return self.words[0] if is_one and not self.is_chinese else None

    @property
    def person(self) -> tuple[str, str] | None:
        """A person as addressed, 王总: the beginning of the name and part of the post."""
        found = _PERSON.fullmatch(self.whole)
        if found is None:
            return None
        surname, post = found.groups()
        return surname, "" if post in _ADDRESS_ONLY else post

    @property
    def spelt_person(self) -> frozenset[str]:
        """A person's name by its sound, half spelt or the surname last: 梁gang, Guilan Bai."""
        if len(self.words) != _NAME_WORDS or any(map(str.isdecimal, self.words)):
            return frozenset()
        kinds = {is_cjk(word[0]) for word in self.words}
        if len(kinds) > 1:
            return frozenset({pinyin_of("".join(self.words))} if len(self.words[0]) == 1 else ())
        return frozenset(() if self.is_chinese else {self.words[1] + self.words[0]})

    def needles(self) -> tuple[Alternative, ...]:
        """What a row must contain if it is found by its names or numbers."""
        together = tuple(_clause(word, alone=len(self.words) == 1) for word in self.words)
        joined = ((_clause(self.joined),),) if self.joined else ()
        return (together, *joined, *(((name,),) for name in sorted(self.spelt_person)))

    def first_needles(self) -> tuple[Alternative, ...]:
        """What the best rows contain: names that begin with the query."""
        start = doubled(self.whole)
        openings: Clause = (OPEN + start, f"{OPEN} {start}", OPEN + start.replace(" ", ""))
        return ((openings,),)

    def sounding(self) -> Query | None:
        """The query by its sound, if that is another one."""
        if not any(len(word) > 1 and is_cjk(word[0]) for word in self.words):
            return None
        return Query(self.whole, tuple(pinyin_of(word) for word in self.words))

    def splits(self, word: str) -> list[tuple[str, ...]]:
        """A word in two or three parts, where it is long enough to be several."""
        least = 2 if is_cjk(word[0]) else _INDEXABLE
        ends = range(least, len(word) - least + 1)
        found: list[tuple[str, ...]] = [(word[:at], word[at:]) for at in ends]
        if is_cjk(word[0]):
            found += [
                (word[:one], word[one:two], word[two:])
                for one in ends
                for two in range(one + least, len(word) - least + 1)
            ]
        return found[:_MOST_SPLITS]

    def parted(self) -> tuple[Alternative, ...]:
        """What a row must contain if it has all parts of the one word that was typed."""
        if len(self.words) != 1 or (self.number is not None and self.words[0].isdecimal()):
            return ()
        word = self.words[0]
        splits = self.splits(word)
        if splits and not is_cjk(word[0]) and len(word) >= 2 * _ENDS:
            splits.append((word[:_ENDS], word[-_ENDS:]))  # of more words than two
        return tuple(tuple((doubled(part),) for part in parts) for parts in splits)

    def but_one(self) -> tuple[Alternative, ...]:
        """What a row must contain if all words but one were typed rightly."""
        if not 2 <= len(self.words) <= _MOST_WORDS:
            return ()
        clauses = [_clause(word, alone=False) for word in self.words]
        return tuple(
            tuple(clause for at, clause in enumerate(clauses) if at != left)
            for left in range(len(clauses))
        )

    def core(self) -> Query | None:
        """The query without place and legal form, if that is another one."""
        core = core_of(self.whole)
        return None if core == self.whole else parse(core)


def parse(text: str) -> Query | None:
    """The query that a text is; None if there is nothing to look for in it."""
    if len(text) > _LONGEST:
        return None
    text = text.strip()
    if _NUMBER.fullmatch(text):
        # Kept numbers carry the country's code; typed ones the trunk's zero, or neither.
        digits = _FOREIGN_PREFIX.sub("", folded_number(text))
        if not _NUMBER_DIGITS <= len(digits) <= _TRUNK:
            digits = digits.removeprefix("0")
        return Query(digits, (digits,)) if digits else None
    # Split first: between Chinese words folding would take the space away.
    words = tuple(run for part in text.split() for run in _RUNS.findall(fold(part)))
    if len(words) == 1 and _CODE.fullmatch(words[0]):
        # Codes have neither letter, so that one of them is a digit that was misread.
        words = (words[0].translate(_MISREAD),)
        return Query(words[0], words)
    whole = fold(text)
    telling = tuple(word for word in words if word not in _LEGAL_FORM) or words
    return Query(whole, telling) if telling else None


def is_indexable(needle: str) -> bool:
    """Whether a trigram index can look it up."""
    return len(needle) >= _INDEXABLE


def _clause(word: str, *, alone: bool = True) -> Clause:
    if is_cjk(word[0]):
        return (doubled(word),)
    if len(word) > NUMBER_END and word[-NUMBER_END:].isdecimal():
        # The end of a number tells most; the index would look up each trigram of the whole.
        return (word[-NUMBER_END:],)
    if len(word) >= _INDEXABLE or not alone:
        # Beside other words a short one may stand anywhere; the others narrow the search.
        return (word,)
    # A single letter finds only what begins with it.
    return (OPEN + word, f"{OPEN} {word}" if len(word) == 1 else f" {word}")
