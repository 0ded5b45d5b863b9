"""Names of people, Chinese with their English form, and numbers that belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

SURNAMES = (
    ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"),
    ("赵", "Zhao"), ("黄", "Huang"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"),
    ("胡", "Hu"), ("朱", "Zhu"), ("高", "Gao"), ("林", "Lin"), ("何", "He"), ("郭", "Guo"),
    ("马", "Ma"), ("罗", "Luo"), ("梁", "Liang"), ("宋", "Song"), ("郑", "Zheng"), ("谢", "Xie"),
    ("韩", "Han"), ("唐", "Tang"), ("冯", "Feng"), ("于", "Yu"), ("董", "Dong"), ("萧", "Xiao"),
    ("程", "Cheng"), ("沈", "Shen"), ("袁", "Yuan"), ("邓", "Deng"), ("许", "Xu"), ("傅", "Fu"),
    ("曹", "Cao"), ("彭", "Peng"), ("蒋", "Jiang"), ("苏", "Su"), ("蔡", "Cai"), ("潘", "Pan"),
    ("姚", "Yao"), ("钱", "Qian"), ("顾", "Gu"), ("金", "Jin"), ("陆", "Lu"), ("汪", "Wang"),
)  # fmt: skip
GIVEN = (
    ("伟", "Wei"), ("芳", "Fang"), ("敏", "Min"), ("静", "Jing"), ("丽", "Li"), ("强", "Qiang"),
    ("磊", "Lei"), ("军", "Jun"), ("洋", "Yang"), ("勇", "Yong"), ("艳", "Yan"), ("杰", "Jie"),
    ("娟", "Juan"), ("涛", "Tao"), ("明", "Ming"), ("超", "Chao"), ("霞", "Xia"), ("平", "Ping"),
    ("刚", "Gang"), ("建华", "Jianhua"), ("志强", "Zhiqiang"), ("晓东", "Xiaodong"),
    ("海燕", "Haiyan"), ("国庆", "Guoqing"), ("秀英", "Xiuying"), ("文博", "Wenbo"),
    ("雅婷", "Yating"), ("子涵", "Zihan"), ("宇航", "Yuhang"), ("嘉怡", "Jiayi"),
    ("俊杰", "Junjie"), ("思远", "Siyuan"), ("慧敏", "Huimin"), ("德胜", "Desheng"),
    ("永康", "Yongkang"), ("美玲", "Meiling"), ("振华", "Zhenhua"), ("立新", "Lixin"),
    ("春梅", "Chunmei"), ("浩然", "Haoran"), ("佳慧", "Jiahui"), ("正豪", "Zhenghao"),
    ("玉兰", "Yulan"), ("志远", "Zhiyuan"), ("雪梅", "Xuemei"), ("光辉", "Guanghui"),
    ("欣怡", "Xinyi"), ("天明", "Tianming"), ("红梅", "Hongmei"), ("培忠", "Peizhong"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in both languages."""

    zh: str
    en: str


def person_name(random: Random) -> PersonName:
    """A name put together by chance."""
    surname, given = random.choice(SURNAMES), random.choice(GIVEN)
    return PersonName(surname[0] + given[0], f"{surname[1]} {given[1]}")


def distinct_names(random: Random, count: int, taken: set[str]) -> list[PersonName]:
    """That many different names, none of which is taken."""
    names: list[PersonName] = []
    while len(names) < count:
        name = person_name(random)
        if name.zh not in taken:
            taken.add(name.zh)
            names.append(name)
    return names


def staff_phone(number: int) -> str:
    """A staff member's mobile number, from a block that is not given out."""
    return f"86100{number:08}"


def customer_phone(number: int) -> str:
    """A contact's mobile number, likewise; the step leaves no two alike."""
    return f"86101{number * 7_654_321 % 10**8:08}"


def office_phone(area: str, number: int) -> str:
    """A firm's switchboard; no exchange in China begins with 1."""
    return f"86{area.lstrip('0')}1{number * 4_567_891 % 10**7:07}"
