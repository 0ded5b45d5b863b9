"""A large bank to measure on: as many customers and activities as asked for, always the same.

Every customer has a contact; most have accounts, products, credit and a few facts, so that a
profile has something to read. Rows are written in batches by executemany, not through the ORM.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.bank import FIRST_CHAT, STAFF
from storage import db
from storage.importer import bulk
from storage.models import (
    Account,
    Activity,
    Contact,
    CreditLine,
    Customer,
    FollowUp,
    Holding,
    Staff,
    Unit,
)
from storage.search import fill_search_fields
from storage.search_index import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tortoise.models import Model

_BATCH = 10_000
_CITIES = (
    "上海", "苏州", "杭州", "宁波", "无锡", "南京", "常州", "嘉兴", "合肥", "南通", "东莞", "佛山",
    "青岛", "厦门", "武汉", "成都",
)  # fmt: skip
_BRANDS = (
    "华兴恒达绿源新晨百维优品明远德胜瑞丰同济安泰宏图金鹰海川天成永信博雅中科东方嘉禾立本众诚"
    "伟业启航锦绣佳美康宁福临正大和盛长青振邦光辉利民国泰云帆智联创景鸿运通顺凯越森茂晟旭"
)
_TRADES = (
    "机械制造", "物流", "电子科技", "精密模具", "食品", "纺织", "贸易", "化工", "建材", "医疗器械",
    "包装", "自动化设备", "新材料", "餐饮管理", "汽车零部件", "五金制品",
)  # fmt: skip
_WORDS = ("Hua", "Heng", "Lv", "Xin", "Bai", "Ming", "De", "Rui", "Tong", "An", "Hong", "Jin",
          "Hai", "Tian", "Yong", "Bo", "Zhong", "Dong", "Jia", "Li", "Wei", "Qi")  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英建国志文海燕"
_NOTES = ("谈了续贷,客户有意向", "看了车间,订单充足", "电话问候,下月再联系", "送合同,已签")
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


async def fill(customers: int, activities: int) -> None:
    """Write the bank into an empty, migrated database that is open."""
    chance = random.Random(11)
    head = await Unit.create(kind="head_office", name_zh="总行", name_en="Head office", path="/1/")
    team = await Unit.create(
        parent=head, kind="team", name_zh="一队", name_en="Team 1", path=f"/{head.id}/2/"
    )
    await Staff.bulk_create(
        Staff(
            number=f"{n:05}", name_zh=f"经理{n}", name_en=f"Manager {n}", unit=team,
            role="administrator" if n == 0 else "rm", phone=f"1380000{n:04}", locale="zh",
            chat_id=FIRST_CHAT + n, enrolled_at=NOW,
        )
        for n in range(STAFF)
    )  # fmt: skip
    staff = [one.id for one in await Staff.all().order_by("id")]
    await _insert(Customer, _customers(chance, customers, staff, team))
    await _insert(Contact, _contacts(chance, customers))
    await _insert(Account, _accounts(chance, customers))
    await _insert(Holding, _holdings(chance, customers))
    await _insert(CreditLine, _lines(chance, customers))
    await _insert(FollowUp, _follow_ups(chance, customers, staff))
    await _insert(Activity, _activities(chance, activities, customers, staff))
    await db.rows("ANALYZE")
    for table in ("customer", "contact"):
        await settle(table)


async def _insert(model: type[Model], rows: Iterator[dict[str, Any]]) -> None:
    batch: list[tuple[Any, ...]] = []
    columns: tuple[str, ...] = ()
    for row in rows:
        columns = columns or tuple(row)
        batch.append(tuple(row.values()))
        if len(batch) == _BATCH:
            async with db.transaction():
                await bulk.insert(model, columns, batch)
            batch = []
    if batch:
        async with db.transaction():
            await bulk.insert(model, columns, batch)


def _customers(
    chance: random.Random, count: int, staff: list[int], team: Unit
) -> Iterator[dict[str, Any]]:
    for n in range(count):
        brand = "".join(chance.sample(_BRANDS, chance.choice((2, 2, 3))))
        city, trade = chance.choice(_CITIES), chance.choice(_TRADES)
        one = Customer(
            external_id=f"B{n:07}", name_zh=f"{city}{brand}{trade}有限公司",
            name_en=f"{chance.choice(_WORDS)}{chance.choice(_WORDS).lower()} {n} Co., Ltd.",
            short_name=f"{brand}{trade}"[:20], credit_code=f"91310000M{n:09}",
            legal_representative=_person(chance), phone=f"021{n:08}",
        )  # fmt: skip
        fill_search_fields(one)
        yield {
            "external_id": one.external_id, "name_zh": one.name_zh, "name_en": one.name_en,
            "short_name": one.short_name, "credit_code": one.credit_code,
            "legal_representative": one.legal_representative, "industry": "C", "grade": "B",
            "size": "small", "status": "active", "city": city, "address": "", "phone": one.phone,
            "owner_id": staff[n % STAFF], "owner_since": NOW, "unit_id": team.id,
            "pinyin": one.pinyin, "initials": one.initials, "search_text": one.search_text,
            "created_at": NOW,
            "last_contact_at": NOW - timedelta(days=chance.randrange(1, 200)),
        }  # fmt: skip


def _person(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, 2))


def _fact(customer: int) -> dict[str, Any]:
    return {"customer_id": customer, "source": "warehouse", "as_of": date(2026, 11, 25),
            "recorded_at": NOW}  # fmt: skip


def _contacts(chance: random.Random, customers: int) -> Iterator[dict[str, Any]]:
    for n in range(customers):
        yield {
            **_fact(n + 1), "name": _person(chance), "name_en": "", "title": "财务经理",
            "phone": f"139{n:08}", "role": "handler", "is_main": True,
        }  # fmt: skip


def _accounts(chance: random.Random, customers: int) -> Iterator[dict[str, Any]]:
    for n in range(customers):
        number = f"6222{n:012}"
        yield {
            **_fact(n + 1), "number": number, "tail": number[-4:], "kind": "basic",
            "currency": "CNY", "balance_fen": chance.randrange(10**9),
        }  # fmt: skip


def _holdings(chance: random.Random, customers: int) -> Iterator[dict[str, Any]]:
    for n in range(0, customers, 2):
        for product in ("settlement", "payroll"):
            yield {
                **_fact(n + 1), "product": product, "amount_fen": chance.randrange(10**8),
            }  # fmt: skip


def _lines(chance: random.Random, customers: int) -> Iterator[dict[str, Any]]:
    for n in range(0, customers, 3):
        limit = chance.randrange(10**8, 10**9)
        yield {
            **_fact(n + 1), "number": f"L{n:08}", "product": "working_capital",
            "limit_fen": limit, "drawn_fen": limit // 2, "margin_fen": 0,
            "security": "mortgage", "collateral": "", "classification": "normal",
            "overdue_fen": 0, "matures": date(2027, 3, 1),
        }  # fmt: skip


def _follow_ups(
    chance: random.Random, customers: int, staff: list[int]
) -> Iterator[dict[str, Any]]:
    for n in range(0, customers, 10):
        due = NOW + timedelta(days=chance.randrange(30, 200))
        owner = staff[n % STAFF]
        yield {
            "key": f"bench:{n}", "customer_id": n + 1, "owner_id": owner, "created_by_id": owner,
            "kind": "visit", "purpose": "续贷", "due_at": due, "all_day": False,
            "lead_minutes": 30, "remind_at": due, "overdue_at": due + timedelta(days=1),
            "escalate_at": due + timedelta(days=3), "status": "open", "created_at": NOW,
        }  # fmt: skip


def _activities(
    chance: random.Random, count: int, customers: int, staff: list[int]
) -> Iterator[dict[str, Any]]:
    for n in range(count):
        customer = chance.randrange(customers)
        at = NOW - timedelta(minutes=chance.randrange(60, 700_000))
        yield {
            "key": f"bench:{n}", "customer_id": customer + 1, "author_id": staff[customer % STAFF],
            "kind": chance.choice(("visit", "call")), "outcome": "interested",
            "note": chance.choice(_NOTES), "currency": "CNY", "occurred_at": at,
            "time_source": "stated", "time_known": True, "recorded_at": at,
        }  # fmt: skip
