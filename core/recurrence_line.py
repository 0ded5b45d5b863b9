"""A recurrence in words: every Friday until 31 Dec 2026; 每周五,到2026年12月31日为止.

What is written here is read back as the same rule (tests/unit/language/test_recurrences.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from core.i18n import Texts
    from core.rules.recurrence import Recurrence, Rule

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_COUNTED = {"zh": ("", "一", "二", "三", "四"), "en": ("", "first", "second", "third", "fourth")}
_QUARTER = 3
#: th, st, and so on: two letters for the last figures 0 to 3
_ENDINGS = "thstndrd"


def recurrence_line(t: Texts, what: Recurrence) -> Markup:
    """The rule with its end."""
    rule = rule_line(t, what.rule)
    if what.ends_on is not None:
        rule = t("{rule} until {date}", rule=rule, date=_date(t, what.ends_on))
    if what.times is not None:
        rule = t("{rule}, {n} times", rule=rule, n=what.times)
    return rule


def rule_line(t: Texts, rule: Rule) -> Markup:
    """The rule alone: every other Monday."""
    if rule.on_workdays:
        return t("every working day")
    if rule.every == "day":
        return t("every {n} days", n=rule.interval)
    if rule.every == "week":
        return _weekly(t, rule)
    if rule.month is not None:
        return _in_months(t, rule)
    return _monthly(t, rule)


def _weekly(t: Texts, rule: Rule) -> Markup:
    days = _listed(t, [_WEEKDAYS[t.locale][one] for one in rule.weekdays])
    if rule.interval == 1:
        return t("every {days}", days=days)
    if rule.interval == 2:
        return t("every other {days}", days=days)
    return t("every {n} weeks on {days}", n=rule.interval, days=days)


def _in_months(t: Texts, rule: Rule) -> Markup:
    assert rule.day is not None
    assert rule.month is not None
    if rule.interval == _QUARTER:
        return (
            t("at the end of every quarter")
            if rule.day < 0
            else t("at the start of every quarter")
        )
    if rule.day < 0:
        return t("at the end of every year")
    zh = t.locale == "zh"
    day = f"{rule.month}月{rule.day}日" if zh else f"{rule.day} {_MONTHS[rule.month - 1]}"
    return t("every year on {date}", date=day)


def _monthly(t: Texts, rule: Rule) -> Markup:
    n = rule.interval
    if rule.nth is not None:
        return _nth_weekday(t, rule.nth, _WEEKDAYS[t.locale][rule.weekdays[0]], n)
    assert rule.day is not None
    if rule.day < 0:
        every = t("at the end of every month")
        return every if n == 1 else t("every {n} months at month-end", n=n)
    nth = str(rule.day) if t.locale == "zh" else _ordinal(rule.day)
    if n == 1:
        return t("on the {nth} of every month", nth=nth)
    return t("every {n} months on the {nth}", n=n, nth=nth)


def _nth_weekday(t: Texts, nth: int, weekday: str, n: int) -> Markup:
    if nth < 0:
        if n == 1:
            return t("on the last {weekday} of every month", weekday=weekday)
        return t("every {n} months on the last {weekday}", n=n, weekday=weekday)
    counted = _COUNTED[t.locale][nth]
    if n == 1:
        return t("on the {nth} {weekday} of every month", nth=counted, weekday=weekday)
    return t("every {n} months on the {nth} {weekday}", n=n, nth=counted, weekday=weekday)


def _listed(t: Texts, names: list[str]) -> str:
    if t.locale == "zh":
        return "、".join(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _ordinal(n: int) -> str:
    last = 0 if 10 < n % 100 < 14 or n % 10 > 3 else n % 10
    return f"{n}{_ENDINGS[2 * last : 2 * last + 2]}"


def _date(t: Texts, day: date) -> str:
    """With its year: an end may be far."""
    if t.locale == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
