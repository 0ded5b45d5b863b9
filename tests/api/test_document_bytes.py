"""Papers with their bytes over HTTP: brought, handed out, and what is no paper refused."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import AsyncIterator

import pytest

from core import sensitive
from core.customers import visible
from core.errors import NotFound
from storage.models import Audit, Consent, Document
from tests.support.api import Answer, Asker, Served
from tests.support.bank import FIRMS, MONDAY, PEOPLE

JPEG = b"\xff\xd8\xff\xe0" + b"licence" * 10
PDF = b"%PDF-1.7\n" + b"x" * 100
BINARY = "application/octet-stream"


def office(folder: str = "xl/", *, parts: dict[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {
            "[Content_Types].xml": b"<Types/>", f"{folder}main.xml": b"<x/>", **(parts or {})
        }.items():  # fmt: skip
            archive.writestr(name, content)
    return made.getvalue()


async def brings(
    asker: Asker, customer: int, body: bytes | io.BytesIO | AsyncIterator[bytes],
    kind: str = "contract", name: str = "", content_type: str = BINARY,
) -> Answer:  # fmt: skip
    params = {"kind": kind} | ({"name": name} if name else {})
    return await asker.ask(
        "POST", f"/customers/{customer}/documents", params=params, data=body,
        headers={"Content-Type": content_type},
    )  # fmt: skip


def kept_files(api: Served) -> list[str]:
    return sorted(one.name for one in api.folder.rglob("*") if one.is_file())


async def test_a_paper_is_brought_listed_and_handed_out(api: Served) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    made = await brings(li, customer, PDF, name="合同 2026.pdf")
    assert made.status == 201
    paper = made.json["id"]
    assert made.headers["Location"].endswith(f"/documents/{paper}")
    assert (made.json["name"], made.json["form"], made.json["kept"]) == (
        "合同 2026.pdf", "document", True,
    )  # fmt: skip
    given = await li.get(f"/documents/{paper}/content")
    assert (given.status, given.body) == (200, PDF)
    headers = given.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%90%88")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    for action in ("add", "read"):
        [row] = await Audit.filter(action=action, subject="document")
        assert (row.subject_id, row.actor_id) == (paper, api.bank.staff["1001"])


async def test_the_same_bytes_again_are_the_same_paper(api: Served) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    first, again = [await brings(li, customer, JPEG) for _ in range(2)]
    assert first.json["id"] == again.json["id"]
    assert kept_files(api) == [hashlib.sha256(JPEG).hexdigest()]
    assert await Document.all().count() == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html><script>alert(1)</script></html>", "a page that calls itself a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a drawing with a program"),
        (b"MZ\x90\x00" + b"\0" * 60, "a program"),
        (b"", "nothing"),
        (b"PK\x03\x04broken", "no archive"),
        (office("other/"), "an archive that is no office file"),
        (office(parts={"xl/bomb.xml": b"\0" * 30_000_000}), "an archive that swells"),
        (office(parts={"xl/vbaProject.bin": b"x"}), "macros"),
        (office(parts={f"xl/{n}": b"" for n in range(5_001)}), "too many parts"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
async def test_what_is_no_paper_is_refused_and_leaves_nothing(
    api: Served, body: bytes, why: str
) -> None:
    del why
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    refused = await brings(li, customer, body, name="photo.jpg", content_type="image/jpeg")
    assert refused.is_problem(422, "invalid")
    assert kept_files(api) == []
    assert not await Document.exists()


@pytest.mark.parametrize(
    ("said", "body", "kept"),
    [
        ("../../etc/passwd", JPEG, "passwd.jpg"),
        ("C:\\temp\\licence.exe", PDF, "licence.pdf"),
        ("invoice\u202efdp.exe", PDF, "invoicefdp.pdf"),
        ("...", JPEG, ""),
        ("<b>&.html", office(), "_b_&.xlsx"),
        ("book.docx", office("word/"), "book.docx"),
    ],
)
async def test_a_name_is_no_path_and_its_ending_is_true(
    api: Served, said: str, body: bytes, kept: str
) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    assert (await brings(li, customer, body, name=said)).json["name"] == kept


async def test_a_file_that_is_too_large_is_cut_off_and_leaves_nothing(api: Served) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]

    async def endless() -> AsyncIterator[bytes]:
        yield JPEG
        for _ in range(21):
            yield b"\0" * 1_000_000

    assert (await brings(li, customer, endless())).is_problem(413, "too_large")
    assert (await brings(li, customer, io.BytesIO(b"\0" * 20_000_001))).is_problem(
        413, "too_large"
    )
    assert kept_files(api) == []


async def test_another_media_type_is_turned_away(api: Served) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    refused = await brings(li, customer, JPEG, content_type="text/html")
    assert refused.is_problem(415, "unsupported_media_type")


async def test_an_identity_card_takes_the_consent_to_keep_it(api: Served) -> None:
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    refused = await brings(li, customer, JPEG, kind="identity")
    assert refused.is_problem(409, "consent_missing")
    assert kept_files(api) == []
    await Consent.create(customer_id=customer, kind="identity", recorded_at=MONDAY)
    assert (await brings(li, customer, JPEG, kind="identity")).status == 201


async def test_what_came_through_the_chat_goes_out_as_what_it_is(api: Served) -> None:
    li, page = await api.asker("1001"), b"<html>hello</html>"
    made = await Document.create(
        customer_id=api.bank.customers["C001"], kind="other", form="document", file_id="f",
        file_name="photo.jpg", added_at=MONDAY, added_by_id=api.bank.staff["1001"],
    )  # fmt: skip
    path = f"/documents/{made.id}/content"
    assert (await li.get(path)).is_problem(409, "conflict")
    sha256 = hashlib.sha256(page).hexdigest()
    target = api.folder / sha256[:2] / sha256
    target.parent.mkdir(parents=True)
    target.write_bytes(page)
    await Document.filter(id=made.id).update(sha256=sha256)
    given = await li.get(path)
    assert given.headers["Content-Type"] == BINARY
    assert given.headers["Content-Disposition"].endswith("photo.bin")


async def test_bytes_go_exactly_to_who_works_with_the_customer(api: Served) -> None:
    owner_of = {firm[0]: firm[4] for firm in FIRMS}
    papers: dict[str, int] = {}
    for firm, owner in owner_of.items():
        asker = await api.asker(owner)
        made = await brings(asker, api.bank.customers[firm], JPEG + firm.encode())
        papers[firm] = made.json["id"]
    seen = set()
    for number, *_ in PEOPLE:
        asker = await api.asker(number)
        acting = await api.bank.acting(number)
        for firm, paper in papers.items():
            answer = await asker.get(f"/documents/{paper}/content")
            brought = await brings(asker, api.bank.customers[firm], PDF + number.encode())
            try:
                customer = await visible(acting, api.bank.customers[firm])
            except NotFound:
                assert answer.is_problem(404, "not_found")
                assert brought.is_problem(404, "not_found")
                seen.add(404)
                continue
            works = (await sensitive.clearance(acting, customer)).works
            assert answer.status == (200 if works else 403), (number, firm)
            if works:
                assert answer.body == JPEG + firm.encode()
            seen.add(answer.status)
    assert seen == {200, 403, 404}
