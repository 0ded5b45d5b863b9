"""The keys by which customers' names are found in a text, exact ones first, then the near ones.

Chinese names are found by their first two characters and then followed as far as they agree;
homophones the same way over syllables, with southern sounds merged. English words are looked up
whole and, if nothing fits, within one or two slips. Near matches are tried only where no exact
one was found, so a well-typed name never loses to a similar one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from core.language import name_parts as parts
from core.language.wordlists import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

#: start, end, customer, score, confidence
Hit = tuple[int, int, int, float, float]

_CJK_RUN = re.compile(r"[\u4e00-\u9fffa-z0-9]+")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_ORDINARY = frozenset(
    listed(
        "about after again agreed also amount annual answer asked bank before billing branch "
        "business called calling client coming company complained contact contract credit "
        "customer deposit director discount email emailed evening factory finance follow "
        "friday general guarantee happy having holding house initial insurance interest "
        "interested invoice issued letter limit loan looking manager meeting million monday "
        "month morning needed needs never night noon number office opened owner payment "
        "payroll phone please product prefers quarter quoted really remind reminder renew "
        "renewal reply request review salary saturday schedule season sector service settle "
        "settlement several should signed since sister something spoke still sunday supplier "
        "supply talked tender thanks their thing think three thursday today together tomorrow "
        "tonight trade trading tuesday until update visit visited voicemail wants wealth "
        "wechat wednesday weekend welcome winter without working would yesterday available "
        "booking bright brought charge cheaper clear closed coffee complaint could currently "
        "declined delayed delivery discuss discussed documents done drop dropped during early "
        "either enough expect expired export facility first friend future group growth happen "
        "hello higher hoping import including invited later least leave left lower lunch "
        "market matures meet might money moved needing another nothing offer offered only "
        "order other overdraft paid people picked planning possible price proposal purchase "
        "question quick rate ready received refused report return revolving right second "
        "seems send sent setup short shown signing small sounds speak start stay stock "
        "stopped straight sure taken talk team tell term terms than that then there they this "
        "time told took turn under unhappy used using value very waiting warehouse watch week "
        "went what when where which while will with work year golden dragon"
    )
)


class Keys:
    """The index; `freeze` it once all names are in."""

    def __init__(self) -> None:
        #: first two characters → (customer, name, length of the brand)
        self._heads: dict[str, list[tuple[int, str, int]]] = {}
        #: first two merged syllables → (customer, syllables, name, length of the brand)
        self._sounds: dict[tuple[str, str], list[tuple[int, tuple[str, ...], str, int]]] = {}
        self._names: list[tuple[int, str, int]] = []
        self._aliases: dict[str, list[int]] = {}
        #: word or joined words → (customer, score, confidence)
        self._latin: dict[str, list[tuple[int, float, float]]] = {}
        self._near: dict[str, list[str]] = {}
        self._longest = 1

    def add_chinese(self, index: int, name: str, brand: int) -> None:
        """A Chinese name without its form, and how many characters of it are the brand."""
        self._heads.setdefault(name[:2], []).append((index, name, brand))
        self._names.append((index, name, brand))
        sounds = parts.syllables(name)
        merged = tuple(parts.blurred(s) for s in sounds)
        if len(merged) >= 2:
            self._sounds.setdefault((merged[0], merged[1]), []).append(
                (index, merged, name, brand)
            )
        head = sounds[:brand]
        self._put_latin("".join(sounds), index, 7.0, 0.9)
        self._put_latin("".join(head), index, 3.0, 0.8)
        if len(sounds) > brand + 2:
            self._put_latin("".join(sounds[: brand + 2]), index, 6.0, 0.85)
        for length in (len(sounds), brand + 2, brand):
            if length >= 3 or (length == 2 and brand == 2):
                initials = "".join(s[0] for s in sounds[:length] if s)
                score = 1.0 if length == 2 else 2.0 + length / 10
                self._put_latin(("=" if length == 2 else "") + initials, index, score, 0.6)

    def add_alias(self, index: int, alias: str) -> None:
        """A short name that people use, as it stands."""
        self._aliases.setdefault(alias, []).append(index)

    def add_english(
        self, index: int, words: tuple[str, ...], core: tuple[str, ...], *, sure: bool
    ) -> None:
        """An English name: all its words, the distinctive ones, and whether the first suffices."""
        self._put_latin(" ".join(words), index, 9.0, 0.98)
        self._put_latin(
            " ".join(core), index, 4.0 + len(core), 0.95 if sure or len(core) > 1 else 0.7
        )
        if len(core) > 1:
            self._put_latin("".join(core), index, 5.0, 0.9)
            if sure:
                self._put_latin(core[0], index, 3.5, 0.85)
        if words != core:
            at = next((i for i, w in enumerate(words) if w == core[0]), 0)
            longer = words[at : at + len(core) + 1]
            self._put_latin(" ".join(longer), index, 6.0 + len(core), 0.97)

    def _put_latin(self, key: str, index: int, score: float, confidence: float) -> None:
        if len(key) < 2:
            return
        found = self._latin.setdefault(key, [])
        if all(i != index or s < score for i, s, _ in found):
            found.append((index, score, confidence))
        self._longest = max(self._longest, key.count(" ") + 1)

    def freeze(self) -> None:
        """Prepare the lookups that need all names."""
        self._longest = min(self._longest, 6)
        for key in self._latin:
            if len(key) >= 5 and key[0] != "=":
                self._near.setdefault(key[0], []).append(key)

    def search(self, text: str) -> list[Hit]:
        """Every match in a normalised text."""
        hits = list(self._exact(text))
        hits.extend(self._english(text))
        for bolder in (self._homophones, self._slips):
            taken = {at for hit in hits for at in range(hit[0], hit[1])}
            hits.extend(h for h in bolder(text) if taken.isdisjoint(range(h[0], h[1])))
        if not hits:
            hits.extend(self._one_wrong(text))
        return hits

    def _exact(self, text: str) -> Iterator[Hit]:
        for alias, indexes in self._aliases.items():
            at = text.find(alias)
            if at >= 0:
                for index in indexes:
                    yield at, at + len(alias), index, 8.0 + len(alias), 0.95
        for at in range(len(text) - 1):
            for index, name, brand in self._heads.get(text[at : at + 2], ()):
                length = _common(text, at, name)
                if length >= min(brand, 2) and length >= 2:
                    full = length == len(name)
                    sure = length >= brand
                    yield (
                        at,
                        at + length,
                        index,
                        length + (0.6 if full else 0.0),
                        (0.98 if full else 0.9 if sure else 0.6),
                    )

    def _english(self, text: str) -> Iterator[Hit]:
        words = list(_WORD.finditer(text))
        for i, first in enumerate(words):
            key, end = "", first.start()
            for word in words[i : i + self._longest]:
                if key and text[end : word.start()].strip(" -&.'"):
                    break
                key = f"{key} {word[0]}" if key else word[0]
                end = word.end()
                name = key.removesuffix("'s")
                close = end - (len(key) - len(name))
                for index, score, confidence in self._latin.get(name, ()):
                    if len(key) < 4 and (key in _ORDINARY or key in _LITTLE):
                        continue
                    yield first.start(), close, index, score, confidence
                joined = key.replace(" ", "")
                if joined != key:
                    for index, score, confidence in self._latin.get(joined, ()):
                        yield first.start(), end, index, score, confidence
            if len(first[0]) == 2 and first[0] not in _LITTLE:
                for index, score, confidence in self._latin.get("=" + first[0], ()):
                    yield first.start(), first.end(), index, score, confidence

    def _homophones(self, text: str) -> Iterator[Hit]:
        if not any("\u4e00" <= c <= "\u9fff" for c in text):
            return
        merged = [parts.blurred(s) for s in parts.syllables(text)]
        for at in range(len(text) - 1):
            for index, sounds, name, brand in self._sounds.get((merged[at], merged[at + 1]), ()):
                length = same = 0
                for own, heard in zip(sounds, merged[at:], strict=False):
                    if own != heard:
                        break
                    same += name[length] == text[at + length]
                    length += 1
                # Two syllables agree by chance; one true character or a third syllable tells.
                if length >= brand and ((length >= 3 and same) or length >= 4 or same):
                    yield at, at + length, index, length - 0.3, 0.7 if length >= 3 else 0.6

    def _slips(self, text: str) -> Iterator[Hit]:
        for match in _WORD.finditer(text):
            word = match[0].removesuffix("'s")
            if len(word) < 5 or word in _ORDINARY or word in self._latin or not word.isalpha():
                continue
            room = 1 if len(word) < 8 else 2
            best = room
            found: list[tuple[str, int]] = []
            for key in self._near.get(word[0], ()):
                if abs(len(key) - len(word)) > best:
                    continue
                distance = OSA.distance(word, key, score_cutoff=best)
                if distance <= best:
                    found.append((key, distance))
                    best = distance
            for key, distance in found:
                if distance == best:
                    for index, score, confidence in self._latin[key]:
                        yield (
                            match.start(),
                            match.end(),
                            index,
                            score - distance,
                            confidence - 0.25,
                        )

    def _one_wrong(self, text: str) -> Iterator[Hit]:
        """A name of three characters or more with one wrong or missing, or two swapped."""
        for run in _CJK_RUN.finditer(text):
            chars = set(run[0])
            for index, name, brand in self._names:
                key = name[: max(brand + 2, 3)]
                if len(key) < 3 or len(chars.intersection(key)) < len(key) - 1:
                    continue
                for at in range(run.start(), run.end() - len(key) + 2):
                    piece = text[at : at + len(key)]
                    if OSA.distance(piece, key, score_cutoff=1) <= 1:
                        yield at, min(at + len(key), run.end()), index, len(key) - 1.0, 0.55
                        break


def _common(text: str, at: int, name: str) -> int:
    length = 0
    for own, said in zip(name, text[at:], strict=False):
        if own != said:
            break
        length += 1
    return length


#: short words that are never a firm's initials
_LITTLE = frozenset(
    listed(
        "am an as at be by do go he hi if in is it me mr ms my no of ok on or pm rm so to up "
        "us we wx vx lc lg tt hr gm vp hk cn en id re pa pc pr tv ai ar ap bl bp cd fx sm the "
        "and for but not out was has had his her him she who why how you our all any can did "
        "get got may new now old one see two via way yes yet tmr pos usd rmb cny ceo cfo eod "
        "cob etc fyi asap pls thx sms app web kyc aml npl sme oem odm atm"
    )
)
