"""Chinese for longer spans and their ends: 月底, 下个月初, 季度末, 明年3月, 国庆后, 年前.

A span said alone means its first day; 初, 中, 底 and the like choose a day in it. Feasts live in
`festivals`; "after" one means once its days off are over.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.language import festivals
from core.language import zh_words as zh
from core.language.grammar import (
    DAY,
    Context,
    Meaning,
    a_day,
    a_month,
    add_months,
    after_feast,
    feast,
    got,
    month_alone,
    month_position,
    nth_weekday,
    quarter_position,
    quarter_start,
    rule,
    year_position,
)
from core.language.numerals import ZH, number, whole
from core.rules.workdays import add_workdays

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_FEAST = (
    "|".join(sorted(festivals.ZH_NAMES, key=len, reverse=True))
    + r"|(?<!双)十一(?=节|长假|假期|黄金周|[之以]?后(?!天)|[之以]?前)"
)
_MONTH_NUMBER = (
    r"(?<![\d.第])(?P<m>1[0-2]|0?[1-9]|十[一二]?|(?<![十一二三四五六七八九])[一二三四五六七八九])"
)


def _position(text: str | None) -> str:
    return zh.POSITIONS[text] if text else "start"


def _of_month(first: Callable[[Context], date], text: str, sign: int = 0) -> Meaning:
    position = _position(text)
    return a_day(lambda c: month_position(first(c), position), sign, deadline="内" in text)


def _month_by_number(month: int, position: str) -> Callable[[Context], date]:
    def first(c: Context) -> date:
        this = date(c.today.year, month, 1)
        there = month_position(this, position)
        if c.past and there > c.today:
            return this.replace(year=c.today.year - 1)
        if not c.past and there < c.today:
            return this.replace(year=c.today.year + 1)
        return this

    return first


def _named_month(m: re.Match[str]) -> Meaning | None:
    month = whole(m["m"])
    text = got(m, "pos")
    sign = 0
    if got(m, "y"):
        year = zh.year_of(got(m, "y"))
        sign = zh.sign_of(zh.YEARS.get(got(m, "y"), 0))

        def in_year(c: Context) -> date:
            return date(year(c), month, 1)

        first: Callable[[Context], date] = in_year
    else:
        first = _month_by_number(month, _position(text))
    if text:
        return _of_month(first, text, sign)
    return Meaning("month", day=first, start=first, sign=sign)


def _relative_month(m: re.Match[str]) -> Meaning:
    month = a_month(zh.SHIFT[got(m, "rel")])
    if not got(m, "pos"):
        return month
    assert month.start is not None
    return _of_month(month.start, got(m, "pos"), month.sign)


def _month_alone(m: re.Match[str]) -> Meaning:
    position = _position(got(m, "pos"))
    return a_day(lambda c: month_alone(c, position), deadline="内" in got(m, "pos"))


def _quarter(m: re.Match[str]) -> Meaning | None:
    rel, text = got(m, "rel"), got(m, "pos")
    if not rel and not text:
        return None
    shift = zh.SHIFT[rel] if rel else 0
    position = _position(text)

    def resolve(c: Context) -> date:
        if rel and not shift and not text:
            return c.today
        found = quarter_position(add_months(quarter_start(c.today), 3 * shift), position)
        if not rel and not c.past and found < c.today:
            return quarter_position(add_months(quarter_start(c.today), 3), position)
        if not rel and c.past and found > c.today:
            return quarter_position(add_months(quarter_start(c.today), -3), position)
        return found

    return a_day(resolve, zh.sign_of(shift), deadline="内" in (text or ""))


def _numbered_quarter(m: re.Match[str]) -> Meaning:
    n = whole(got(m, "n") or m["q"])
    position = _position(got(m, "pos"))

    def resolve(c: Context) -> date:
        year = zh.year_of(got(m, "y"))(c) if got(m, "y") else c.today.year
        found = quarter_position(date(year, 3 * n - 2, 1), position)
        if not got(m, "y") and not c.past and found < c.today:
            return quarter_position(date(year + 1, 3 * n - 2, 1), position)
        return found

    return a_day(resolve)


def _year(m: re.Match[str]) -> Meaning | None:
    name, text = got(m, "y"), got(m, "pos")
    if name and not text and zh.YEARS.get(name) == 0:
        return None
    position = _position(text)

    def resolve(c: Context) -> date:
        if name:
            return year_position(zh.year_of(name)(c), position)
        found = year_position(c.today.year, position)
        if not c.past and found < c.today:
            return year_position(c.today.year + 1, position)
        if c.past and found > c.today:
            return year_position(c.today.year - 1, position)
        return found

    return a_day(resolve, zh.sign_of(zh.YEARS.get(name or "", 0)), deadline="内" in (text or ""))


def _half_year(m: re.Match[str]) -> Meaning:
    first = (7 if "下" in m["h"] else 1), 1
    last = (12, 31) if "下" in m["h"] else (6, 30)
    month, day = last if (got(m, "pos") or "初") != "初" else first

    def resolve(c: Context) -> date:
        year = zh.year_of(got(m, "y"))(c) if got(m, "y") else c.today.year
        found = date(year, month, day)
        if not got(m, "y") and not c.past and found < c.today:
            return found.replace(year=year + 1)
        return found

    return a_day(resolve)


def _feast(m: re.Match[str]) -> Meaning:
    key = festivals.ZH_NAMES.get(m["f"], "national")
    after = bool(m["after"])
    ordinal = m["nth"]

    def resolve(c: Context) -> date:
        if got(m, "y"):
            found = festivals.in_year(key, zh.year_of(got(m, "y"))(c))
            day = festivals.day_after(key, found) if after else found
        else:
            day = after_feast(c, key) if after else feast(c, key)
        if not ordinal:
            return day
        if m["wd"]:
            return day + DAY * ((zh.weekday_of(m["wd"]) - day.weekday()) % 7)
        return add_workdays(day - DAY, 1)

    return a_day(resolve)


def _beside_feast(m: re.Match[str]) -> Meaning | None:
    """中秋前一周, 国庆前三天, 春节后两周: counted from the feast."""
    key = festivals.ZH_NAMES.get(m["f"], "national")
    count = number(m["n"])
    if count is None:
        return None
    days = round(count * (7 if m["u"] in {"周", "个星期", "星期", "个礼拜", "礼拜"} else 1))

    def resolve(c: Context) -> date:
        if m["side"] == "前":
            return feast(c, key) - DAY * days
        return after_feast(c, key) + DAY * (days - 1)

    return a_day(resolve)


def _last_before_feast(m: re.Match[str]) -> Meaning:
    """国庆前最后一个工作日."""
    key = festivals.ZH_NAMES.get(m["f"], "national")
    if m["u"] == "天":
        return a_day(lambda c: feast(c, key) - DAY)
    return a_day(lambda c: add_workdays(feast(c, key), -1))


def _key(m: re.Match[str]) -> str:
    return festivals.ZH_NAMES.get(m["f"], "national")


def _day_before_rest(m: re.Match[str]) -> Meaning:
    """春节放假前一天: the day before the feast's days off."""
    key = _key(m)
    return a_day(lambda c: festivals.first_day_off(feast(c, key)) - DAY)


def _last_day_off(m: re.Match[str]) -> Meaning:
    """国庆假期最后一天."""
    key = _key(m)
    return a_day(lambda c: after_feast(c, key) - DAY)


def _when_over(m: re.Match[str]) -> Meaning:
    """过完国庆."""
    key = _key(m)
    return a_day(lambda c: after_feast(c, key))


def _workday_after(m: re.Match[str]) -> Meaning:
    """元旦后第二个工作日."""
    key, n = _key(m), whole(m["n"])
    return a_day(lambda c: add_workdays(after_feast(c, key) - DAY, n))


def _half_end(c: Context) -> date:
    june = date(c.today.year, 6, 30)
    return june if june >= c.today else date(c.today.year, 12, 31)


def _lunar_day(m: re.Match[str]) -> Meaning | None:
    """大年初六, 初八: a day of the first lunar month."""
    day = whole(m["d"] or m["e"])
    return a_day(lambda c: feast(c, "spring") + DAY * (day - 1)) if 1 <= day <= 15 else None


def _holiday(m: re.Match[str]) -> Meaning:
    def resolve(c: Context) -> date:
        key, day = festivals.next_holiday(c.today)
        if "后" not in m[0].partition("最")[0]:
            unit = m["last"]
            return day if not unit else day - DAY if unit == "天" else add_workdays(day, -1)
        day = festivals.day_after(key, day)
        return add_workdays(day - DAY, 1) if m["nth"] else day

    return a_day(resolve, deadline="前" in m[0])


def _new_year_side(m: re.Match[str]) -> Meaning:
    # 年前 and 年后 are said of the lunar year.
    if "后" in m[0]:
        return a_day(lambda c: after_feast(c, "spring"))
    return a_day(lambda c: feast(c, "spring"), deadline=True)


def _nth(m: re.Match[str]) -> Meaning:
    n = -1 if "最后" in m["n"] else whole(m["n"].removeprefix("第"))
    rel, month = got(m, "rel"), m["m"]

    def in_month(first: date) -> date | None:
        if m["wd"]:
            return nth_weekday(first, n, zh.weekday_of(m["wd"]))
        if m["unit"] == "天":
            return month_position(first, "end") if n < 0 else first + DAY * (n - 1)
        return add_workdays(add_months(first, 1), -1) if n < 0 else add_workdays(first - DAY, n)

    def resolve(c: Context) -> date | None:
        first = c.today.replace(day=1)
        if month:
            return in_month(_month_by_number(whole(month), "end")(c))
        if rel in zh.SHIFT:
            return in_month(add_months(first, zh.SHIFT[rel]))
        found = in_month(first)
        return found if found and found >= c.today else in_month(add_months(first, 1))

    return Meaning("day", day=resolve, recurring=(rel or "").startswith("每"))


RULES = [
    rule(rf"(?P<rel>{zh.REL})个?月份?的?(?P<pos>{zh.POSITION})?(?!度)", _relative_month),
    rule(
        r"(?<![上下这本每\d一二三四五六七八九十个当该])月(?P<pos>初|中(?!国)|底|末|之?内|尾)",
        _month_alone,
    ),
    rule(r"(?<![\d个月])(?P<pos>上旬|中旬|下旬)", _month_alone),
    rule(
        rf"(?P<y>{zh.YEAR})?的?\s?{_MONTH_NUMBER}月份?的?(?P<pos>{zh.POSITION})?(?![\d期])",
        _named_month,
    ),
    rule(
        rf"(?:(?P<rel>{zh.REL}|每)个?月份?|(?P<m>\d{{1,2}}|"
        rf"{ZH})月份?)?的?(?P<n>第[一二三四五1-5]|最后一?)个?"
        rf"(?:{zh.WEEK}(?P<wd>{zh.WEEKDAY})|(?P<unit>工作日|天))",
        lambda m: _nth(m) if got(m, "rel") or m["m"] else None,
    ),
    rule(
        rf"(?P<rel>{zh.REL})?(?<![第一二三四\d])(?<!四)个?季度?(?P<pos>{zh.POSITION}|"
        rf"的?最后一天)?(?![一二三四节])",
        _quarter,
    ),
    rule(rf"每个?季度?(?P<pos>{zh.POSITION})", _quarter),
    rule(
        rf"(?P<y>{zh.YEAR})?的?(?:第?(?P<n>[一二三四1-4])个?季度?|"
        rf"(?<![a-z])q(?P<q>[1-4]))的?(?P<pos>{zh.POSITION})?(?![节报青])",
        _numbered_quarter,
    ),
    rule(
        r"(?<![\d半一两今明去后前来本当])年(?P<pos>初|中(?!国)|底|末|尾|之?内)",
        _year,
    ),
    rule(rf"(?P<y>{zh.YEAR})的?(?:年?(?P<pos>初|中(?!国)|底|末|之?内))?(?!前|以前|年)", _year),
    rule(
        r"(?P<y>今年|明年|去年)?的?(?P<h>上半年|下半年)(?P<pos>初|末|底|结束|之?内)?", _half_year
    ),
    rule(
        rf"(?P<y>{zh.YEAR})?(?P<f>{_FEAST})(?!路|街|大道|广场|村|镇|小区|新村)"
        rf"(?:节|当天|长假|小?假期|放假|黄金周)*(?:期间)?"
        rf"(?:(?P<after>收假(?:之后|以后|后)?|{zh.AFTER}|回来|"
        rf"上班)的?(?P<nth>(?:上班)?第一个?(?:{zh.WEEK}(?P<wd>{zh.WEEKDAY})|工作日|天))?)?",
        _feast,
    ),
    rule(
        rf"(?P<f>{_FEAST})节?(?P<side>前|"
        rf"后)的?(?P<n>[一二两三四五六七八九十半\d]{{1,2}})(?P<u>天|日|周|个?星期|个?礼拜)",
        _beside_feast,
    ),
    rule(rf"(?P<f>{_FEAST})节?(?:长假|假期|放假)前一[天日]", _day_before_rest),
    rule(rf"(?P<f>{_FEAST})节?(?:长假|假期|放假)(?:的)?最后一[天日]", _last_day_off),
    rule(rf"过[完了](?P<f>{_FEAST})节?", _when_over),
    rule(
        rf"(?P<f>{_FEAST})节?(?:长假|假期)?{zh.AFTER}的?第(?P<n>[二三四五2-5])个?工作日",
        _workday_after,
    ),
    rule(r"半年末|半年底", lambda _: a_day(_half_end)),
    rule(
        rf"(?P<f>{_FEAST})节?(?:之|以)?前的?最后一?个?(?P<u>工作日|天)",
        _last_before_feast,
    ),
    rule(
        r"(?:大年|正月|春节)初(?P<d>[一二三四五六七八九十]{1,2})"
        r"|(?<![月周年季期最起当部])初(?P<e>[二三四五六七八九十])(?![中高级年班次步始级稿])",
        _lunar_day,
    ),
    rule(r"过完春?[年节](?:后|以后|之后)?", lambda _: a_day(lambda c: after_feast(c, "spring"))),
    rule(
        rf"(?<![春季时环关情调细章])(?:节|长假|假期|放假|节假日)(?:{zh.AFTER}|{zh.BEFORE})"
        r"(?:的?(?P<nth>(?:上班)?第一个?(?:工作日|天)|上班)|的?最后一?个?(?P<last>工作日|天))?",
        _holiday,
    ),
    rule(
        rf"(?<![\d一二两三四五六七八九十几多半今明去来每近往当常])年(?:{zh.BEFORE}|{zh.AFTER})",
        _new_year_side,
    ),
]
