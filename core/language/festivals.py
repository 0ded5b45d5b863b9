"""The feasts people plan around, and the first day after them.

Fixed dates stand in a table, lunar ones come from the working calendar. "After" a feast is the
first day once its days off are over: 8 October after National Day, eight days after New Year's
Eve for the Spring Festival, unless the official list of the year says otherwise.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.rules.workdays import festival, is_announced, is_workday, run_of_rest, spring_festival

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = timedelta(days=1)

_FIXED: dict[str, tuple[int, int]] = {
    "new_year": (1, 1),
    "valentine": (2, 14),
    "women": (3, 8),
    "labour": (5, 1),
    "children": (6, 1),
    "618": (6, 18),
    "party": (7, 1),
    "army": (8, 1),
    "teachers": (9, 10),
    "national": (10, 1),
    "halloween": (10, 31),
    "double11": (11, 11),
    "double12": (12, 12),
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "new_year_eve": (12, 31),
}


def _thanksgiving(year: int) -> date:
    first = date(year, 11, 1)
    return first + DAY * ((3 - first.weekday()) % 7 + 21)


def _winter_solstice(year: int) -> date:
    # The usual formula for the 21st century.
    short = year % 100
    return date(year, 12, int(short * 0.2422 + 21.94) - short // 4)


def _named(name: str, fallback: tuple[int, int]) -> Callable[[int], date]:
    return lambda year: festival(name, year) or date(year, *fallback)


_MOVING: dict[str, Callable[[int], date]] = {
    "spring": spring_festival,
    "spring_eve": lambda year: spring_festival(year) - DAY,
    "lantern": lambda year: spring_festival(year) + 14 * DAY,
    "qingming": _named("Tomb-Sweeping Day", (4, 5)),
    "dragon_boat": _named("Dragon Boat Festival", (6, 10)),
    "mid_autumn": _named("Mid-Autumn Festival", (9, 20)),
    "thanksgiving": _thanksgiving,
    "solstice": _winter_solstice,
}

#: days off from the first one, by custom, for a year whose list is not out
_LENGTH = {"national": 7, "labour": 5}
#: the feasts that are days off, for "before the holiday", "after the holiday"
STATUTORY = ("new_year", "spring", "qingming", "labour", "dragon_boat", "mid_autumn", "national")

ZH_NAMES = {
    "元旦": "new_year",
    "cny": "spring",
    "春节": "spring",
    "过年": "spring",
    "农历新年": "spring",
    "农历年": "spring",
    "大年初一": "spring",
    "除夕": "spring_eve",
    "大年三十": "spring_eve",
    "年三十": "spring_eve",
    "元宵": "lantern",
    "正月十五": "lantern",
    "清明": "qingming",
    "五一": "labour",
    "劳动节": "labour",
    "六一": "children",
    "儿童节": "children",
    "端午": "dragon_boat",
    "建军节": "army",
    "教师节": "teachers",
    "中秋": "mid_autumn",
    "国庆": "national",
    "冬至": "solstice",
    "双十一": "double11",
    "双11": "double11",
    "双十二": "double12",
    "双12": "double12",
    "平安夜": "christmas_eve",
    "圣诞": "christmas",
    "跨年夜": "new_year_eve",
    "感恩节": "thanksgiving",
    "情人节": "valentine",
    "妇女节": "women",
    "三八节": "women",
}

EN_NAMES = {
    "christmas eve": "christmas_eve",
    "christmas day": "christmas",
    "christmas": "christmas",
    "xmas": "christmas",
    "chinese new year's eve": "spring_eve",
    "chinese new year": "spring",
    "lunar new year": "spring",
    "spring festival": "spring",
    "cny": "spring",
    "new year's eve": "new_year_eve",
    "new years eve": "new_year_eve",
    "new year's day": "new_year",
    "new years day": "new_year",
    "new year's": "new_year",
    "new year": "new_year",
    "national day": "national",
    "golden week": "national",
    "october holiday": "national",
    "mid-autumn festival": "mid_autumn",
    "mid autumn festival": "mid_autumn",
    "mid-autumn": "mid_autumn",
    "mid autumn": "mid_autumn",
    "moon festival": "mid_autumn",
    "dragon boat festival": "dragon_boat",
    "dragon boat": "dragon_boat",
    "labour day": "labour",
    "labor day": "labour",
    "may day": "labour",
    "qingming festival": "qingming",
    "qingming": "qingming",
    "tomb sweeping day": "qingming",
    "tomb-sweeping day": "qingming",
    "lantern festival": "lantern",
    "thanksgiving": "thanksgiving",
    "valentine's day": "valentine",
    "women's day": "women",
    "children's day": "children",
    "teachers' day": "teachers",
    "halloween": "halloween",
    "singles' day": "double11",
    "singles day": "double11",
    "double 11": "double11",
    "double eleven": "double11",
}


def in_year(key: str, year: int) -> date:
    """The day of a feast in a year."""
    if key in _FIXED:
        return date(year, *_FIXED[key])
    return _MOVING[key](year)


def coming(key: str, today: date) -> date:
    """The feast's next day, today included."""
    this = in_year(key, today.year)
    return this if this >= today else in_year(key, today.year + 1)


def gone(key: str, today: date) -> date:
    """The feast's last day that is not after today."""
    this = in_year(key, today.year)
    return this if this <= today else in_year(key, today.year - 1)


def day_after(key: str, feast: date) -> date:
    """The first day after the feast's days off."""
    if key in {"spring", "spring_eve"} and not is_announced(feast.year):
        return spring_festival(feast.year) + 7 * DAY
    if key in _LENGTH and not is_announced(feast.year):
        return feast + _LENGTH[key] * DAY
    if key not in STATUTORY or is_workday(feast):
        return feast + DAY
    return run_of_rest(feast)[1] + DAY


def first_day_off(feast: date) -> date:
    """The first of the days off that the feast lies in."""
    return run_of_rest(feast)[0] if not is_workday(feast) else feast


def next_holiday(today: date) -> tuple[str, date]:
    """The statutory feast that comes next, and its day."""
    return min(((key, coming(key, today)) for key in STATUTORY), key=lambda pair: pair[1])
