"""A consent is recorded with its paper, asked before an act, and withdrawn; in both languages."""

from __future__ import annotations

from core.bus import perform
from core.facts.writing import RecordFact
from storage.models import Audit, Change, Consent, Document, Holding
from tests.support.bank import MONDAY
from tests.support.town import Town

PHOTO = b"\xff\xd8\xff\xe0signed"


async def withdrawn(town: Town, kind: str) -> int:
    """Li Wei's customer agrees to that no longer."""
    values = {"kind": kind, "given": "0"}
    command = RecordFact(town.bank.customers["C001"], "consents", values)
    done = await perform(await town.bank.acting("1001"), command, f"withdrawn {kind}")
    return int(done["id"])


async def test_a_signed_consent_is_recorded_in_three_taps_and_withdrawn_in_one(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("🏦 我行")
    await li.presses("✅ 客户授权")
    await li.presses("➕ 登记")
    await li.sees("授权什么")
    await li.presses("征信查询")
    await li.sees("请发送已签授权书的照片")
    await li.sends_photo(PHOTO)
    await li.sees("授权事项: 征信查询")
    await li.sees("形式: 签字")
    await li.presses("保存")
    kept = await Consent.get()
    paper = await Document.get()
    assert (kept.kind, kept.given, kept.form, kept.source, kept.paper_id) == (
        "credit_report", True, "signed", "document", paper.id,
    )  # fmt: skip
    await town.app.downloads.fetch_some()
    assert town.app.files.get(str((await Document.get()).sha256)) == PHOTO
    await li.presses("✅ 客户授权")
    await li.presses("1")
    await li.presses("📎 授权书")
    await li.sees("授权书")
    await li.says("华兴机械")
    await li.presses("🏦 我行")
    await li.presses("✅ 客户授权")
    await li.presses("1")
    await li.presses("🚫 已撤回")
    await li.sees("李伟")
    assert (await Consent.get()).given is False
    change = await Change.filter(section="consents", field="given").get()
    assert (change.was, change.now, change.by_id) == ("1", "0", town.bank.staff["1001"])
    await li.says("华兴机械")
    await li.sees("征信查询授权已撤回")


async def test_a_spoken_consent_has_no_paper_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("Huaxing Machinery")
    await li.presses("🏦 Ours")
    await li.presses("✅ Consents")
    await li.presses("➕ Add")
    await li.presses("Marketing messages")
    await li.sees("Please send a photo of the signed paper.")
    await li.says("it is in the drawer")
    await li.sees("Please send a photo or a document.")
    await li.presses("No paper")
    await li.sees("Form: Spoken")
    await li.presses("Save")
    assert (await Consent.get()).form == "spoken"
    assert await Document.all().count() == 0


async def test_whose_data_may_not_be_used_is_neither_sent_nor_exported(town: Town) -> None:
    await withdrawn(town, "data_use")
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.sees("已撤回信息使用授权")
    await li.presses("📎 资料")
    await li.presses_raw(li.last.message_id, f"s:send_summary:{town.bank.customers['C001']}")
    assert li.notices[-1].text.startswith("客户已于 2026-11-23 撤回「信息使用」授权")
    await li.says("华兴机械")
    await li.presses_raw(li.last.message_id, f"r:export:dossier:pdf:{town.bank.customers['C001']}")
    assert li.notices[-1].text.startswith("客户已于 2026-11-23 撤回「信息使用」授权")
    assert not await Audit.filter(action="export").exists()


async def test_who_wants_no_offers_gets_none_in_english(english_town: Town) -> None:
    town = english_town
    await Holding.create(
        customer_id=town.bank.customers["C001"], product="payroll", source="warehouse",
        as_of=MONDAY.date(), recorded_at=MONDAY,
    )  # fmt: skip
    li = town.phone("1001")
    await li.says("Huaxing Machinery")
    await li.sees("ould use")
    await withdrawn(town, "marketing")
    await li.says("Huaxing Machinery")
    await li.sees("Wants no offers")
    assert "ould use" not in li.last.text
