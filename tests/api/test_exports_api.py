"""Files over HTTP: within the scope, written down, and of the kind that was asked for."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from storage.models import Audit, Customer
from tests.support.api import Served


def cells(data: bytes) -> list[Any]:
    """Every value of a workbook."""
    sheets = load_workbook(BytesIO(data)).worksheets
    return [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]


async def test_a_dossier_is_given_as_asked_and_written_down(api: Served) -> None:
    asker, customer = await api.asker("1001"), api.bank.customers["C001"]
    pdf = await asker.get(f"/customers/{customer}/dossier")
    assert pdf.status == 200
    assert pdf.body.startswith(b"%PDF-")
    assert pdf.headers["Content-Type"] == "application/pdf"
    book = await asker.get(f"/customers/{customer}/dossier?form=xlsx")
    assert "上海华兴机械制造有限公司" in cells(book.body)
    lines = await Audit.filter(action="export").order_by("id")
    assert [(line.subject_id, line.detail["form"]) for line in lines] == [
        (customer, "pdf"), (customer, "xlsx"),
    ]  # fmt: skip


async def test_another_persons_customer_has_no_dossier_and_nothing_is_written_down(
    api: Served,
) -> None:
    asker, customer = await api.asker("1004"), api.bank.customers["C001"]
    await Customer.filter(id=customer).update(
        owner_id=api.bank.staff["1001"], unit_id=api.bank.units["team_a"]
    )
    refused = await asker.get(f"/customers/{customer}/dossier")
    assert refused.is_problem(404, "not_found")
    assert not await Audit.filter(action="export").exists()


async def test_an_unknown_form_is_refused_and_the_list_holds_the_scope(api: Served) -> None:
    asker, customer = await api.asker("1001"), api.bank.customers["C001"]
    refused = await asker.get(f"/customers/{customer}/dossier?form=docx")
    assert refused.is_problem(422, "invalid")
    found = cells((await asker.get("/customers/list")).body)
    mine = await Customer.filter(owner_id=api.bank.staff["1001"]).values_list("name_zh", flat=True)
    others = await Customer.exclude(owner_id=api.bank.staff["1001"]).values_list(
        "name_zh", flat=True
    )
    assert set(mine) <= set(found)
    assert not set(others) & set(found)
