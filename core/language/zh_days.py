"""Chinese for single days: 后天, 下周二, 12月3日, 25号, 三个工作日后, 每周五.

Patterns work on normalised text (see `text`). Where a phrase is also an ordinary word the pattern
says so: 3号楼 is no third of the month, 两周一次 no Monday, 1.2亿 no second of January.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language import zh_words as zh
from core.language.grammar import (
    DAY,
    Context,
    Meaning,
    a_date,
    a_day,
    a_month,
    a_month_day,
    a_shift,
    a_week,
    a_weekday,
    add_months,
    an_offset,
    day_of_month,
    got,
    month_alone,
    rule,
    this_monday,
    valid,
    week_position,
    workday_today,
)
from core.language.numerals import ZH, number, whole
from core.rules.workdays import next_workday

if TYPE_CHECKING:
    import re
    from datetime import date

_DAYWORDS = {
    "大大后天": 4,
    "大后天": 3,
    "大后日": 3,
    "后天": 2,
    "后日": 2,
    "后儿个": 2,
    "后儿": 2,
    "后朝": 2,
    "明天": 1,
    "明日": 1,
    "明儿个": 1,
    "明个儿": 1,
    "明个": 1,
    "明朝": 1,
    "听日": 1,
    "明儿": 1,
    "名天": 1,
    "明后天": 1,
    "明后两天": 1,
    "次日": 1,
    "翌日": 1,
    "第二天": 1,
    "今朝": 0,
    "今个儿": 0,
    "今天": 0,
    "今日": 0,
    "今儿个": 0,
    "今儿": 0,
    "当天": 0,
    "当日": 0,
    "昨天": -1,
    "昨日": -1,
    "昨儿": -1,
    "昨个": -1,
    "琴日": -1,
    "寻日": -1,
    "前天": -2,
    "前日": -2,
    "大前天": -3,
}
_NUM = r"(?:\d+(?:\.\d+)?|[零一二两俩仨三四五六七八九十百半]{1,4})"
_UNITS = {
    "工作日": "workday",
    "交易日": "workday",
    "自然日": "day",
    "分钟": "minute",
    "刻钟": "quarter",
    "小时": "hour",
    "钟头": "hour",
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "季度": "quarter",
    "年": "year",
}
_NO_COUNT = r"(?<![\d.月年第号周期])"
_SUFFIX = rf"(?:左右|的?时间)?(?P<suffix>{zh.AFTER}|{zh.WITHIN}|{zh.BEFORE})"
_UNIT = "工作日|交易日|自然日|分钟|刻钟|小时|钟头|天|周|星期|礼拜|季度|年"
_DAY_END = r"(?![楼线机门店厂库仓院车窗柜会铺文公令贷馆栋座桥地码型仔院]|均|报|结|息|元|常|单|本)"
_MD = rf"(?P<m>\d{{1,2}}|{ZH})月份?的?(?P<d>\d{{1,2}}|{ZH})"
_MONTH = r"(?P<m>1[0-2]|0?[1-9])"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
#: what makes 12.16 a day and no number
_DOTTED_END = (
    r"(?=[日号]|\s?(?:上午|下午|中午|早上|晚上|前|之前|以前|到期|\(?周|\(?星期|去|来|再|"
    r"约|拜访|见面"
    r"|开会))"
)


def _weekday(m: re.Match[str]) -> Meaning:
    rel = got(m, "rel")
    return a_weekday(zh.weekday_of(m["d"]), zh.SHIFT[rel] if rel else None)


def _recurring(m: re.Match[str]) -> Meaning:
    return a_weekday(zh.weekday_of(m["d"]), recurring=True)


def _week_position(m: re.Match[str]) -> Meaning:
    rel = got(m, "rel")
    position = zh.POSITIONS[got(m, "pos")]
    shift = zh.SHIFT[rel] if rel else 0

    def resolve(c: Context) -> date:
        found = week_position(this_monday(c), position) + 7 * DAY * shift
        return found if rel or found >= c.today else found + 7 * DAY

    return a_day(resolve, zh.sign_of(shift), deadline="内" in got(m, "pos"))


def _weekend(m: re.Match[str]) -> Meaning:
    rel = got(m, "rel")
    if rel in zh.SHIFT:
        return a_weekday(5, zh.SHIFT[rel])
    if rel:
        return a_weekday(5, recurring=True)

    def resolve(c: Context) -> date:
        saturday = this_monday(c) + 5 * DAY
        if c.past:
            return saturday if saturday <= c.today else saturday - 7 * DAY
        return saturday if c.today.weekday() < 6 else c.today

    return a_day(resolve)


def _offset(m: re.Match[str]) -> Meaning | None:
    count = 0.5 if m["n"] == "半" else number(m["n"])
    if count is None:
        return None
    if got(m, "half") or got(m, "half2"):
        count += 0.5
    unit = _UNITS[m["unit"]]
    if m["unit"] == "刻钟":
        count, unit = count * 15, "minute"
    suffix = got(m, "suffix") or ""
    meaning = an_offset(count, unit, -1 if "前" in suffix else 1)
    if meaning is not None and "内" in suffix and meaning.day is not None:
        return a_day(meaning.day, 1, deadline=True)
    return meaning


def _date(m: re.Match[str]) -> Meaning | None:
    month, day = whole(m["m"]), whole(m["d"])
    if not got(m, "y"):
        return a_month_day(month, day)
    if valid(2000, month, day) is None:
        return None
    year = zh.year_of(got(m, "y"))
    return a_day(lambda c: valid(year(c), month, day))


def _full_date(m: re.Match[str]) -> Meaning | None:
    return a_date(int(got(m, "y")), int(m["m"]), int(m["d"]))


def _numbers(m: re.Match[str]) -> Meaning | None:
    return a_month_day(int(m["m"]), int(m["d"]))


def _relative_month_day(m: re.Match[str]) -> Meaning | None:
    shift, day = zh.SHIFT[got(m, "rel")], whole(m["d"])

    def resolve(c: Context) -> date | None:
        first = add_months(c.today.replace(day=1), shift)
        return valid(first.year, first.month, day)

    return a_day(resolve, zh.sign_of(shift)) if 1 <= day <= 31 else None


def _day_of_month(m: re.Match[str]) -> Meaning | None:
    day = whole(m["d"])
    return a_day(lambda c: day_of_month(c, day)) if 1 <= day <= 31 else None


def _every_month(m: re.Match[str]) -> Meaning | None:
    if got(m, "pos"):
        position = zh.POSITIONS[got(m, "pos")]
        return Meaning("day", day=lambda c: month_alone(c, position), recurring=True)
    day = whole(m["d"])
    if not 1 <= day <= 31:
        return None
    return Meaning("day", day=lambda c: day_of_month(c, day), recurring=True)


def _every_day(m: re.Match[str]) -> Meaning:
    def resolve(c: Context) -> date:
        return next_workday(c.today) if "工作" in m[0] else c.today

    return Meaning("day", day=resolve, start=workday_today, recurring=True)


def _same_day_later(m: re.Match[str]) -> Meaning:
    """下周的今天, 下个月的今天."""
    shift = zh.SHIFT[got(m, "rel")]
    if got(m, "w"):
        return a_shift(7 * shift)
    return a_day(lambda c: add_months(c.today, shift), 1)


def _several_weekdays(m: re.Match[str]) -> Meaning | None:
    """每周一三五: the next of them; 每周三三点 is one day with an hour."""
    days = [zh.weekday_of(char) for char in m["d"] if char != "、"]
    if days != sorted(set(days)):
        return None

    def resolve(c: Context) -> date:
        return next(d for d in (c.today + DAY * n for n in range(1, 8)) if d.weekday() in days)

    return Meaning("day", day=resolve, recurring=True)


RULES = [
    rule("|".join(sorted(_DAYWORDS, key=len, reverse=True)), lambda m: a_shift(_DAYWORDS[m[0]])),
    rule(r"[今当](?=[早晚晨夜]|上午|下午|中午)(?!晚点)", lambda _: a_shift(0)),
    rule(r"明(?=[早晚晨]|上午|下午|中午)", lambda _: a_shift(1)),
    rule(r"昨(?=[早晚晨夜]|上午|下午|中午)", lambda _: a_shift(-1)),
    # weeks and their days
    rule(
        rf"(?P<rel>{zh.REL})?的?(?:(?<![一二两三四五六七八九十\d每隔双单])|(?<=[/.-]\d\d)|"
        rf"(?<=[/.-]\d))"
        rf"{zh.WEEK}\s?(?P<d>{zh.WEEKDAY}){zh.NO_WEEKDAY}(?![家年%])(?!(?<=\d)\d)",
        _weekday,
    ),
    rule(
        rf"(?P<rel>{zh.REL}){zh.WEEK}\s?的?\s?{zh.WEEK}?(?P<d>{zh.WEEKDAY}){zh.NO_WEEKDAY}"
        rf"(?!(?<=\d)\d)",
        _weekday,
    ),
    rule(
        rf"(?:每|隔|双|单)(?:个|隔?[一两二]个?)?{zh.WEEK}的?{zh.WEEK}?(?P<d>{zh.WEEKDAY}"
        rf")(?![次天个家])",
        _recurring,
    ),
    rule(
        rf"(?P<rel>{zh.REL}){zh.WEEK}(?!年|转|边|[末初])",
        lambda m: a_week(zh.SHIFT[got(m, "rel")]),
    ),
    rule(
        rf"(?P<rel>{zh.REL}){zh.WEEK}的?(?P<pos>初|中(?![国午])|底|之内|以内|内(?!部))",
        _week_position,
    ),
    rule(r"(?<![一二两三四五六七八九十\d每几半])周(?P<pos>内(?!部))", _week_position),
    rule(
        rf"(?P<rel>下下个?|下一?个?)(?:(?P<w>{zh.WEEK})|月)的?(?:今天|今日|今儿)",
        _same_day_later,
    ),
    rule(
        rf"每{zh.WEEK}(?P<d>[一二三四五六日天](?=、?[一二三四五六日天])(?:、?[一二三四五六日天])+)(?![点时])",
        _several_weekdays,
    ),
    rule(r"(?:再等|等)(?P<n>[一两三四五六七八九十]|\d+)个?(?P<unit>天|周|星期|礼拜|月)", _offset),
    rule(
        r"(?<![一二两三四五六七八九十\d每])周(?P<pos>初|中(?![国午]))",
        _week_position,
    ),
    rule(rf"(?P<rel>{zh.REL}|每个?)?(?:{zh.WEEK}末|双休日)", _weekend),
    # counted from now
    rule(
        rf"(?:再过|再隔|过)?{_NO_COUNT}(?P<n>{_NUM})个?多?(?P<half>半)?(?P<unit>"
        rf"{_UNIT})(?P<half2>半)?{_SUFFIX}",
        _offset,
    ),
    rule(
        rf"(?:再过|再隔|过)?{_NO_COUNT}(?P<n>{_NUM})个(?P<half>半)?(?P<unit>月)("
        rf"?P<half2>半)?{_SUFFIX}",
        _offset,
    ),
    rule(
        rf"(?:再过|再隔|过)?{_NO_COUNT}(?P<n>[半两俩仨])(?P<unit>月)(?P<half2>半)?{_SUFFIX}",
        _offset,
    ),
    rule(rf"{_NO_COUNT}(?P<n>{_NUM})(?P<unit>日)(?P<suffix>{zh.WITHIN})", _offset),
    rule(
        rf"(?:再过|再隔|过|隔)(?P<n>{_NUM})个?(?P<half>半)?(?P<unit>{_UNIT}|"
        rf"月)(?P<half2>半)?(?!次)",
        _offset,
    ),
    # 过了这周, 过完本月: the next one
    rule(
        r"过[了完](?:这个?|本)?(?P<w>周|星期|礼拜|月)(?!末|[一二三四五六日天\d])",
        lambda m: a_month(1) if m["w"] == "月" else a_week(1),
    ),
    rule(r"(?:下一?个?|次一?)工作日", lambda _: an_offset(1, "workday", 1)),
    rule(r"上一?个?工作日", lambda _: an_offset(1, "workday", -1)),
    # dates
    rule(
        r"(?<!\d)(?P<y>20\d\d)\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{"
        r"1,2})[日号]?(?!\d)t?",
        _full_date,
    ),
    rule(r"(?<![\d.])(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\d万亿元.])", _full_date),
    rule(
        rf"(?P<y>{zh.YEAR})?(?:年[初底末])?的?(?<!\d)\s?{_MD}\s?(?:日|号)(?![线楼])",
        _date,
    ),
    rule(
        rf"(?P<y>{zh.YEAR})?的?(?<!\d)\s?{_MD}(?![\d个万亿元家笔条份%年月天.千百"
        rf"十点两一二三四五六七八九])",
        _date,
    ),
    rule(
        rf"(?P<rel>{zh.REL})个?月份?的?\s?(?P<d>\d{{1,2}}|{ZH})\s?(?:日|号)",
        _relative_month_day,
    ),
    rule(
        rf"(?P<rel>{zh.REL})个?月(?P<d>\d{{1,2}})(?![\d万亿元家个笔条份%千百kwm.])",
        _relative_month_day,
    ),
    rule(
        r"(?<![路街道弄巷区栋座一第月\d.])"
        r"(?<!路)(?P<d>\d{1,2}|(?:二十|三十|十|廿)?[一二三四五六七八九]|[一二三]?十)\s?(?:号|日)"
        + _DAY_END,
        _day_of_month,
    ),
    rule(r"^\s*(?P<d>廿[一二三四五六七八九]?)\s*$", _day_of_month),
    rule(r"(?<!\d)(?P<d>\d{1,2})[-~到至](?:\d{1,2})[号日]" + _DAY_END, _day_of_month),
    rule(
        rf"每个?月的?(?:(?P<d>\d{{1,2}}|{ZH})[日号]|(?P<pos>初|中|底|末))",
        _every_month,
    ),
    rule(r"每个?工作日|每天|每日|天天", _every_day),
    # 12/3, 12-03, 12.16 are month and day
    rule(rf"(?<![\d/.\-]){_MONTH}/{_DAY}(?:[日号])?(?![\d/%万亿]|\.\d)", _numbers),
    rule(
        r"(?<![\d/.\-:])(?P<m>1[0-2]|0[1-9])-(?P<d>3[01]|[12]\d|"
        r"0[1-9])(?![\d/%\-:万亿wk家个人点]|\.\d)",
        _numbers,
    ),
    rule(rf"^\s*{_MONTH}\.{_DAY}\s*$", _numbers),
    rule(rf"(?<![\d/.\-¥$]){_MONTH}\.{_DAY}[日号]?{_DOTTED_END}", _numbers),
]
