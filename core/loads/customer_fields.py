"""What a file of customers may say, and how its cells are read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.facts.kinds import Birthday, Code, Day, Kind, Money, Words
from core.facts.section import Field
from core.i18n import LOCALES, N_, Text, texts
from core.import_rows import BadCellError, plain
from core.vocabulary import INDUSTRIES, SIZES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable

#: no column of the customer's: by staff number, who is to be in charge of a new one
OWNER = "owner"
_CODE = re.compile(r"[0-9A-Z]{15,18}")
_ID = re.compile(r"\S{1,40}")
#: words by which a trade is known that is written in words: of a sector, the first that fits
_TRADES = (
    ("A", ("farm", "agri", "fish", "forest", "农", "林", "牧", "渔")),
    ("I", ("software", "information", "internet", "it service", "软件", "信息", "互联网")),
    ("G", ("logistic", "transport", "storage", "warehous", "物流", "运输", "仓储")),
    ("F", ("wholesale", "retail", "trad", "批发", "零售", "贸易")),
    ("H", ("hotel", "catering", "restaurant", "餐饮", "住宿", "酒店")),
    ("E", ("construct", "building work", "建筑", "施工")),
    ("K", ("real estate", "property", "房地产")),
    ("Q", ("health", "medical care", "hospital", "医疗服务", "卫生")),
    ("P", ("educat", "教育")),
    ("R", ("culture", "sport", "entertain", "media", "文化", "体育", "娱乐")),
    ("M", ("research", "technical service", "科研", "技术服务")),
    ("D", ("power", "water", "energy", "电力", "燃气", "供水", "能源")),
    ("B", ("mining", "采矿", "矿业")),
    ("J", ("finance", "insurance", "金融", "保险")),
    ("L", ("business service", "leasing", "consult", "租赁", "商务", "咨询")),
    ("N", ("environment", "环境", "环保")),
    ("C", ("manufact", "machin", "electron", "chemical", "textile", "food", "metal", "制造",
           "加工", "机械", "电子", "化工", "纺织", "食品", "材料", "设备", "医药")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read(Kind):
    """A text that is read in its own way, and shown as it is kept."""

    reads: Callable[[str], str]

    def read(self, cell: str) -> str:
        """What the text means."""
        return self.reads(cell)

    def shown(self, value: Any, locale: str) -> str:
        """The text itself."""
        del locale
        return str(value)


def _id(cell: str) -> str:
    if not _ID.fullmatch(cell):
        raise BadCellError("", Text(N_("An id has up to 40 characters and no spaces.")))
    return cell


def _credit_code(cell: str) -> str:
    code = unicodedata.normalize("NFKC", cell).replace(" ", "").replace("-", "").upper()
    if not _CODE.fullmatch(code):
        raise BadCellError("", Text(N_("A credit code has 18 digits and capital letters.")))
    return code


def _phone(cell: str) -> str:
    """The digits of the first number in it, with the sign of a country's code gone."""
    first = re.split(r"[/;,，；、|]", unicodedata.normalize("NFKC", cell), maxsplit=1)[0]
    digits = re.sub(r"[^0-9]", "", first)
    if not 5 <= len(digits) <= 20:
        raise BadCellError("", Text(N_("A phone number has 5 to 20 digits.")))
    return digits


def _industry(cell: str) -> str:
    """The section of GB/T 4754: its letter, its label, or the words that a trade is known by."""
    letter = cell.strip().upper()[:1]
    if re.match(r"[A-R](\d{1,4})?$", cell.strip().upper()):
        return letter
    said = plain(cell)
    for code, msgid in INDUSTRIES.items():
        if said in {plain(str(texts(locale)(msgid))) for locale in LOCALES}:
            return code
    lower = cell.casefold()
    return next((code for code, known in _TRADES if any(word in lower for word in known)), "")


def _grade(cell: str) -> str:
    grade = unicodedata.normalize("NFKC", cell).strip().upper().removesuffix("级")
    if grade not in {"A", "B", "C", "D"}:
        raise BadCellError("", Text(N_("One of these, please: {known}."), {"known": "A, B, C, D"}))
    return grade


FIELDS = (
    Field("external_id", N_("Customer number"), _Read(_id),
          ("id", "customer id", "customer no", "编号", "客户号", "客户编号")),
    Field("name_zh", N_("Name"), Words(120),
          ("name", "customer", "company", "名称", "客户名称", "企业名称", "公司名称"),
          needed=True),
    Field("name_en", N_("English name"), Words(160), ("英文名", "英文名称")),
    Field("short_name", N_("Short name"), Words(40), ("简称",)),
    Field("credit_code", N_("Credit code"), _Read(_credit_code),
          ("unified social credit code", "统一社会信用代码", "信用代码")),
    Field("legal_representative", N_("Legal representative"), Words(60),
          ("法定代表人", "法人", "法人代表")),
    Field("legal_birthday", N_("Their birthday"), Birthday(),
          ("legal representative's birthday", "法定代表人生日", "法人生日")),
    Field("phone", N_("Telephone"), _Read(_phone), ("telephone", "电话", "联系电话")),
    Field("city", N_("City"), Words(40), ("城市", "所在城市")),
    Field("address", N_("Address"), Words(200), ("地址", "注册地址")),
    Field("industry", N_("Industry"), _Read(_industry), ("sector", "行业", "所属行业")),
    Field("grade", N_("Grade"), _Read(_grade), ("级别", "客户等级", "等级")),
    Field("size", N_("Size"), Code(SIZES), ("规模", "企业规模")),
    Field("status", N_("Status"), Code(STATUSES), ("状态", "客户状态")),
    Field("capital_fen", N_("Registered capital"), Money(), ("注册资本",)),
    Field("founded", N_("Founded"), Day(), ("成立日期",)),
    Field("licence_expires", N_("Licence expires"), Day(), ("营业执照到期日",)),
    Field(OWNER, N_("Relationship manager"), Words(20),
          ("owner", "rm", "客户经理", "管户", "客户经理工号")),
)  # fmt: skip
