"""A made-up bank of firms whose brands, trades and places recur, as they do in a register."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from storage.names import pinyin_of, syllables_of

if TYPE_CHECKING:
    import random

_FIRST = "华恒绿新百优明德瑞同安宏金海天永博中东盛泰鑫佳鸿祥顺隆昌达信源丰康美亚光和兴宇龙飞凯诚"
_SECOND = "兴达源晨维品远胜丰济泰图鹰川成信雅科方业盛和茂力华昌瑞美康宇通泽润腾博凯越峰辉洋林杰"
_TRADES = (
    ("机械制造", "Machinery Manufacturing"), ("精密模具", "Precision Mould"),
    ("电子科技", "Electronics Technology"), ("物流", "Logistics"), ("食品", "Food"),
    ("纺织", "Textile"), ("贸易", "Trading"), ("化工", "Chemical"),
    ("建材", "Building Materials"), ("医疗器械", "Medical Devices"),
    ("汽车配件", "Auto Parts"), ("环保设备", "Environmental Equipment"),
    ("信息技术", "Information Technology"), ("包装印刷", "Packaging and Printing"),
    ("服装", "Garment"), ("家具", "Furniture"), ("新材料", "New Materials"),
    ("餐饮管理", "Catering Management"), ("供应链管理", "Supply Chain Management"),
    ("自动化设备", "Automation Equipment"),
)  # fmt: skip
_CITIES = (
    "上海",
    "苏州",
    "杭州",
    "宁波",
    "无锡",
    "南京",
    "常州",
    "嘉兴",
    "合肥",
    "南通",
    "昆山",
    "绍兴",
)
_FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国志华晓东文斌海燕"


@dataclass(frozen=True)
class Firm:
    """A firm and the parts that its names are made of."""

    id: str
    brand: str
    trade: str
    trade_en: str
    city: str
    form: str
    representative: str
    credit_code: str
    phone: str

    @property
    def name_zh(self) -> str:
        return f"{self.city}{self.brand}{self.trade}{self.form}"

    @property
    def core(self) -> str:
        return self.brand + self.trade

    @cached_property
    def brand_en(self) -> str:
        return pinyin_of(self.brand).capitalize()

    @property
    def name_en(self) -> str:
        place = pinyin_of(self.city).capitalize()
        return f"{place} {self.brand_en} {self.trade_en} Co., Ltd."

    @cached_property
    def sound(self) -> str:
        return pinyin_of(self.core)

    @cached_property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in syllables_of(self.core))


def firms(chance: random.Random, count: int) -> list[Firm]:
    """So many firms, no two of the same brand and trade."""
    made: dict[str, Firm] = {}
    while len(made) < count:
        brand = chance.choice(_FIRST) + chance.choice(_SECOND)
        trade, trade_en = chance.choice(_TRADES)
        if brand[0] == brand[1] or brand + trade in made:
            continue
        number = len(made)
        made[brand + trade] = Firm(
            id=f"E{number:05}", brand=brand, trade=trade, trade_en=trade_en,
            city=chance.choice(_CITIES), form=chance.choice(_FORMS),
            representative=chance.choice(_SURNAMES)
            + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2)))),
            credit_code=f"9131{number:06}MA{chance.randrange(10**4, 10**5)}X",
            phone=f"1{chance.choice('3578')}{chance.randrange(10**8, 10**9)}",
        )  # fmt: skip
    return list(made.values())
