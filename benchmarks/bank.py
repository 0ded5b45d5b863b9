"""The bank that is measured on: 10,000 customers, 100,000 activities, 200 staff with phones."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from storage import db
from storage.models import Activity, Customer, Staff, Unit
from storage.search import fill_search_fields

CUSTOMERS = 10_000
ACTIVITIES = 100_000
STAFF = 200
FIRST_CHAT = 100_001
_BATCH = 2_000
_CITIES = ("上海", "苏州", "杭州", "宁波", "无锡", "南京", "常州", "嘉兴", "合肥", "南通")
_BRANDS = "华兴恒达绿源新晨百维优品明远德胜瑞丰同济安泰宏图金鹰海川天成永信博雅中科东方"
_TRADES = ("机械制造", "物流", "电子科技", "精密模具", "食品", "纺织", "贸易", "化工", "建材")
_NOTES = ("谈了续贷,客户有意向", "看了车间,订单充足", "电话问候,下月再联系", "送合同,已签")


async def fill() -> None:
    """Write the bank into an empty, migrated database: always the same rows."""
    chance = random.Random(7)
    now = datetime.now(UTC)
    head = await Unit.create(kind="head_office", name_zh="总行", name_en="Head office", path="/1/")
    team = await Unit.create(
        parent=head, kind="team", name_zh="一队", name_en="Team 1", path=f"/{head.id}/2/"
    )
    await Staff.bulk_create(
        Staff(
            number=f"{n:05}", name_zh=f"经理{n}", name_en=f"Manager {n}", role="rm", unit=team,
            phone=f"1380000{n:04}", locale="zh", chat_id=FIRST_CHAT + n, enrolled_at=now,
        )
        for n in range(STAFF)
    )  # fmt: skip
    staff = await Staff.all().order_by("id")
    for start in range(0, CUSTOMERS, _BATCH):
        customers = [_customer(chance, n, staff, team, now) for n in range(start, start + _BATCH)]
        async with db.transaction():
            await Customer.bulk_create(customers)
    ids = await Customer.all().order_by("id").values_list("id", "owner_id")
    for start in range(0, ACTIVITIES, _BATCH):
        activities = []
        for n in range(start, start + _BATCH):
            customer_id, owner_id = ids[chance.randrange(CUSTOMERS)]
            at = now - timedelta(minutes=chance.randrange(60, 700_000))
            activities.append(
                Activity(
                    key=f"bench:{n}", customer_id=customer_id, author_id=owner_id,
                    kind=chance.choice(("visit", "call")), outcome="interested",
                    note=chance.choice(_NOTES), occurred_at=at, time_source="stated",
                    recorded_at=at,
                )
            )  # fmt: skip
        async with db.transaction():
            await Activity.bulk_create(activities)
    if db.dialect() == "postgres":
        await db.rows("ANALYZE")


def _customer(
    chance: random.Random, number: int, staff: list[Staff], team: Unit, now: datetime
) -> Customer:
    brand = "".join(chance.sample(_BRANDS, 3))
    city, trade = chance.choice(_CITIES), chance.choice(_TRADES)
    customer = Customer(
        external_id=f"B{number:06}", name_zh=f"{city}{brand}{trade}有限公司",
        name_en=f"Bench Company {number}", short_name=f"{brand}{trade}",
        credit_code=f"91310000MB{number:08}", industry="C", city=city, grade="B", size="small",
        status="active", phone=f"0215{number:07}", owner=staff[number % STAFF], unit=team,
        created_at=now, last_contact_at=now - timedelta(days=chance.randrange(1, 200)),
    )  # fmt: skip
    fill_search_fields(customer)
    return customer
