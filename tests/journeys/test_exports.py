"""A customer as a file and one's customers as a list, in both languages."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from storage.models import Audit, Contact, Customer
from tests.support.town import Town

if TYPE_CHECKING:
    from collections.abc import Iterator


def cells(data: bytes | None) -> list[Any]:
    """Every value of a workbook."""
    assert data is not None
    return list(_values(data))


def _values(data: bytes) -> Iterator[Any]:
    for sheet in load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            yield from (cell.value for cell in row if cell.value is not None)


async def test_a_dossier_comes_as_a_pdf_and_that_is_written_down(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("📎 资料")
    await li.presses("📄 档案")
    await li.sees("导出会留痕")
    await li.presses("PDF")
    assert li.last.media_kind == "document"
    assert li.last.text == "📄 上海华兴机械制造有限公司 · 仅限行内使用"
    assert li.last.data is not None
    assert li.last.data.startswith(b"%PDF-")
    [line] = await Audit.filter(action="export")
    assert (line.subject_id, line.detail) == (
        town.bank.customers["C001"], {"paper": "dossier", "form": "pdf"},
    )  # fmt: skip


async def test_a_workbook_holds_what_the_pages_show_and_no_number_in_full(
    english_town: Town,
) -> None:
    town = english_town
    contact = await Contact.filter(customer_id=town.bank.customers["C001"]).first()
    assert contact is not None
    li = town.phone("1001")
    await li.says("Huaxing Machinery")
    await li.presses("📎 Files")
    await li.presses("📄 Dossier")
    await li.presses("XLSX")
    found = cells(li.last.data)
    assert contact.name in found
    assert "Unified" not in str(found)
    assert not [one for one in found if contact.phone[-8:] in str(one)]


async def test_who_lost_the_customer_meanwhile_gets_a_sentence(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("📎 资料")
    await li.presses("📄 档案")
    await Customer.filter(id=town.bank.customers["C001"]).update(
        owner_id=town.bank.staff["1004"], unit_id=town.bank.units["team_b"]
    )
    await li.presses("PDF")
    assert not [one for one in li.messages if one.media_kind == "document"]
    assert not await Audit.filter(action="export").exists()


async def test_the_list_holds_the_scope_and_a_name_that_looks_like_a_formula_is_a_text(
    town: Town,
) -> None:
    await Customer.filter(external_id="C002").update(name_en="=1+1")
    await Customer.filter(external_id="C003").update(
        owner_id=town.bank.staff["1004"], unit_id=town.bank.units["team_b"]
    )
    li = town.phone("1001")
    await li.says("/find")
    await li.presses("📄 导出名单")
    found = cells(li.last.data)
    assert "上海华兴机械制造有限公司" in found
    assert "=1+1" in found
    assert "上海华星电子科技有限公司" not in found
