"""Guarantees around a customer: circles are found, and nobody learns of them beyond the scope."""

from __future__ import annotations

import pytest

from core.errors import NotFound
from core.guarantees import guarantees_around
from storage.models import Customer, Relation
from tests.support.bank import MONDAY, Bank, build_bank
from tests.support.random_bank import random_bank


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def guarantee(giver: int, taker: Customer, *, ended: bool = False) -> None:
    await Relation.create(
        customer_id=giver, kind="guarantees", name=taker.name_zh, other_id=taker.id,
        source="customer", recorded_at=MONDAY, ended_at=MONDAY if ended else None,
    )  # fmt: skip


async def test_a_ring_is_found_from_each_of_its_firms_and_not_when_a_guarantee_ended(
    bank: Bank,
) -> None:
    owned = await Customer.filter(owner_id=bank.staff["1001"]).order_by("id").limit(2)
    first, second = owned
    await guarantee(first.id, second)
    acting = await bank.acting("1001")
    assert (await guarantees_around(acting, second.id)).circles == ()
    await guarantee(second.id, first)
    for firm in owned:
        found = await guarantees_around(acting, firm.id)
        assert found.circles == ((first.id, second.id),)
        assert found.names == {one.id: one.name_zh for one in owned}
        assert not found.truncated
    await Relation.filter(customer_id=second.id).update(ended_at=MONDAY)
    assert (await guarantees_around(acting, first.id)).circles == ()


@pytest.mark.parametrize("seed", [3, 11])
async def test_nobody_learns_of_guarantees_beyond_the_scope(database: str, seed: int) -> None:
    bank = await random_bank(seed)
    ring = sorted(bank.customers, key=lambda one: one.id)
    for giver, taker in zip(ring, [*ring[1:], ring[0]], strict=True):
        await guarantee(giver.id, taker)
    for person in bank.staff:
        acting = await bank.acting(person)
        seen = {one.id for one in ring if bank.may_see(person, one)}
        for firm in ring:
            if firm.id not in seen:
                with pytest.raises(NotFound):
                    await guarantees_around(acting, firm.id)
                continue
            found = await guarantees_around(acting, firm.id)
            assert found.names.keys() <= seen
            assert {tie.source for tie in found.ties} <= seen
            assert {tie.target for tie in found.ties if isinstance(tie.target, int)} <= seen
            if len(seen) < len(ring):
                assert found.circles == ()
            else:
                assert found.truncated or found.circles == (tuple(one.id for one in ring),)
