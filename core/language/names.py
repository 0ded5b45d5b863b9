"""An RM's customers, indexed so that a short name in a note finds the right one.

Names are tried from sure to bold: the full name, the name without place and form, its beginning
(the brand), pinyin and initials, English words, then the same with homophones and slips of a key,
and last a contact (王总). A better kind of match or a longer one wins; equals are ambiguous, and
then nobody is chosen: the candidates are handed over and the person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.language import name_parts as parts
from core.language.contacts import (
    Contact,
    bare_surnames,
    contacts_of,
    full_names,
    latin_names,
    people_in,
    suits,
    title_suits,
)
from core.language.fuzzy import Keys
from core.language.text import fold
from core.language.wordlists import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.language.text import Plain

#: two matches this close in score are equals
_CLOSE = 0.5
#: a person's own word comes before every other reading, but for a longer name that is so sure
_OWN, _SURE = 100.0, 0.9
#: words of everyday English that are also the first word of many firms
COMMON = frozenset(
    listed(
        "new great golden best first one all top good big super sun star east west south "
        "north green blue red white black silver happy lucky bright smart fast prime royal "
        "grand united general national global world asia pacific river ocean sea sky spring "
        "summer autumn winter home house king queen dragon tiger lion eagle phoenix lotus "
        "jade pearl diamond long high rich modern future victory success fortune joy hope "
        "forever perfect excellent superior premium central city capital bank trust credit "
        "loan visit call meeting follow today tomorrow customer client rate interest three "
        "five seven double triple power light fine fresh pure clear open point line force "
        "source way path gate bridge tower garden field farm oriental eastern western "
        "southern northern sunny hua"
    )
)


_FILLER = re.compile(
    r"有限|责任|股份|公司|集团|厂|的|[??]|\b(?:co|ltd|inc|limited|company|group|the)\b|[\s\W_]"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer as the index needs it."""

    id: int | str
    name_zh: str = ""
    name_en: str = ""
    contacts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    #: what this person calls the customer, before every other reading
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A customer named in a text: certain (one id) or to be asked about (several)."""

    #: the customer, or None if several come close
    id: int | str | None
    candidates: tuple[int | str, ...]
    confidence: float
    #: the span in the normalised text
    at: tuple[int, int]
    #: named by a contact only
    by_contact: bool = False


@dataclass(slots=True)
class _Hit:
    """One way in which one customer may be meant."""

    start: int
    end: int
    index: int
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept of one customer."""

    id: int | str
    place: str
    place_sound: str
    core: str
    contacts: tuple[Contact, ...] = field(default=())


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a Latin word is no part of a longer one."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


class Portfolio:
    """The customers a text may speak of."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._known: list[_Known] = []
        self._keys = Keys()
        self._people: dict[str, list[int]] = {}
        #: people by their whole name, in characters
        self._full: dict[str, list[int]] = {}
        self._names: dict[str, set[int]] = {}
        self._own: dict[str, int] = {}
        for entry in entries:
            self._add(entry)
        # A word that became another customer's name means that one.
        self._own = {
            word: index
            for word, index in self._own.items()
            if not self._names.get(word, set()) - {index}
        }
        self._keys.freeze()

    def __len__(self) -> int:
        return len(self._known)

    def _add(self, entry: Entry) -> None:
        index = len(self._known)
        zh = fold(entry.name_zh)
        places, core = parts.without_place_and_form(zh)
        brand = parts.brand(core)
        self._call(index, entry.nicknames, (zh, core))
        contacts = contacts_of((text, "") for text in entry.contacts)
        self._known.append(
            _Known(entry.id, places, "".join(parts.syllables(places)), core, contacts)
        )
        if core:
            self._keys.add_chinese(index, core, len(brand))
            if places:
                self._keys.add_chinese(index, places + core, len(places) + len(brand))
        words = parts.english_words(entry.name_en)
        english = parts.english_core(entry.name_en)
        if english:
            sure = english[0] not in COMMON and len(english[0]) > 3
            self._keys.add_english(index, words, english, sure=sure)
        for alias in entry.aliases:
            folded = fold(alias).strip()
            self._names.setdefault(folded, set()).add(index)
            if folded.isascii():
                self._keys.add_english(
                    index, tuple(folded.split()), tuple(folded.split()), sure=True
                )
            elif folded:
                self._keys.add_alias(index, folded)
        self._meet(index, contacts)

    def _meet(self, index: int, contacts: Iterable[Contact]) -> None:
        """A customer's people, by surname and by whole name, in characters and in pinyin."""
        for contact in contacts:
            if contact.name:
                for name in {contact.name, contact.name_sound} - {""}:
                    self._full.setdefault(name, []).append(index)
            for key in {contact.surname, contact.surname_sound}:
                self._people.setdefault(key, []).append(index)

    def _call(self, index: int, words: Iterable[str], names: Iterable[str]) -> None:
        """A customer's own names, and what the person calls it."""
        for name in names:
            self._names.setdefault(name, set()).add(index)
        folded = (fold(word).strip() for word in words)
        self._own |= {word: index for word in folded if word}

    def mentions(self, line: Plain) -> list[Mention]:
        """The customers a normalised text names, in order of place."""
        hits = [_Hit(*found) for found in self._keys.search(line.text)]
        hits.extend(self._called(line.text, hits))
        people = list(people_in(line.text))
        result: list[Mention] = []
        for cluster in _clusters(hits):
            rest = cluster
            while rest:
                best = max(rest, key=lambda hit: (hit.score, -hit.start))
                here = [h for h in rest if h.start < best.end and best.start < h.end]
                result.append(self._settle(line.text, here, best, people))
                rest = [h for h in rest if h.end <= best.start or best.end <= h.start]
        if not result:
            result = self._by_contact(people) or self._by_person(line)
        result.sort(key=lambda m: m.at)
        return result

    def _called(self, text: str, hits: Sequence[_Hit]) -> list[_Hit]:
        """Words of the person's own, but for those inside a longer name that is sure."""
        found = []
        for word, index in self._own.items():
            at = text.find(word)
            end = at + len(word)
            if at < 0 or (word.isascii() and not _alone(text, at, end)):
                continue
            inside = any(
                hit.start <= at and end <= hit.end and hit.end - hit.start > len(word)
                and hit.confidence >= _SURE
                for hit in hits
            )  # fmt: skip
            if not inside:
                found.append(_Hit(at, end, index, _OWN + len(word), 0.98))
        return found

    def _settle(self, text: str, here: list[_Hit], best: _Hit, people: Sequence[Any]) -> Mention:
        """Choose among the customers that the same words may mean."""
        score: dict[int, float] = {}
        for hit in here:
            extra = 0.0
            place = self._known[hit.index].place
            if place and (place in text or self._known[hit.index].place_sound in text):
                extra = 0.6
            score[hit.index] = max(score.get(hit.index, 0.0), hit.score + extra)
        top = max(score.values())
        equals = [i for i, value in score.items() if value > top - _CLOSE]
        if len(equals) > 1:
            # 华兴王总: of the two 华兴 the one that has a Wang.
            with_person = [
                i
                for i in equals
                if any(suits(p, c) for p in people for c in self._known[i].contacts)
            ]
            if len(with_person) == 1:
                equals = with_person
        ids = tuple(self._known[i].id for i in equals)
        others = sorted((i for i in score if i not in equals), key=lambda i: -score[i])
        ranked = ids + tuple(self._known[i].id for i in others[:3])
        at = (best.start, best.end)
        if len(equals) > 1:
            return Mention(None, ranked, 0.4, at)
        return Mention(ids[0], ranked, best.confidence, at)

    def _by_contact(self, people: Sequence[Any]) -> list[Mention]:
        """王总 without a firm: the one customer that has such a contact."""
        for person in people:
            if not person.alone:
                continue
            mine: dict[int, list[Contact]] = {}
            for index in self._people.get(person.surname, ()):
                mine[index] = [c for c in self._known[index].contacts if suits(person, c)]
            if person.full:
                exact = [
                    i
                    for i, cs in mine.items()
                    if any(c.name and c.name == person.full for c in cs)
                ]
                mine = {i: mine[i] for i in exact} or mine
            fitting = [i for i, cs in mine.items() if any(title_suits(person, c) for c in cs)]
            at = (person.start, person.end)
            ids = tuple(self._known[i].id for i in fitting)
            if len(ids) == 1:
                return [Mention(ids[0], ids, 0.7, at, by_contact=True)]
            if ids:
                return [Mention(None, ids[:5], 0.3, at, by_contact=True)]
        return []

    def _by_person(self, line: Plain) -> list[Mention]:
        """A person without a title: 孙丽来电, "Cao wants a guarantee", "Liang's birthday"."""
        named = [
            (start, end, self._full.get(line.text[start:end], ()))
            for start, end in (*full_names(line.text), *latin_names(line.text))
        ]
        latin = [
            (start, end, self._people.get(line.text[start:end], ()))
            for start, end in bare_surnames(line)
        ]
        for start, end, indices in named + latin:
            ids = tuple(dict.fromkeys(self._known[i].id for i in indices))
            if len(ids) == 1:
                return [Mention(ids[0], ids, 0.7, (start, end), by_contact=True)]
            if ids:
                return [Mention(None, ids[:5], 0.3, (start, end), by_contact=True)]
        return []

    def is_name(self, line: Plain) -> bool:
        """Whether a text is a customer's or a contact's name and hardly anything else."""
        found = self.mentions(line)
        if not found:
            return False
        start, end = found[0].at
        if found[0].by_contact and line.text[start:end] not in self._full:
            return False
        rest = line.text[:start] + line.text[end:]
        rest = _FILLER.sub("", rest)
        return not rest or parts.is_trade(rest)


def _clusters(hits: Iterable[_Hit]) -> list[list[_Hit]]:
    """The matches in groups that do not overlap each other."""
    clusters: list[list[_Hit]] = []
    end = -1
    for hit in sorted(hits, key=lambda hit: hit.start):
        if hit.start >= end:
            clusters.append([])
        clusters[-1].append(hit)
        end = max(end, hit.end)
    return clusters


def portfolio_from_json(data: Any) -> Portfolio:
    """A portfolio from a list of {id, name_zh, name_en, contacts}; ids are kept as given.

    Contacts may be strings or objects with name and title; what is missing is taken as empty.
    """
    rows = data.get("customers", []) if isinstance(data, dict) else data
    entries = []
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict) or "id" not in row:
            continue
        contacts = []
        for contact in row.get("contacts") or ():
            if isinstance(contact, dict):
                names = [contact.get(k) for k in ("name", "name_zh", "name_en")]
                name = next((str(n) for n in names if n), "")
                title = contact.get("title") or contact.get("role") or contact.get("position")
                contacts.append(f"{name} ({title})" if title else name)
            elif contact:
                contacts.append(str(contact))
        aliases = row.get("aliases") or row.get("short_names") or ()
        entries.append(
            Entry(
                id=row["id"],
                name_zh=str(row.get("name_zh") or row.get("name") or ""),
                name_en=str(row.get("name_en") or ""),
                contacts=tuple(contacts),
                aliases=tuple(str(a) for a in aliases),
            )
        )
    return Portfolio(entries)
