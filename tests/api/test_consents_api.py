"""What the consents allow, asked over HTTP before it is done."""

from __future__ import annotations

from storage.models import Audit, Consent
from tests.support.api import Served
from tests.support.bank import MONDAY


async def agreed(api: Served, kind: str, **more: object) -> None:
    await Consent.create(
        customer_id=api.bank.customers["C001"], kind=kind, recorded_at=MONDAY,
        as_of=MONDAY.date(), **more,
    )  # fmt: skip


async def test_a_credit_query_is_refused_until_it_is_agreed_to(api: Served) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    path = f"/customers/{customer}/permits"
    refused = await li.post(path, {"act": "credit_query"})
    assert refused.is_problem(409, "consent_missing")
    assert "征信查询" in refused.json["detail"]
    assert not await Audit.filter(action="permit").exists()
    await agreed(api, "credit_report")
    assert (await li.post(path, {"act": "credit_query"})).status == 200
    [row] = await Audit.filter(action="permit")
    assert (row.subject_id, row.detail) == (customer, {"act": "credit_query", "consent": "given"})


async def test_every_act_is_listed_with_what_to_say_of_it(api: Served) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    await agreed(api, "marketing", given=False)
    told = (await li.get(f"/customers/{customer}/permits")).json
    by_act = {one["act"]: one for one in told["items"]}
    assert (by_act["market"]["state"], by_act["market"]["allowed"]) == ("withdrawn", False)
    assert (by_act["export"]["state"], by_act["export"]["allowed"]) == ("missing", True)
    assert by_act["export"]["sentence"]


async def test_a_withdrawn_consent_stops_files_and_summaries(api: Served) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    await agreed(api, "data_use", given=False)
    dossier = await li.get(f"/customers/{customer}/dossier")
    assert dossier.is_problem(409, "consent_missing")
    sent = await li.post(
        f"/customers/{customer}/summaries", {"to_staff_id": api.bank.staff["1003"]}
    )
    assert sent.is_problem(409, "consent_missing")
    assert not await Audit.filter(action__in=["export", "send"]).exists()


async def test_who_does_not_work_there_is_told_nothing(api: Served) -> None:
    customer = api.bank.customers["C001"]
    zhao, he = await api.asker("1004"), await api.asker("1010")
    assert (await zhao.get(f"/customers/{customer}/permits")).is_problem(404, "not_found")
    asked = await he.post(f"/customers/{customer}/permits", {"act": "export"})
    assert asked.is_problem(403, "not_allowed")
