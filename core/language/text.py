"""One spelling for many: full-width forms, traditional characters, case, and misspelt date words.

Every reader of this package works on a `Plain`, the normalised text, which remembers where each of
its characters came from, so that every finding can point at the words the person really typed.
Only words of the calendar are corrected here; names are the business of `names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from core.language.wordlists import listed

#: the traditional characters of dates, amounts and banking that Hong Kong and Taiwan type
_TRADITIONAL = dict(
    zip(
        "週點號後個兩鐘禮萬億時間這內禮節慶國開會電話訪約貸續錢還單來請聯繫談興趣沒無應買賣證產業廠華機東車馬龍風長門張陳劉黃楊趙吳鄭馮許總經財務寶學農關係統簽發戶資辦問題對說過進見給讓復處決滿訴",
        "周点号后个两钟礼万亿时间这内礼节庆国开会电话访约贷续钱还单来请联系谈兴趣没无应买卖证产业厂华机东车马龙风长门张陈刘黄杨赵吴郑冯许总经财务宝学农关系统签发户资办问题对说过进见给让复处决满诉",
        strict=True,
    )
)
_SIGNS = {
    "\u3000": " ",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u200b": " ",
    "\ufeff": " ",
    "\t": " ",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "—": "-",
    "–": "-",
    "−": "-",
    "〜": "~",
    "∼": "~",
    "﹣": "-",
    "【": "(",
    "】": ")",
    "¥": "¥",
    "￥": "¥",
}

#: shorthand of the thumb; the readers know only the long form
_SHORT = {
    "tmr": "tomorrow",
    "tmrw": "tomorrow",
    "tmw": "tomorrow",
    "tmro": "tomorrow",
    "tomo": "tomorrow",
    "tomoz": "tomorrow",
    "tomm": "tomorrow",
    "2moro": "tomorrow",
    "2morrow": "tomorrow",
    "2mrw": "tomorrow",
    "tonite": "tonight",
    "2nite": "tonight",
    "2day": "today",
    "tdy": "today",
    "tody": "today",
    "todya": "today",
    "toady": "today",
    "yday": "yesterday",
    "yest": "yesterday",
    "ystd": "yesterday",
    "ytd": "ytd",
    "nxt": "next",
    "nex": "next",
    "nezt": "next",
    "wk": "week",
    "wks": "weeks",
    "wknd": "weekend",
    "hr": "hour",
    "hrs": "hours",
    "min": "minute",
    "mins": "minutes",
    "mth": "month",
    "mths": "months",
    "mnth": "month",
    "qtr": "quarter",
    "yr": "year",
    "yrs": "years",
    "aft": "afternoon",
    "arvo": "afternoon",
    "aftn": "afternoon",
    "morn": "morning",
    "mrng": "morning",
    "mrning": "morning",
    "mng": "morning",
    "eve": "eve",
    "tues": "tuesday",
    "weds": "wednesday",
    "thur": "thursday",
    "thurs": "thursday",
    "wensday": "wednesday",
    "wendsday": "wednesday",
    "wedesday": "wednesday",
    "wedneday": "wednesday",
    "wendesday": "wednesday",
    "thirsday": "thursday",
    "thrusday": "thursday",
    "eom": "end of month",
    "eoq": "end of quarter",
    "eoy": "end of year",
    "eow": "end of week",
    "wkend": "weekend",
    "b4": "before",
}
_WORDS = listed(
    "tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january "
    "february september october november december august morning afternoon evening "
    "tonight weekend quarter midnight minutes christmas"
)
#: real words within one slip of a calendar word
_REAL = frozenset(
    listed(
        "sundry quarters mornings evenings weekends mourning moaning warning minute minutes "
        "afternoons quartet quarterly weekday weekdays weekly mondays tuesdays wednesdays "
        "thursdays fridays saturdays sundays winter octane novembers"
    )
)
_WORD = re.compile(r"(?<![a-z0-9@.])[a-z0-9]{2,12}(?![a-z0-9@])")


@dataclass(frozen=True, slots=True)
class Plain:
    """A normalised text that knows, for each character, its place in the original."""

    text: str
    source: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that the normalised span [start, end) came from."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1

    def said(self, start: int, end: int) -> str:
        """The original words of a normalised span."""
        first, last = self.span(start, end)
        return self.source[first:last]


def fold(text: str) -> str:
    """The text in half-width, simplified where we know how, and lower case; same length."""
    return "".join(map(_fold_char, text))


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E:
        char = chr(code - 0xFEE0)
    char = _SIGNS.get(char) or _TRADITIONAL.get(char, char)
    low = char.lower()
    return low if len(low) == 1 else char


@lru_cache(maxsize=4096)
def _right(word: str) -> str:
    """The calendar word that was meant, or the word itself."""
    if word in _SHORT:
        return _SHORT[word]
    if len(word) < 5 or word in _REAL or word in _WORDS or not word.isalpha():
        return word
    room = 1 if len(word) < 8 else 2
    best = word
    for known in _WORDS:
        # The first letter is rarely the slip, and asking for it spares honest words.
        if known[0] != word[0] or abs(len(known) - len(word)) > room:
            continue
        if OSA.distance(word, known, score_cutoff=room) <= room:
            best = known
            break
    return best


#: 贰拾万, as contracts write it; alone 伍 and 陆 are surnames
_FORMAL = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟零]{2,}(?=[万亿元圆整])|[壹贰叁肆伍陆柒捌玖拾](?=[佰仟万亿])"
)
_PLAIN_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")


@lru_cache(maxsize=256)
def plain(source: str) -> Plain:
    """Normalise a text for reading."""
    # 元月 is January, but 5万元月底 is not.
    folded = re.sub(r"(?<![万亿千百\d])元(?=月)", "一", fold(source))
    folded = _FORMAL.sub(lambda m: m[0].translate(_PLAIN_DIGITS), folded)
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _WORD.finditer(folded):
        word = match[0]
        right = _right(word)
        if right == word:
            continue
        pieces.append(folded[at : match.start()])
        origin.extend(range(at, match.start()))
        pieces.append(right)
        # Inside a corrected word only the ends are exact; that is all a span needs.
        last = match.end() - 1
        origin.extend(min(match.start() + i, last) for i in range(len(right) - 1))
        origin.append(last)
        at = match.end()
    pieces.append(folded[at:])
    origin.extend(range(at, len(folded) + 1))
    return Plain("".join(pieces), source, tuple(origin))
