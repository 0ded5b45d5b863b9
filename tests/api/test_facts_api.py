"""What is known of a customer, over HTTP: the same rules and masks as in the chat."""

from __future__ import annotations

from datetime import date

from storage.models import Account, Audit, Change, CreditLine, Customer, Relation
from tests.support.api import Served
from tests.support.bank import MONDAY

WAN = 10_000 * 100


async def test_a_fact_is_written_down_changed_and_ended_and_its_trail_is_told(
    api: Served,
) -> None:
    asker, customer = await api.asker("1001"), api.bank.customers["C001"]
    values = {"bank": "宁波银行", "product": "working_capital", "balance_fen": 500 * WAN,
              "matures": "2027-03-31"}  # fmt: skip
    made = await asker.post(
        f"/customers/{customer}/facts", {"section": "other_banks", "values": values}
    )
    assert made.status == 201
    row = made.json["id"]
    assert made.json["values"]["balance_fen"] == 500 * WAN
    assert (made.json["source"], made.json["as_of"]) == ("customer", "2026-11-23")
    changed = await asker.ask(
        "PATCH", f"/facts/other_banks/{row}", json={"values": {"balance_fen": 300 * WAN}},
        headers={"If-Match": "*"},
    )  # fmt: skip
    assert changed.json["values"]["balance_fen"] == 300 * WAN
    trail = (await asker.get(f"/customers/{customer}/changes?section=other_banks")).json["items"]
    assert [(one["field"], one["was"], one["now"]) for one in trail] == [
        ("balance_fen", "¥500万", "¥300万"), ("", "", "宁波银行 · 流动资金贷款"),
    ]  # fmt: skip
    ended = await asker.ask("POST", f"/facts/other_banks/{row}/end", headers={"If-Match": "*"})
    assert (ended.status, ended.json["ended"]) == (200, True)
    listed = (await asker.get(f"/customers/{customer}/facts?section=other_banks")).json
    assert (listed["items"], listed["total"]) == ([], 0)


async def test_a_value_that_can_not_be_right_names_its_field(api: Served) -> None:
    asker, customer = await api.asker("1001"), api.bank.customers["C001"]
    values = {"name": "王建国", "share_bp": "101%"}
    refused = await asker.post(
        f"/customers/{customer}/facts", {"section": "shareholders", "values": values}
    )
    assert refused.is_problem(422, "invalid")
    assert "占比" in refused.json["detail"]


async def test_what_comes_from_the_banks_systems_is_read_under_masks(api: Served) -> None:
    customer = api.bank.customers["C001"]
    await Account.create(
        customer_id=customer, number="9931000000167670", tail="7670", kind="basic",
        balance_fen=320 * WAN, source="warehouse", as_of=date(2026, 11, 22), recorded_at=MONDAY,
    )  # fmt: skip
    owner, head = await api.asker("1001"), await api.asker("1007")
    path = f"/customers/{customer}/facts?section=accounts"
    [seen] = (await owner.get(path)).json["items"]
    [masked] = (await head.get(path)).json["items"]
    assert (seen["values"]["number"], seen["masked"]) == ("9931000000167670", {})
    assert (masked["values"]["number"], masked["masked"]) == (None, {"number": "****7670"})
    read = await Audit.filter(action="read", subject="accounts").values_list("actor_id", flat=True)
    assert list(read) == [api.bank.staff["1001"]]
    refused = await owner.ask(
        "PATCH", f"/facts/accounts/{seen['id']}", json={"values": {"balance_fen": 1}},
        headers={"If-Match": "*"},
    )  # fmt: skip
    assert refused.is_problem(403, "not_allowed")


async def test_the_profile_tells_what_is_needed_at_the_door(api: Served) -> None:
    asker, customer = await api.asker("1001"), api.bank.customers["C001"]
    first = (await asker.get(f"/customers/{customer}/profile")).json["door"]
    assert (first["looked_at"], first["cautions"], first["holds"]) == (None, [], [])
    await asker.post(
        f"/customers/{customer}/facts",
        {"section": "other_banks", "values": {"bank": "宁波银行", "balance_fen": 500 * WAN,
                                              "matures": "2027-01-22"}},
    )  # fmt: skip
    again = (await asker.get(f"/customers/{customer}/profile")).json["door"]
    assert again["cautions"] == ["宁波银行 ¥500万，60 天后到期"]


async def test_the_group_and_its_circle_are_told_within_the_scope(api: Served) -> None:
    ids = [api.bank.customers[one] for one in ("C001", "C002", "C003")]
    for giver, taker in zip(ids, [*ids[1:], ids[0]], strict=True):
        firm = await Customer.get(id=taker)
        await Relation.create(
            customer_id=giver, kind="guarantees", name=firm.name_zh, other_id=taker,
            recorded_at=MONDAY,
        )  # fmt: skip
    await CreditLine.create(
        customer_id=ids[1], number="HT1", limit_fen=500 * WAN, drawn_fen=600 * WAN,
        margin_fen=50 * WAN, recorded_at=MONDAY,
    )  # fmt: skip
    owner = await api.asker("1001")
    told = (await owner.get(f"/customers/{ids[0]}/group")).json
    assert (told["exposure_fen"], told["drawn_fen"]) == (550 * WAN, 600 * WAN)
    assert [[firm["id"] for firm in one] for one in told["circles"]] == [ids]
    await Customer.filter(id=ids[1]).update(owner_id=api.bank.staff["1004"])
    told = (await owner.get(f"/customers/{ids[0]}/group")).json
    assert (told["exposure_fen"], told["circles"]) == (0, [])
    assert ids[1] not in {one["target"]["id"] for one in told["ties"]}


async def test_how_much_is_known_is_told_with_what_is_worth_most(api: Served) -> None:
    asker, customer = await api.asker("1001"), api.bank.customers["C001"]
    told = (await asker.get(f"/customers/{customer}/completeness")).json
    assert told == {"percent": 14, "next": "other_banks"}


async def test_the_trail_shows_what_it_cannot_read_any_more_as_it_was_kept(api: Served) -> None:
    customer = api.bank.customers["C001"]
    asker = await api.asker("1001")
    fact = {"section": "other_banks", "values": {"bank": "宁波银行", "product": "other"}}
    assert (await asker.post(f"/customers/{customer}/facts", fact)).status == 201
    await Change.filter(customer_id=customer, section="other_banks").update(
        field="balance_fen", was="rather much", now="3.00"
    )
    trail = await asker.get(f"/customers/{customer}/changes?section=other_banks")
    assert [(one["was"], one["now"]) for one in trail.json["items"]] == [("rather much", "¥3")]
