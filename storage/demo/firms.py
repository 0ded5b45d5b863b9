"""Made-up firms: names, addresses, contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.demo.credit_code import credit_code
from storage.demo.people import customer_phone, office_phone, person_name
from storage.models import Contact, Customer
from storage.search import fill_search_fields

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from storage.demo.organization import Organization
    from storage.models import Staff

CUSTOMERS = 600
POOLED_EVERY = 60
TELECALLER_EVERY = 20

PLACES = {
    # city: area of the credit code, telephone area, latitude, longitude, where its firms are
    "上海": (
        "310115", "021", 31.2304, 121.4737,
        ("浦东新区张江路", "闵行区莘庄工业区", "嘉定区安亭镇", "松江区九亭镇", "青浦区华新镇"),
    ),
    "苏州": (
        "320594", "0512", 31.2990, 120.5853,
        ("工业园区星湖街", "吴中区木渎镇", "相城区黄埭镇", "昆山市玉山镇", "高新区浒墅关"),
    ),
    "杭州": (
        "330108", "0571", 30.2741, 120.1551,
        ("滨江区江南大道", "余杭区良渚街道", "萧山区临浦镇", "临平区东湖街道", "钱塘区下沙街道"),
    ),
}  # fmt: skip
CITY_EN = {"上海": "Shanghai", "苏州": "Suzhou", "杭州": "Hangzhou"}
FIRST = (
    ("华", "Hua"), ("恒", "Heng"), ("瑞", "Rui"), ("鑫", "Xin"), ("明", "Ming"), ("东", "Dong"),
    ("金", "Jin"), ("宏", "Hong"), ("信", "Xin"), ("嘉", "Jia"), ("立", "Li"), ("天", "Tian"),
    ("永", "Yong"), ("百", "Bai"), ("新", "Xin"), ("凯", "Kai"), ("德", "De"), ("润", "Run"),
    ("科", "Ke"), ("正", "Zheng"), ("长", "Chang"), ("海", "Hai"), ("博", "Bo"), ("盛", "Sheng"),
)  # fmt: skip
SECOND = (
    ("兴", "xing"), ("达", "da"), ("丰", "feng"), ("泰", "tai"), ("诚", "cheng"), ("源", "yuan"),
    ("隆", "long"), ("维", "wei"), ("晨", "chen"), ("安", "an"), ("宇", "yu"), ("成", "cheng"),
    ("利", "li"), ("和", "he"), ("通", "tong"), ("祥", "xiang"), ("力", "li"), ("星", "xing"),
    ("锐", "rui"), ("康", "kang"), ("创", "chuang"), ("美", "mei"), ("江", "jiang"),
)  # fmt: skip
INDUSTRIES = (
    # in the name, short for the short name, English, section of GB/T 4754
    ("机械制造", "机械", "Machinery Manufacturing", "C"),
    ("精密模具", "模具", "Precision Mould", "C"),
    ("电子科技", "电子", "Electronics Technology", "C"),
    ("物流", "物流", "Logistics", "G"),
    ("纺织", "纺织", "Textile", "C"),
    ("食品", "食品", "Food", "C"),
    ("塑料制品", "塑料", "Plastics", "C"),
    ("包装材料", "包装", "Packaging", "C"),
    ("新材料", "新材料", "New Materials", "C"),
    ("汽车零部件", "汽配", "Auto Parts", "C"),
    ("医疗器械", "医疗", "Medical Devices", "C"),
    ("建筑工程", "建工", "Construction", "E"),
    ("软件", "软件", "Software", "I"),
    ("贸易", "贸易", "Trading", "F"),
    ("环保设备", "环保", "Environmental Equipment", "C"),
)
TITLES = ("总经理", "财务总监", "董事长", "财务经理", "出纳", "采购经理", "办公室主任")
GRADES, GRADE_WEIGHTS = ("A", "B", "C", "D"), (10, 30, 40, 20)
SIZES, SIZE_WEIGHTS = ("medium", "small", "micro", "individual"), (20, 50, 27, 3)
STATUSES = ("active", "intent", "prospect", "dormant", "at_risk")
STATUS_WEIGHTS = (50, 15, 20, 10, 5)

#: firms that the docs and the journeys know by name; all are Li Wei's
KNOWN = (
    ("上海", "华兴", "Huaxing", 0, "A"),
    ("上海", "百维", "Brightway", 3, "B"),
    ("上海", "华星", "Huaxing", 2, "B"),
)


@dataclass(frozen=True, slots=True)
class Firms:
    """Rows with their ids set, not yet written."""

    customers: list[Customer]
    contacts: list[Contact]


def build_firms(random: Random, organization: Organization, now: datetime) -> Firms:
    """600 firms with their contacts, spread over the people who keep them."""
    customers: list[Customer] = []
    contacts: list[Contact] = []
    taken: set[tuple[str, str, int]] = set()
    for number in range(1, CUSTOMERS + 1):
        owner = _owner(organization, number)
        if number <= len(KNOWN):
            city, brand, brand_en, industry, grade = KNOWN[number - 1]
        else:
            city = organization.city_of(owner.unit_id)
            brand, brand_en, industry = _brand(random, city, taken)
            grade = random.choices(GRADES, GRADE_WEIGHTS)[0]
        taken.add((city, brand, industry))
        customer = _customer(random, number, city, (brand, brand_en), industry, now)
        customer.grade, customer.unit_id = grade, owner.unit_id
        customer.owner_id = None if number % POOLED_EVERY == 0 else owner.id
        if number <= len(KNOWN):
            customer.status, customer.size = "active", "medium"
        fill_search_fields(customer)
        customers.append(customer)
        contacts += _contacts(random, customer, len(contacts))
    return Firms(customers, contacts)


def _owner(organization: Organization, number: int) -> Staff:
    if number <= len(KNOWN):
        return organization.rms[0]
    if number % TELECALLER_EVERY == 0:
        return organization.telecallers[(number // TELECALLER_EVERY) % 3]
    return organization.rms[number % len(organization.rms)]


def _brand(random: Random, city: str, taken: set[tuple[str, str, int]]) -> tuple[str, str, int]:
    while True:
        first, second = random.choice(FIRST), random.choice(SECOND)
        industry = random.randrange(len(INDUSTRIES))
        brand = first[0] + second[0]
        if (city, brand, industry) not in taken:
            return brand, first[1] + second[1], industry


def _customer(
    random: Random, number: int, city: str, brand: tuple[str, str], industry: int, now: datetime
) -> Customer:
    area, telephone, latitude, longitude, districts = PLACES[city]
    in_name, short, english, sector = INDUSTRIES[industry]
    suffix = "有限公司" if random.random() < 0.85 else "股份有限公司"
    name_en = f"{CITY_EN[city]} {brand[1]} {english} Co., Ltd."
    return Customer(
        id=number,
        external_id=f"C{number:06}",
        name_zh=f"{city}{brand[0]}{in_name}{suffix if number > len(KNOWN) else '有限公司'}",
        name_en=name_en,
        short_name=brand[0] + short,
        credit_code=credit_code(area, 7_000_000_000 + number * 7919),
        legal_representative=person_name(random).zh,
        industry=sector,
        size=random.choices(SIZES, SIZE_WEIGHTS)[0],
        status=random.choices(STATUSES, STATUS_WEIGHTS)[0],
        city=city,
        address=f"{city}市{random.choice(districts)}{random.randrange(1, 999)}号",
        latitude=round(latitude + random.uniform(-0.12, 0.12), 5),
        longitude=round(longitude + random.uniform(-0.12, 0.12), 5),
        phone=office_phone(telephone, number),
        capital_fen=random.choice((100, 200, 500, 800, 1000, 2000, 3000, 5000)) * 10_000 * 100,
        founded=(now - timedelta(days=random.randrange(500, 9000))).date(),
        created_at=now - timedelta(days=random.randrange(370, 1500)),
    )


def _contacts(random: Random, customer: Customer, before: int) -> list[Contact]:
    made = []
    for index in range(random.choices((1, 2, 3), (40, 40, 20))[0]):
        name = person_name(random)
        zh, en = name.zh, name.en
        if index == 0 and customer.id == 1:
            zh, en = "王建国", "Wang Jianguo"
        number = before + index + 1
        made.append(
            Contact(
                id=number, customer_id=customer.id, name=zh, name_en=en,
                title=TITLES[0] if index == 0 else random.choice(TITLES[1:]),
                phone=customer_phone(number),
                role="decision_maker" if index == 0 else random.choice(("influencer", "handler")),
                is_main=index == 0,
            )
        )  # fmt: skip
    return made
