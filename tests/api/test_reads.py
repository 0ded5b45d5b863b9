"""What can be read, in the client's language, page by page, and only when it has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.activities import LogActivity, NextStep
from core.bus import perform
from storage import db
from storage.models import Audit
from tests.support.api import Served
from tests.support.bank import MONDAY


async def log(api: Served, firm: str = "C001", number: str = "1001") -> int:
    """A record by the bot's own command, with a follow-up for the afternoon."""
    acting = await api.bank.acting(number)
    soon = MONDAY + timedelta(hours=5)
    command = LogActivity(api.bank.customers[firm], "visit", MONDAY, note="谈续贷",
                          next_step=NextStep(soon, all_day=False))  # fmt: skip
    made = await perform(acting, command, f"{firm}:{number}")
    return int(made["activity"])


async def test_the_person_behind_the_token_is_told(api: Served) -> None:
    asker = await api.asker("1001", ["customers:read"])
    assert (await asker.get("/me")).json == {
        "number": "1001", "name": "李伟", "role": "rm", "unit_id": api.bank.units["team_a"],
        "locale": "zh", "zone": "Asia/Shanghai", "scopes": ["customers:read"],
        "stands_in_for": [],
    }  # fmt: skip


async def test_the_day_is_the_bots_home_screen(api: Served) -> None:
    await log(api)
    day = (await (await api.asker("1001")).get("/me/today")).json
    assert (day["due_count"], day["overdue_count"], day["week_visits"]) == (1, 0, 1)
    assert day["due"][0]["customer"] == "华兴机械"
    assert day["customers"] == 4


async def test_the_own_customers_near_a_place_are_named_and_no_others(api: Served) -> None:
    asker, other = await api.asker("1001"), await api.asker("1004")
    there = {"latitude": "31.2", "longitude": "121.5"}
    near = [one["customer_id"] for one in (await asker.get("/nearby", params=there)).json["items"]]
    assert api.bank.customers["C001"] in near
    theirs = (await other.get("/nearby", params=there)).json["items"]
    assert not {one["customer_id"] for one in theirs} & set(near)
    for latitude in ("91", "nan", "1_0", ""):
        refused = await asker.get("/nearby", params=there | {"latitude": latitude})
        assert refused.status == 422, latitude


async def test_a_list_is_paged_to_its_end(api: Served) -> None:
    asker = await api.asker("1007")
    seen, cursor = [], None
    while True:
        page = (
            await asker.get(
                "/customers", params={"limit": "3"} | ({"cursor": cursor} if cursor else {})
            )
        ).json
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
        assert len(page["items"]) == 3
    assert seen == sorted(api.bank.customers.values())


@pytest.mark.parametrize(
    ("wanted", "firms"),
    [
        ({"owner": "1002"}, {"C004"}),
        ({"city": "苏州"}, {"C004"}),
        ({"external_id": "C005"}, {"C005"}),
        ({"grade": "A", "status": "active", "industry": "C", "size": "small"},
         {f"C00{n}" for n in range(1, 8)}),
        ({"grade": "D"}, set()),
    ],
)  # fmt: skip
async def test_a_list_is_filtered(api: Served, wanted: dict[str, str], firms: set[str]) -> None:
    asker = await api.asker("1007")
    items = (await asker.get("/customers", params=wanted)).json["items"]
    assert {one["external_id"] for one in items} == firms


async def test_customers_of_a_unit_are_filtered(api: Served) -> None:
    asker = await api.asker("1007")
    unit = str(api.bank.units["team_b"])
    items = (await asker.get("/customers", params={"unit_id": unit})).json["items"]
    assert [one["external_id"] for one in items] == ["C005"]


async def test_search_finds_by_whatever_is_remembered(api: Served) -> None:
    asker = await api.asker("1001")
    for text in ("华兴", "hxjx", "王建国"):
        page = (await asker.get("/customers/search", params={"q": text, "limit": "1"})).json
        assert page["items"][0]["id"] == api.bank.customers["C001"]
    first = (await asker.get("/customers/search", params={"q": "上海", "limit": "2"})).json
    rest = (
        await asker.get("/customers/search", params={"q": "上海", "cursor": first["next"]})
    ).json
    assert len(first["items"]) == 2
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in rest["items"]}


async def test_a_look_at_a_customer_is_written_down(api: Served) -> None:
    asker = await api.asker("1003")
    customer = api.bank.customers["C001"]
    for path in (f"/customers/{customer}", f"/customers/{customer}/profile"):
        assert (await asker.get(path)).status == 200
    lines = await Audit.filter(action="view", subject_id=customer)
    assert [line.actor_id for line in lines] == [api.bank.staff["1003"]] * 2
    assert all(line.cause.startswith(f"api:{asker.token_id}:") for line in lines)


async def test_the_profile_has_contact_history_and_next_step(api: Served) -> None:
    record = await log(api)
    asker = await api.asker("1001")
    customer = api.bank.customers["C001"]
    told = (await asker.get(f"/customers/{customer}/profile")).json
    assert told["customer"]["owner"] == {"number": "1001", "name": "李伟"}
    assert told["main_contact"]["name"] == "王建国"
    assert [one["id"] for one in told["last"]] == [record]
    assert told["next_follow_up"]["customer_id"] == customer
    contacts = (await asker.get(f"/customers/{customer}/contacts")).json["items"]
    assert [one["name"] for one in contacts] == ["王建国"]


async def test_records_are_listed_newest_first(api: Served) -> None:
    record = await log(api)
    asker = await api.asker("1001")
    told = (await asker.get(f"/customers/{api.bank.customers['C001']}/activities")).json
    assert told["next"] is None
    assert told["items"][0] == (await asker.get(f"/activities/{record}")).json
    assert told["items"][0]["note"] == "谈续贷"
    assert len(told["items"][0]["follow_ups"]) == 1


async def test_follow_ups_are_listed_and_filtered(api: Served) -> None:
    await log(api)
    await log(api, "C004", "1002")
    leader = await api.asker("1003")
    assert len((await leader.get("/follow-ups")).json["items"]) == 2
    (one,) = (await leader.get("/follow-ups", params={"owner": "1002"})).json["items"]
    assert one["owner"] == {"number": "1002", "name": "陈静"}
    assert not (await leader.get("/follow-ups", params={"status": "done"})).json["items"]
    assert (await leader.get(f"/follow-ups/{one['id']}")).json == one


async def test_colleagues_are_of_the_own_unit_or_below(api: Served) -> None:
    async def numbers(number: str) -> set[str]:
        found = (await (await api.asker(number)).get("/staff")).json["items"]
        return {one["number"] for one in found}

    team = {"1001", "1002", "1003", "1009", "1011"}
    assert await numbers("1001") == team
    assert await numbers("1006") == team | {"1006"}
    assert len(await numbers("1007")) == 11
    units = (await (await api.asker("1001")).get("/units")).json["items"]
    assert {one["id"] for one in units} == set(api.bank.units.values())


async def test_what_has_not_changed_is_not_sent_again(api: Served) -> None:
    asker = await api.asker("1001")
    path = f"/customers/{api.bank.customers['C001']}/contacts"
    etag = (await asker.get(path)).headers["ETag"]
    for known in (etag, f'"other", W/{etag}', "*"):
        again = await asker.get(path, headers={"If-None-Match": known})
        assert (again.status, again.text, again.headers["ETag"]) == (304, "", etag)
    assert (await asker.get(path, headers={"If-None-Match": '"other"'})).status == 200


@pytest.mark.parametrize(
    ("header", "name", "sentence"),
    [
        ("", "李伟", "没有找到"),
        ("en-GB, zh;q=0.5", "Li Wei", "I can't find that"),
        ("fr, zh-Hans;q=0.9, en;q=0.1", "李伟", "没有找到"),
        ("zh;q=0, en", "Li Wei", "I can't find that"),
    ],
)
async def test_the_language_is_what_the_client_asks_for_or_the_persons(
    api: Served, header: str, name: str, sentence: str
) -> None:
    asker = await api.asker("1001")
    headers = {"Accept-Language": header} if header else {}
    assert (await asker.get("/me", headers=headers)).json["name"] == name
    missing = await asker.get("/customers/999999", headers=headers)
    assert missing.is_problem(404, "not_found")
    assert sentence in missing.json["detail"]


async def test_a_plain_read_takes_no_transaction(
    api: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = await api.asker("1001")
    assert (await asker.get("/me")).status == 200  # the use of the token is noted now

    def refuse() -> None:
        raise AssertionError("a read opened a transaction")

    for where in ("core.api.session", "core.bus", "storage.db"):
        monkeypatch.setattr(f"{where}.transaction", refuse)
    customer = api.bank.customers["C001"]
    for path in ("/me", "/me/today", "/customers", "/customers/search?q=hx", "/follow-ups",
                 f"/customers/{customer}/activities", f"/customers/{customer}/rights", "/pool",
                 "/staff", "/units"):  # fmt: skip
        assert (await asker.get(path)).status == 200, path
    assert db.dialect() in {"sqlite", "postgres"}
