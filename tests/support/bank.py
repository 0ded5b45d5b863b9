"""A small bank: two teams in two branches, with people, firms and a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.acting import Acting
from core.people import person_by_number
from storage.models import Contact, Customer, Staff, Unit
from storage.search import fill_search_fields

ZONE = ZoneInfo("Asia/Shanghai")
#: a Monday morning, as all tests begin
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)

PEOPLE = (
    # number, Chinese, English, role, unit, chat
    ("1001", "李伟", "Li Wei", "rm", "team_a", 101),
    ("1002", "陈静", "Chen Jing", "rm", "team_a", 102),
    ("1003", "王芳", "Wang Fang", "team_leader", "team_a", 103),
    ("1004", "赵磊", "Zhao Lei", "rm", "team_b", 104),
    ("1005", "孙丽", "Sun Li", "team_leader", "team_b", 105),
    ("1006", "周强", "Zhou Qiang", "branch_manager", "branch_a", 106),
    ("1007", "吴敏", "Wu Min", "head_office", "head", 107),
    ("1008", "郑洁", "Zheng Jie", "administrator", "head", 108),
    ("1009", "冯涛", "Feng Tao", "telecaller", "team_a", 109),
    ("1010", "何军", "He Jun", "auditor", "head", 110),
    ("1011", "新同事", "Xin Tongshi", "rm", "team_a", None),
)
FIRMS = (
    # external id, Chinese, English, short, owner, contact, title
    ("C001", "上海华兴机械制造有限公司", "Shanghai Huaxing Machinery Manufacturing Co., Ltd.",
     "华兴机械", "1001", "王建国", "总经理"),
    ("C002", "上海百维物流有限公司", "Shanghai Brightway Logistics Co., Ltd.", "百维物流", "1001",
     "林晓东", "财务总监"),
    ("C003", "上海华星电子科技有限公司", "Shanghai Huaxing Electronics Co., Ltd.", "华星电子",
     "1001", "刘洋", "总经理"),
    ("C004", "苏州恒达精密模具有限公司", "Suzhou Hengda Precision Mould Co., Ltd.", "恒达模具",
     "1002", "张敏", "出纳"),
    ("C005", "杭州绿源食品有限公司", "Hangzhou Lvyuan Food Co., Ltd.", "绿源食品", "1004", "钱进",
     "法定代表人"),
    ("C006", "上海<b>&优品</b>贸易有限公司", "Shanghai <Youpin> & Sons", "优品", "1001", "孙<i>",
     "采购 & 销售"),
    ("C007", "上海新晨纺织有限公司", "Shanghai Xinchen Textile Co., Ltd.", "新晨纺织", "1009",
     "马超", "经理"),
)  # fmt: skip


@dataclass(frozen=True)
class Bank:
    """The ids of what was built."""

    units: dict[str, int]
    staff: dict[str, int]
    customers: dict[str, int]

    async def acting(self, number: str, now: datetime = MONDAY, cause: str = "test") -> Acting:
        """The person with this staff number, acting now."""
        return Acting(await person_by_number(number, now), now.astimezone(UTC), cause)


async def build_bank(*, enrolled: bool = True, locale: str = "zh") -> Bank:
    """Write the bank into the connected database."""
    units: dict[str, Unit] = {}
    for name, parent, kind in (
        ("head", None, "head_office"),
        ("branch_a", "head", "branch"),
        ("branch_b", "head", "branch"),
        ("team_a", "branch_a", "team"),
        ("team_b", "branch_b", "team"),
    ):
        above = units[parent] if parent else None
        unit = await Unit.create(parent=above, kind=kind, name_zh=name, name_en=name, path=name)
        unit.path = f"{above.path if above else '/'}{unit.id}/"
        await unit.save()
        units[name] = unit
    staff: dict[str, Staff] = {}
    for number, zh, en, role, unit_name, chat in PEOPLE:
        staff[number] = await Staff.create(
            number=number, name_zh=zh, name_en=en, role=role, unit=units[unit_name],
            phone=f"861380000{number}", locale=locale, chat_id=chat if enrolled else None,
            enrolled_at=MONDAY if enrolled and chat else None,
        )  # fmt: skip
    customers: dict[str, Customer] = {}
    for number, (external, zh, en, short, owner, contact, title) in enumerate(FIRMS, 1):
        customer = Customer(
            external_id=external, name_zh=zh, name_en=en, short_name=short,
            credit_code=f"91310000MA1000{number:02}0{number}", industry="C", city=zh[:2],
            address="工业路1号", latitude=31.2, longitude=121.5, grade="A", size="small",
            status="active", phone=f"021555500{number:02}", owner=staff[owner],
            unit_id=staff[owner].unit_id, created_at=MONDAY,
        )  # fmt: skip
        fill_search_fields(customer)
        await customer.save()
        await Contact.create(
            customer=customer, name=contact, name_en="", title=title,
            phone=f"86139000000{number:02}", role="decision_maker", is_main=True,
        )  # fmt: skip
        customers[external] = customer
    return Bank(
        {name: unit.id for name, unit in units.items()},
        {number: person.id for number, person in staff.items()},
        {external: customer.id for external, customer in customers.items()},
    )
