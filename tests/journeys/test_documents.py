"""Papers and photos of a customer, and its summary sent to a colleague, in both languages."""

from __future__ import annotations

from datetime import date

from core.bus import perform
from core.collaborations import ShareCustomer
from storage.models import Audit, CreditLine, Document
from tests.support.bank import MONDAY
from tests.support.town import Town

PHOTO = b"\xff\xd8\xff\xe0licence"


async def a_licence(town: Town) -> int:
    made = await Document.create(
        customer_id=town.bank.customers["C001"], kind="licence", form="photo", file_id="f",
        sha256="-",
        caption="正本 <b>", expires=date(2026, 11, 30), added_at=MONDAY,
        added_by_id=town.bank.staff["1001"],
    )  # fmt: skip
    return int(made.id)


async def test_a_licence_is_photographed_kept_and_shown_again(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("📎 资料")
    await li.sees("还没有资料")
    await li.presses("➕ 登记")
    await li.presses("营业执照")
    await li.sends_voice(b"hm")
    await li.sees("请发送照片或文件")
    await li.sends_photo(PHOTO, caption="正本")
    await li.presses("完成")
    await li.says("2027年6月30日")
    await li.sees("请核对")
    await li.presses("保存")
    await li.sees("已存 1 份资料")
    kept = await Document.get()
    assert (kept.kind, kept.form, kept.caption, kept.expires) == (
        "licence", "photo", "正本", date(2027, 6, 30),
    )  # fmt: skip
    await town.app.downloads.fetch_some()
    assert town.app.files.get(str((await Document.get()).sha256)) == PHOTO
    await li.presses("📎 资料")
    await li.sees("营业执照 · 正本 · 有效期至 2027-06-30")
    await li.presses("1")
    await li.presses("📎 查看")
    assert li.last.media_kind == "photo"
    assert await Audit.filter(action="read", subject="document", subject_id=kept.id).exists()


async def test_a_paper_that_is_no_longer_good_can_be_brought_back_in_english(
    english_town: Town,
) -> None:
    town, li = english_town, english_town.phone("1001")
    await a_licence(town)
    await li.says("Huaxing Machinery")
    await li.presses("📎 Files")
    await li.sees("Business licence · 正本 <b> · good until 2026-11-30")
    await li.presses("1")
    await li.presses("🗑 No longer good")
    await li.sees("✕ No longer good")
    assert (await Document.get()).ended_at is not None
    await li.presses("↩️ Bring back")
    await li.presses("‹ Files")
    await li.sees("Business licence")


async def test_who_looks_on_from_afar_sees_which_papers_there_are_and_opens_none(
    town: Town,
) -> None:
    paper = await a_licence(town)
    wu = town.phone("1007")
    await wu.says("华兴机械")
    await wu.presses("📎 资料")
    await wu.presses("1")
    assert "📎 查看" not in wu.buttons()
    shown = await wu.presses_raw(wu.last.message_id, f"r:show_document:{paper}")
    assert "由负责该客户的人打开" in shown.text
    assert not await Audit.filter(action="read", subject="document").exists()


async def test_a_summary_reaches_a_colleague_who_may_see_the_customer(town: Town) -> None:
    customer = town.bank.customers["C001"]
    await CreditLine.create(
        customer_id=customer, number="HT1", limit_fen=2000_0000_00, drawn_fen=1600_0000_00,
        overdue_fen=8_0000_00, source="warehouse", as_of=MONDAY.date(), recorded_at=MONDAY,
    )  # fmt: skip
    li, wang = town.phone("1001"), town.phone("1003")
    await li.says("华兴机械")
    await li.presses("📎 资料")
    await li.presses("📤 发送")
    await li.says("王芳")
    await li.says("明天一起去 <b>")
    await li.presses("发送")
    await li.sees("已发给 王芳")
    await wang.sees("📤 李伟: 明天一起去 <b>")
    for said in ("上海华兴机械制造有限公司", "👤 王建国 总经理", "授信 ¥2,000万 已用 ¥1,600万",
                 "⚠️ 逾期 ¥8万"):  # fmt: skip
        assert said in wang.last.text, said
    await wang.presses("👤 客户")
    await wang.sees("客户经理:李伟")
    [line] = await Audit.filter(action="send")
    assert (line.subject_id, line.detail) == (customer, {"staff": town.bank.staff["1003"]})


async def test_only_who_may_see_it_is_offered_and_a_helper_reads_it_in_english(
    english_town: Town,
) -> None:
    town, customer = english_town, english_town.bank.customers["C001"]
    li, zhao = town.phone("1001"), town.phone("1004")
    await li.says("Huaxing Machinery")
    await li.presses("📎 Files")
    await li.presses("📤 Send")
    await li.says("Zhao Lei")
    await li.sees("To whom?")
    command = ShareCustomer(customer, town.bank.staff["1004"], "read")
    await perform(await town.bank.acting("1001"), command, "share")
    await li.says("Zhao Lei")
    await li.presses("Skip")
    await li.presses("📤 Send")
    await zhao.sees("📤 Li Wei sends you a customer.")
    assert "Shanghai Huaxing Machinery Manufacturing" in zhao.last.text


async def brought(town: Town, content: bytes) -> int:
    """A paper of C001 that came over HTTP: the platform has never seen it."""
    made = await Document.create(
        customer_id=town.bank.customers["C001"], kind="contract", form="document", file_id="",
        file_name="loan <2026>.pdf", caption="<b>1</b>", sha256=town.app.files.put(content),
        added_at=MONDAY, added_by_id=town.bank.staff["1001"],
    )  # fmt: skip
    return int(made.id)


async def test_a_paper_that_came_over_http_is_shown_in_the_chat(town: Town) -> None:
    li, content = town.phone("1001"), b"%PDF-1.7 contract"
    paper = await brought(town, content)
    await li.says("华兴机械")
    await li.presses("📎 资料")
    await li.presses("1")
    await li.presses("📎 查看")
    await li.sees("<b>1</b>")
    assert li.last.media_kind == "document"
    assert await Audit.filter(action="read", subject="document", subject_id=paper).exists()


async def test_a_paper_whose_bytes_are_lost_is_told_of_in_english(english_town: Town) -> None:
    town, li = english_town, english_town.phone("1001")
    await brought(town, b"%PDF-1.7 lost")
    for one in (town.app.settings.data_dir / "files").rglob("*"):
        if one.is_file():
            one.unlink()
    await li.says("Huaxing Machinery")
    await li.presses("📎 Files")
    await li.presses("1")
    await li.presses("📎 Show")
    await li.sees("The file itself is not here")
