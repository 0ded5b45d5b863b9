"""A word that somebody has for a customer: found in a line, and fit to be remembered or not.

Better not remembered than wrongly: a date, an amount, a product, a title or an everyday word means
something else in the next line. Pure functions of text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.language import cues
from core.language.contacts import people_in
from core.language.money import amounts_in
from core.language.name_parts import english_words, is_trade
from core.language.names import COMMON
from core.language.text import fold, plain
from core.language.when import found_in
from core.language.wordlists import listed

if TYPE_CHECKING:
    from datetime import datetime

SHORTEST, LONGEST = 2, 16
#: words for customers in general, and what stands around a name
_EVERYDAY = frozenset(
    listed(
        "客户 老客户 新客户 大客户 小客户 公司 工厂 厂里 厂家 企业 老板 对方 他们 她们 我们 "
        "他家 那家 这家 一家 两家 几家 银行 支行 分行 网点 总行 财务 会计 团队 领导 主管 同事 "
        "今天 昨天 刚才 刚刚 上门 一下 一趟 过去 现场 门口 车间 仓库 办公室 集团 有限公司 股份 "
        "园区 市场 展会 项目 "
        "资料 合同 材料 报表 "
        "he she they them him her it us we you me the a an one this that some any all client "
        "clients customer customers company companies firm firms factory plant office bank "
        "branch site boss owner team leader colleague somebody nobody lunch dinner coffee"
    )
)
_STOP_ZH = (
    r"(?=[^\u4e00-\u9fffA-Za-z0-9]|$|了|的|谈|聊|说|讲|想|要|还|正|有|没|不|在|已|表示|反馈|提|"
    r"签|送|沟通|见|面|老板|财务|会计|总经理|[\u4e00-\u9fff]总|厂长|电话|续|贷|需)"
)
_AFTER_VERB_ZH = re.compile(
    r"(?:拜访|走访|回访|上门|联系|致电|电访|电话|打给|跑|去|到|见|访)了?"
    r"(?P<n>[\u4e00-\u9fffA-Za-z0-9]{2,8}?)" + _STOP_ZH
)
_AT_FRONT_ZH = re.compile(r"^(?P<n>[\u4e00-\u9fff]{2,8}?)" + _STOP_ZH)
_AFTER_VERB_EN = re.compile(
    r"\b(?:visited|called on|called|phoned|rang|met with|met|saw|spoke to|spoke with|went to|"
    r"at|with) (?:the )?(?P<n>[a-z][\w&'-]*(?: [a-z][\w&'-]*)?)(?=[^\w\s&'-]|\s(?:about|for|to|"
    r"today|yesterday|this|last|on|at|in|and|who|they|he|she|wants?|want|is|are|has|have|again|"
    r"just)\b|$)"
)
#: what is said of time and measure without being a date
_LOOSE = re.compile(
    r"\d|改天|晚点|回头|有空|[两几]天|第一时间|尽快|[下本这上]次|利率|每|工作日|[月年日周天]后|月$"
    r"|\b(?:days?|weeks?|months?|hours?|minutes?|later|soon|rate|units?|people|idea|again|asap)\b"
)
_BIGGER = re.compile(r"[老小大新]$")


def called(text: str, known: str) -> str:
    """The word that a line uses for its customer; empty where none stands out.

    `known` is what the understanding took for the name, if anything: an 老 or 小 in front is
    taken along, which tells two firms of one brand apart.
    """
    if known:
        at = text.find(known)
        before = text[:at] if at > 0 else ""
        return before[-1] + known if _BIGGER.search(before) else known
    line = fold(text)
    for shape in (_AFTER_VERB_ZH, _AT_FRONT_ZH, _AFTER_VERB_EN):
        found = shape.search(line)
        if found is not None:
            start, end = found.span("n")
            return text[start:end]
    return ""


def fits(said: str, now: datetime) -> bool:
    """Whether a word can stand for a customer and for nothing else."""
    line = plain(said.strip())
    text = line.text
    if not SHORTEST <= len(text) <= LONGEST or not any(one.isalpha() for one in text):
        return False
    if _LOOSE.search(text):
        return False
    words = set(text.split())
    if text in _EVERYDAY or words <= (_EVERYDAY | COMMON) or is_trade(text):
        return False
    tables = (cues.PRODUCTS, cues.KINDS, cues.WEAK_KINDS)
    if any(True for table in tables for _ in cues.cues(table, text)):
        return False
    if any(True for _ in found_in(line, now)) or any(True for _ in amounts_in(line)):
        return False
    return not any(one.start == 0 and one.end == len(text) for one in people_in(text))


def same_name(said: str, name_zh: str, name_en: str, short_name: str) -> bool:
    """Whether a word is a firm's real name, whole or short."""
    told = fold(said).strip()
    zh = fold(name_zh)
    names = {zh, fold(name_en), fold(short_name), " ".join(english_words(name_en))}
    return told in names
