"""The words that the Chinese date grammars share: before and after, this and next, positions.

Where a word is also the head of an ordinary one, the pattern refuses that here, once: 后续 is no
"after", 前台 no "before", 内容 no "within".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.numerals import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.language.grammar import Context

AFTER = r"(?:之后|以后|过后|后(?![续天面来台期勤者备悔年半]))"
BEFORE = r"(?:之前|以前|前(?![台面期往去来景两几三途任董总天年])(?!提(?!醒|交|供|前)))"
WITHIN = r"(?:之内|以内|内(?![部容贸销需外]))"

WEEK = r"(?:周|星期|礼拜)"
WEEKDAY = r"[一二三四五六日天1-7]"
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
#: what follows a weekday character when it is no weekday: 周一次, 本周一共, 下周一起, 周日均
NO_WEEKDAY = (
    r"(?![次共直般定些家笔趟批]|均|日均|常"
    r"|起(?:去|吃|来|聊|谈|拜|看|过|开|做|走|参|约|到|见|跟)|个(?!上午|下午|中午|晚上|早上))"
)

SHIFT = {
    "本": 0,
    "这": 0,
    "这个": 0,
    "当": 0,
    "该": 0,
    "下": 1,
    "下个": 1,
    "下一": 1,
    "下一个": 1,
    "次": 1,
    "下下": 2,
    "再下": 2,
    "再下个": 2,
    "下下个": 2,
    "下下下": 3,
    "上": -1,
    "上个": -1,
    "上一": -1,
    "上一个": -1,
    "上上": -2,
    "上上个": -2,
}
REL = r"(?<!一)(?:下下下|下下个?|再下个?|下一?个?|上上个?|上一?个?|这个?|本|当|该|次)"
YEARS = {"今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2, "去年": -1, "前年": -2, "当年": 0}
YEAR = (
    rf"(?:{'|'.join(YEARS)}|(?<!\d)(?:20\d\d|[23]\d)年"
    r"|二[零〇][一二三四五六七八九零〇]{2}年)"
)
POSITIONS = {
    "初": "start",
    "头": "start",
    "上旬": "start",
    "上中旬": "start",
    "中": "mid",
    "中旬": "mid",
    "中下旬": "mid",
    "下旬": "late",
    "底": "end",
    "末": "end",
    "尾": "end",
    "内": "end",
    "结束": "end",
    "最后一天": "end",
    "的最后一天": "end",
    "以内": "end",
    "之内": "end",
}
POSITION = (
    r"(?:结束|上中旬|中下旬|上旬|中旬|下旬|初|头(?![寸一])|中(?![秋旬小国信标心介午])|底|"
    r"末|尾(?!款)"
    r"|之内|以内|内(?![部容贸销需]))"
)


def weekday_of(char: str) -> int:
    """Monday 0 to Sunday 6, from a numeral or a digit."""
    return int(char) - 1 if char.isdigit() else _WEEKDAYS[char]


def year_of(text: str) -> Callable[[Context], int]:
    """The year that 明年 or 2027年 or 27年 means."""
    if text in YEARS:
        return lambda c: c.today.year + YEARS[text]
    value = whole(text.removesuffix("年"))
    return lambda _: value + 2000 if value < 100 else value


def sign_of(shift: int) -> int:
    """Whether a shift looks back (-1) or ahead (1)."""
    return (shift > 0) - (shift < 0)
