"""Numbers, money and moments as a banker would write them, in both languages.

Money comes in fen. Chinese amounts use 万 and 亿, English ones k, m and bn. Moments are shown on
the person's own clock, with the weekday, and without the year while it is this year.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from datetime import time as dt_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

FEN = 100
_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS = {
    "zh": ((10**8, "亿"), (10**4, "万")),
    "en": ((10**9, "bn"), (10**6, "m"), (10**3, "k")),
}


def money(fen: int, locale: str) -> str:
    """¥1,250万 in Chinese, ¥12.5m in English; at most two decimals, none that say nothing."""
    sign, yuan = ("-" if fen < 0 else ""), abs(fen) / FEN
    for size, unit in _UNITS[locale]:
        if yuan >= size and round(yuan / size, 2) >= 1:
            return f"{sign}¥{_short(yuan / size)}{unit}"
    return f"{sign}¥{_short(yuan)}"


def rounded(fen: int, locale: str) -> str:
    """An amount to be read at a glance: ¥1,292万, ¥12.9m; what was entered is shown by `money`."""
    sign, yuan = ("-" if fen < 0 else ""), abs(fen) / FEN
    for size, unit in _UNITS[locale]:
        if yuan >= size and round(yuan / size, 2) >= 1:
            return f"{sign}¥{_short(yuan / size, _decimals(yuan / size))}{unit}"
    return f"{sign}¥{_short(yuan, 0)}"


def _decimals(value: float) -> int:
    """Three figures tell enough, but for the first ten, of which the tenth counts."""
    return next((decimals for least, decimals in ((100, 0), (10, 1)) if value >= least), 2)


def _short(value: float, decimals: int = 2) -> str:
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text


def day(on: dt.date, locale: str, today: dt.date) -> str:
    """12月1日 周二 / Tue 1 Dec; today, tomorrow and yesterday by name; the year if another."""
    named = {
        0: {"zh": "今天", "en": "today"},
        1: {"zh": "明天", "en": "tomorrow"},
        -1: {"zh": "昨天", "en": "yesterday"},
    }.get((on - today).days)
    if named:
        return named[locale]
    if on.year == today.year:
        return date(on, locale)
    return f"{on.year}年{date(on, locale)}" if locale == "zh" else f"{date(on, locale)} {on.year}"


def date(on: dt.date, locale: str) -> str:
    """11月23日 周一 / Mon 23 Nov, never by name and without the year."""
    weekday = _WEEKDAYS[locale][on.weekday()]
    if locale == "zh":
        return f"{on.month}月{on.day}日 周{weekday}"
    return f"{weekday} {on.day} {_MONTHS[on.month - 1]}"


def short_date(on: dt.date, locale: str) -> str:
    """11月23日 / 23 Nov: a day in a row of days."""
    return f"{on.month}月{on.day}日" if locale == "zh" else f"{on.day} {_MONTHS[on.month - 1]}"


def month(on: dt.date, locale: str) -> str:
    """11月 / Nov."""
    return f"{on.month}月" if locale == "zh" else _MONTHS[on.month - 1]


def moment(
    at: datetime, zone: dt.tzinfo, locale: str, now: datetime, *, all_day: bool = False
) -> str:
    """A day with its time on the person's clock: 明天 15:00 / tomorrow 15:00."""
    local = at.astimezone(zone)
    text = day(local.date(), locale, now.astimezone(zone).date())
    return text if all_day else f"{text} {local:%H:%M}"


def until(at: datetime, zone: dt.tzinfo, locale: str, now: datetime) -> str:
    """The end of a time, as people say it: the last day whole, or a day with its hour."""
    midnight = at.astimezone(zone).time() == dt_time()
    return moment(
        at - timedelta(minutes=1) if midnight else at, zone, locale, now, all_day=midnight
    )


def span(start: datetime, end: datetime, zone: dt.tzinfo, locale: str, now: datetime) -> str:
    """From a moment to an end: 今天 – 12月4日 周五 / today – Fri 4 Dec."""
    midnight = start.astimezone(zone).time() == dt_time()
    first = moment(start, zone, locale, now, all_day=midnight)
    last = until(end, zone, locale, now)
    return first if first == last else f"{first} – {last}"


def days_ago(at: datetime, zone: dt.tzinfo, locale: str, now: datetime) -> str:
    """How long ago in whole days on the person's calendar: 今天, 3天前 / today, 3 d ago."""
    days = (now.astimezone(zone).date() - at.astimezone(zone).date()) // timedelta(days=1)
    if days <= 0:
        return {"zh": "今天", "en": "today"}[locale]
    if days == 1:
        return {"zh": "昨天", "en": "yesterday"}[locale]
    return {"zh": f"{days}天前", "en": f"{days} d ago"}[locale]
