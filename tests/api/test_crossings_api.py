"""Facts that crossed a line, as other systems read and hear of them."""

from __future__ import annotations

import json
from datetime import UTC

from core import announcing, crossings
from core.acting import Acting
from core.bus import publish
from core.enrolment import SYSTEM
from storage.db import transaction
from storage.models import Announcement, CreditLine
from tests.support.api import Served
from tests.support.bank import MONDAY


async def overdue(api: Served) -> None:
    await CreditLine.create(
        customer_id=api.bank.customers["C001"], number="HT1", limit_fen=500_00, overdue_fen=8_00,
        source="warehouse", as_of=MONDAY.date(), recorded_at=MONDAY,
    )  # fmt: skip
    acting = Acting(SYSTEM, MONDAY.astimezone(UTC), "t:find_crossings:1")
    async with transaction():
        await crossings.find_crossings(acting)
        await publish(acting)


async def test_crossings_are_listed_within_the_scope_and_by_kind(api: Served) -> None:
    await overdue(api)
    li, zhao = await api.asker("1001"), await api.asker("1004")
    [one] = (await li.get("/crossings?kind=overdue&ended=false")).json["items"]
    assert (one["customer"], one["kind"], one["amount_fen"]) == ("华兴机械", "overdue", 8_00)
    assert (await li.get("/crossings?kind=outflow")).json["items"] == []
    assert (await zhao.get("/crossings")).json["items"] == []


async def test_who_subscribed_hears_of_a_crossing(api: Served) -> None:
    announcing.subscribe_all()
    administrator = await api.asker("1008")
    given = {"number": "1003", "url": "https://core.example/hear", "events": ["fact.crossed"]}
    assert (await administrator.post("/subscriptions", given)).status == 201
    await overdue(api)
    [told] = await Announcement.all()
    body = json.loads(told.body)
    assert (body["event"], body["how"], body["customer_id"]) == (
        "fact.crossed", "overdue", api.bank.customers["C001"],
    )  # fmt: skip
