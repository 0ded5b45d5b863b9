"""People at a customer: reading a portfolio's contacts, and 王总, 老王, "Mr Wang" in a text.

A surname with a title hints at a customer only if exactly one in the portfolio has such a contact
and no other firm is named in front of it; a full name is stronger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from core.language.name_parts import syllables
from core.language.wordlists import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.language.text import Plain

_COMPOUND = listed("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 端木")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解"
    "牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_TITLES = listed(
    "董事长 总经理 副总经理 副总 总监 经理 厂长 副厂长 主任 主管 会计 出纳 财务 老板娘 "
    "老板 店长 科长 处长 部长 工程师 师傅 秘书 助理 董事 先生 女士 小姐 法人 董秘 财总 "
    "总工 老师 总 董 厂 姐 哥 工 叔 阿姨 嫂 太太 夫人"
)
_TITLE = "|".join(sorted(_TITLES, key=len, reverse=True))
_ZH_PERSON = re.compile(
    rf"(?P<n>(?:{'|'.join(_COMPOUND)})|"
    rf"[{SURNAMES}])(?:(?![\u4e00-\u9fff]?[{SURNAMES}](?:{_TITLE}))(?P<given>["
    rf"\u4e00-\u9fff]{{1,2}}?))??(?P<t>{_TITLE})"
    rf"|(?P<old>[老小])(?P<m>[{SURNAMES}])(?![\u4e00-\u9fff]?(?:家|户|学|区|微|企))"
)
_EN_PERSON = re.compile(
    r"\b(?P<t>mr|mrs|ms|miss|mdm|madam|dr|boss|manager|director|president|chairman|"
    r"chairwoman|ceo|cfo"
    r"|gm|general manager|accountant|treasurer|owner|founder|"
    r"old)\.?\s+(?P<n>[a-z]{2,9})\b(?!\s(?:zong))"
    r"|\b(?P<z>[a-z]{2,9}) ?(?P<zt>zong|laoban|jingli)\b"
)
_HANZI = re.compile(r"[\u4e00-\u9fff]{2,4}")
#: what may stand before 王总 when no firm is named: a verb, a preposition, nothing
_BEFORE = re.compile(
    r"(?:^|[^\u4e00-\u9fffa-z]|拜访了?|走访了?|见了?|见到了?|给|跟|和|与|同|约了?|找了?|"
    r"联系了?|联系上|电话|致电|打给|打了|问了?|问下|陪|请|向"
    r"|对|通知|提醒|让|了|到|访|聊|回复了?|催|谢谢|把|过|被|又|再|是|由|说|老板|的|刚|去|"
    r"上门|回访了?|[晚早午天日点]|昨|今|主动"
    r"|周[一二三四五六日天]|[号日点]|微信|加|发|但|跟进|接待|需要|要|想|我|他|她|厂里|"
    r"老总|财务|请教|从|陪同|介绍|[、和及次趟个位候等接送访从替帮带叫]|[着才就这那原问来正]|"
    r"看看?|看望|一下|会见|还有|另外|顺便|应)$"
)
_SENIOR = re.compile(
    r"总|董事长|老板|法人|厂长|ceo|gm|general manager|president|owner|boss|chair|director|"
    r"managing|founder",
    re.IGNORECASE,
)
_FINANCE = re.compile(r"财务|会计|出纳|cfo|financ|accountant|treasur", re.IGNORECASE)


@lru_cache(maxsize=1)
def _en_surnames() -> frozenset[str]:
    """The surnames in Latin letters; not at import, which would be slow."""
    return frozenset(syllable for char in SURNAMES for syllable in syllables(char))


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of a customer, as far as the portfolio tells."""

    name: str
    surname: str
    title: str
    female: bool | None = None

    @property
    def name_sound(self) -> str:
        """The whole name in pinyin, surname first: "wang jianguo"."""
        given = "".join(syllables(self.name[len(self.surname) :])).lower()
        return f"{self.surname_sound} {given}" if given else ""

    @property
    def surname_sound(self) -> str:
        """The surname in pinyin, for "Mr Wang"."""
        return "".join(syllables(self.surname)).lower()


@dataclass(frozen=True, slots=True)
class Person:
    """A person mentioned in a text."""

    start: int
    end: int
    surname: str
    title: str
    #: a full name was written
    full: str | None
    #: whether a firm may be named right in front (华兴王总)
    alone: bool


@lru_cache(maxsize=65_536)
def contact_of(text: str, title: str = "") -> Contact | None:
    """A contact from what the portfolio has: 王建国, 王总, 王建国(总经理), "Wang Jianguo, GM"."""
    text = text.strip()
    if not text:
        return None
    found = _HANZI.search(text)
    if (found is not None and found[0][0] in SURNAMES) or (found and found[0][:2] in _COMPOUND):
        assert found is not None
        word = found[0]
        surname = word[:2] if word[:2] in _COMPOUND else word[0]
        titled = next((t for t in _TITLES if word[len(surname) :] == t), "")
        rest = text.replace(word, "", 1).strip(" ()（）,，-/|")
        return Contact(word if not titled else "", surname, title or titled or rest)
    words = re.findall(r"[a-z]+", text.lower())
    words = [w for w in words if w not in {"mr", "mrs", "ms", "miss", "dr", "zong"}]
    if not words:
        return None
    # Wang Jianguo, or Jianguo Wang: the word that is a known surname
    surname = next((w for w in (words[0], words[-1]) if w in _en_surnames()), words[-1])
    name = " ".join(words[:2]) if len(words) > 1 else ""
    return Contact(name, surname, title or " ".join(words[2:]))


def people_in(text: str) -> Iterator[Person]:
    """Everybody who is mentioned by surname and title in a normalised text."""
    for m in _ZH_PERSON.finditer(text):
        surname = m["n"] or m["m"]
        title = m["t"] or ""
        alone = _BEFORE.search(text[max(0, m.start() - 4) : m.start()]) is not None
        full = surname + m["given"] if m["given"] else None
        yield Person(m.start(), m.end(), surname, title, full, alone)
    for m in _EN_PERSON.finditer(text):
        surname = m["n"] or m["z"]
        if surname in {"of", "the", "and", "at", "is", "was", "who", "said", "for", "from", "on"}:
            continue
        tail = text[m.end() : m.end() + 8]
        alone = re.match(r"\s(?:of|from|at)\s(?!the|an? |our|his|her|my)", tail) is None
        yield Person(m.start(), m.end(), surname, m["t"] or "总", None, alone)


#: surnames in Latin letters that are everyday words, too
_ALSO_WORDS = frozenset(
    listed("he she an you long sun so mo pan bin fan can man gun men sang song tan tong hang may")
)
_BARE = re.compile(
    r"(?:(?:^|[.;,:!] ?|\b(?:with|w/?|from|to|call|ring|phone|meet|see|remind|tell|ask|told|asked|"
    r"met|into|"
    r"send|sent|give|gave|bring|email|text|invite|show|help|thank|visit|take|"
    r"saw|rang|called|phoned|texted|wechat'd|wechatted|whatsapped|messaged|emailed|"
    r"visited|pinged|ping|had|and|boss|for|by|chase) )"
    r"(?=(?P<n>[a-z]{2,8})\b(?! (?:bank|road|street|district|city|province))))|"
    r"\b(?P<of>[a-z]{2,8})(?:'s |\s?(?=总|董|经理|老板))"
)
_RUN = re.compile(r"[\u4e00-\u9fff]+")


def full_names(text: str) -> Iterator[tuple[int, int]]:
    """Where a name of three or two characters may stand, the longer first at each place."""
    for run in _RUN.finditer(text):
        for start in range(run.start(), run.end() - 1):
            if text[start] not in SURNAMES and text[start : start + 2] not in _COMPOUND:
                continue
            for length in (4, 3, 2):
                if start + length <= run.end():
                    yield start, start + length


#: behind these even "Sun" and "He" are people, if they have a capital
_CALLED = re.compile(r"\b(?:call|ring|meet|see|ask|tell|with|remind|phone|called|met|saw) $")
_TWO_WORDS = re.compile(r"(?=\b([a-z]{2,8} [a-z]{2,10})\b)", re.ASCII)


def latin_names(text: str) -> Iterator[tuple[int, int]]:
    """Where a whole name in Latin letters may stand: "coffee with He Jing"."""
    return (m.span(1) for m in _TWO_WORDS.finditer(text))


def is_surname(word: str) -> bool:
    """Whether a word in Latin letters is a Chinese surname and no everyday word."""
    return word.lower() in _en_surnames() and word.lower() not in _ALSO_WORDS


def bare_surnames(line: Plain) -> Iterator[tuple[int, int]]:
    """Where a surname may stand alone in English: with a capital, as somebody who does a thing."""
    for m in _BARE.finditer(line.text):
        group = "n" if m["n"] else "of"
        start, end = m.span(group)
        name = m[group]
        spoken_to = _CALLED.search(line.text[:start]) is not None
        if not (is_surname(name) or (spoken_to and name in _en_surnames())):
            continue
        if line.said(start, start + 1).isupper():
            yield start, end


def suits(person: Person, contact: Contact) -> bool:
    """Whether a mention may be that contact: the surname, in characters or in sound."""
    if (
        person.full
        and contact.name
        and len(person.full) > 1
        and contact.name.startswith(person.full)
    ):
        return True
    if person.surname == contact.surname:
        return True
    return person.surname.isascii() and person.surname in {contact.surname_sound, contact.surname}


def title_suits(person: Person, contact: Contact) -> bool:
    """Whether the title fits too: 总 for whoever leads, 会计 for finance; unknown titles fit."""
    if not contact.title or not person.title:
        return True
    if contact.title == person.title:
        return True
    if _SENIOR.search(person.title):
        return bool(_SENIOR.search(contact.title))
    if _FINANCE.search(person.title):
        return bool(_FINANCE.search(contact.title))
    if person.title == "经理":
        return "经理" in contact.title or "manager" in contact.title.lower()
    return True


def contacts_of(texts: Iterable[tuple[str, str]]) -> tuple[Contact, ...]:
    """The contacts of one customer from names and titles."""
    found = (contact_of(name, title) for name, title in texts)
    return tuple(c for c in found if c is not None)
