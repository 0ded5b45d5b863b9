"""Repetitions in Chinese: 每周一三五, 隔周三, 每月15号, 每月第一个周一, 每季度末, 每个工作日."""

from __future__ import annotations

import re
from functools import partial

from core.language import zh_words as zh
from core.language.numerals import ZH, whole
from core.language.recurrence_words import (
    QUARTER_END,
    QUARTERLY,
    YEAR_END,
    YEARLY,
    Said,
    clause_around,
    first_of,
    got,
    words,
)
from core.rules.recurrence import WORKDAYS, Rule

_W = zh.WEEK
_N = r"\d{1,2}|[一两二三四五六七八九十]{1,2}"
_DAY = r"(?:[一二三四五六日天](?![点时])|[1-7](?![\d点时:个]))"
#: 一三五, 一和周四, 一、三; the last one is followed by no "times"
_DAYS = (
    rf"(?P<days>{_DAY}(?:\s?(?:[、,,和跟与及]|以及)?\s?(?:每?{_W})?{_DAY}){{0,6}})"
    r"(?![次个家])"
)
_TO = rf"(?:到|至|-|~){_W}?(?:五|5)"
_EVERY_WEEKS = (
    rf"(?:每逢?隔?(?:(?P<n>{_N})个?|个)?|逢|隔(?:(?P<gap>{_N})个?)?|(?P<two>每?双))"
    rf"{_W}的?(?:每?{_W})?"
)
_NTH = r"(?P<nth>首|最后一|末|第[一二三四1-4])个?"
#: what a customer does, has or pays regularly
_FACT = re.compile(
    r"流水|营收|营业额|销售|销量|产量|产值|产能|出货|发货|进货|订单|开票|回款|还款|还本|付息|"
    r"还息|结息|扣款|发工资|发薪|工资|薪|租金|房租|电费|水费|用电|用水|用量|进账|入账|出账|"
    r"收入|利润|支出|成本|利息|分红|手续费|日均|平均|交易|结算量|代发|缴|交税|报税|月供|"
    r"都?有|要?付|能[做出产赚]|做\d|用\d|约?\d+(?:\.\d+)?(?:万|亿|w|元|块|吨|台|单|笔|千)"
)
_ACT = re.compile(
    r"拜访|走访|回访|上门|登门|巡访|见|面谈|打(?:个|一个|一次)?(?:电话|招呼)|电话|致电|联系|"
    r"跟进|跟踪|沟通|提醒|碰|去(?!年)|送|催|收(?!入)|检查|查看|查账|贷后|盘点|喝茶|吃饭|聊|微信|"
    r"发(?:微信|消息|短信|邮件|报价|月报|周报)|约(?!\d)|取(?!消)|拿|看|问候|关怀|维护|对接|"
    r"汇报|开会|例会|培训|催收|安排"
)
#: of whom something is told: 王总每周三来行里
_OTHERS = re.compile(
    r"(?:客户|他们?|她们?|对方|老板|公司|厂里|财务|工厂|工资|货款|租金|房租|利息|本金|企业|"
    r"[\u4e00-\u9fff]总|[\u4e00-\u9fff]经理)(?:都|会|是|就|一般|通常|固定)?$"
)
_TOWARDS = re.compile(r"(?:给|跟|和|找|约|见|拜访|走访|联系|提醒|催|问|看|陪|对|帮)")


def said_in(text: str, *, bare: bool) -> Said | None:
    """The first rule that a normalised text plans."""
    if not _CLUE.search(text):
        return None
    return first_of(text, _TABLE, partial(_plans, bare=bare))


def speaks_of_a_deed(text: str) -> bool:
    """Whether a normalised text says that somebody is to do something."""
    return _ACT.search(text) is not None


def _plans(text: str, said: Said, *, bare: bool) -> bool:
    if bare:
        return True
    before, behind = clause_around(text, said.at)
    act = _ACT.search(behind)
    fact = _FACT.search(behind)
    if fact is not None and (act is None or fact.start() <= act.start()):
        return False
    if _OTHERS.search(before) and not _TOWARDS.search(before):
        return False
    if not said.open:
        return True
    return act is not None or _ACT.search(before) is not None or _ACT.search(text) is not None


def _count(m: re.Match[str]) -> int:
    """Every how many; 隔一周 is every second one, 隔两周 too, as people say it."""
    if got(m, "two"):
        return 2
    said = got(m, "gap") or got(m, "n")
    n = whole(said) if said else 1
    return max(2, n) if "隔" in m[0] else n


def _weekdays(text: str) -> tuple[int, ...]:
    chars = re.findall(r"[一二三四五六日天1-7]", text)
    return tuple(sorted({zh.weekday_of(one) for one in chars}))


def _weekly(m: re.Match[str]) -> Rule:
    return Rule("week", _count(m), _weekdays(got(m, "days")))


def _weeks(m: re.Match[str]) -> Rule:
    return Rule("week", _count(m), (0,))


def _days(m: re.Match[str]) -> Rule:
    n = _count(m)
    return WORKDAYS if n == 1 else Rule("day", n)


def _monthly(m: re.Match[str]) -> Rule:
    return Rule("month", _count(m), day=whole(got(m, "d")))


def _month_part(m: re.Match[str]) -> Rule:
    part = got(m, "pos")
    day = -1 if part[0] in "底末最" else 15 if part[0] == "中" else 1
    return Rule("month", _count(m), day=day)


def _nth(m: re.Match[str]) -> Rule:
    said = got(m, "nth")
    nth = -1 if said[0] in "最末" else 1 if said == "首" else whole(said[1:])
    weekday = got(m, "wd")
    if not weekday:
        return Rule("month", _count(m), day=-1) if nth < 0 else Rule("month", _count(m), day=1)
    return Rule("month", _count(m), (zh.weekday_of(weekday),), nth=nth)


def _months(m: re.Match[str]) -> Rule:
    n = _count(m)
    return QUARTERLY if n == 3 else Rule("month", n, day=1)


def _quarter(m: re.Match[str]) -> Rule:
    return QUARTER_END if got(m, "pos")[0] in "底末最" else QUARTERLY


def _year(m: re.Match[str]) -> Rule:
    return Rule("month", 12, day=whole(got(m, "d")), month=whole(got(m, "m")))


_MONTHS = rf"(?:每隔?(?:(?P<n>{_N})个|个)?|隔(?:(?P<gap>{_N})个|个)?)月(?:份)?的?"
_CLUE = re.compile(
    r"[每隔逢]|天天|[一两二三四五六七八九十\d]个?(?:周|星期|礼拜|月|季度|年)一次|双周"
)
_TABLE = (
    words(r"(?:每一?个?|逢)(?:工作日|交易日|上班日|营业日)|工作日(?:每天|天天)", WORKDAYS),
    words(rf"每个?{_W}(?:一|1){_TO}|{_W}(?:一|1){_TO}(?:每天|天天|都)", WORKDAYS),
    words(rf"(?:每?隔)(?:(?P<gap>{_N})|一)?[天日](?!结|息)|每(?P<n>{_N})天", _days),
    words(r"每一?[天日](?!均|结|元)|天天|每(?:天|日)?(?:早上|上午|下午|晚上|早晨|晚)", WORKDAYS),
    # 每周一次 is a week's, not a Monday's
    words(rf"(?:每隔?(?:(?P<n>{_N})个?|个)?|隔(?:(?P<gap>{_N})个?)?|(?P<two>每?双)){_W}(?:[做打去]|拜访|"
          rf"走访|联系|回访)?一[次趟回]", _weeks, frequency_only=True),
    words(rf"(?P<n>{_N})个?{_W}(?:来|去|打|拜访|走访|联系)?一[次趟回]", _weeks,
          frequency_only=True),
    words(rf"{_EVERY_WEEKS}{_DAYS}", _weekly),
    words(rf"(?:每个?|逢)(?:{_W}末|双休日)", Rule("week", weekdays=(5,))),
    words(r"每个?季度?的?(?:季)?(?P<pos>底|末|初|头|最后一天|第一天)", _quarter),
    words(r"每年的?(?:年)?(?:底|末|12月底|最后一天)", YEAR_END),
    words(rf"每年的?(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?P<d>\d{{1,2}}|{ZH})[日号]",
          _year),
    words(rf"{_MONTHS}(?P<d>\d{{1,2}}|{ZH})[日号](?![、,和及跟]\s?\d)", _monthly),
    words(rf"{_MONTHS}(?:月)?(?P<pos>初|中(?!旬)|底|末|最后一天)", _month_part),
    words(rf"{_MONTHS}{_NTH}(?:{_W}(?P<wd>{_DAY})|工作日)", _nth),
    words(r"(?:每|一)(?:个)?半个?月(?:一[次趟回])?|半个?月一[次趟回]", Rule("week", 2, (0,)),
          frequency_only=True),
    words(r"(?:每个?|一个?)季度?(?:一[次趟回])?|每季", QUARTERLY, frequency_only=True),
    words(r"每半年(?:一[次趟回])?|半年一[次趟回]", Rule("month", 6, day=1), frequency_only=True),
    words(r"每年(?:一[次趟回])?|一年一[次趟回]", YEARLY, frequency_only=True),
    words(rf"(?P<n>{_N})个月一[次趟回]|{_MONTHS}(?![\d初中底末第最])(?:一[次趟回])?", _months,
          frequency_only=True),
    words(rf"(?:每隔?(?:(?P<n>{_N})个?|个)?|隔(?:(?P<gap>{_N})个?)?|(?P<two>每?双)){_W}"
          rf"(?![一二三四五六日天1-7末](?!起))", _weeks, frequency_only=True),
)  # fmt: skip
