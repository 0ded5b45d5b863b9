"""A file of staff: good rows are loaded, of a bad row nothing, and the same again changes none."""

from __future__ import annotations

import hashlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.acting import Acting
from core.bus import perform
from core.enrolment import SYSTEM
from core.errors import NotAllowed
from core.i18n import texts
from core.import_rows import ImportReport, NothingLoaded, UnknownColumnsError
from core.staff_import import ImportStaff
from core.units import Tree
from notifications import rules
from storage import db
from storage.importer.tables import Table, TableRow
from storage.models import Audit, Customer, Staff, Unit
from tests.support.bank import MONDAY, Bank, build_bank
from tests.support.rows import fingerprint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

HEADS = ("工号", "姓名", "英文名", "角色", "机构", "手机", "语言", "在职", "离职日期")
FIELDS = ("number", "name_zh", "name_en", "role", "unit", "phone", "locale", "active")


@pytest.fixture
async def bank(database: str) -> Bank:
    rules.subscribe_all()
    return await build_bank()


def table(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> Table:
    padded = [(*row, *[""] * (len(heads) - len(row))) for row in rows]
    return Table(tuple(heads), tuple(TableRow(n, row) for n, row in enumerate(padded, 2)), "test")


async def load(found: Table, *, all_or_nothing: bool = False) -> ImportReport:
    acting = Acting(SYSTEM, MONDAY, "cli")
    report: ImportReport = await perform(acting, ImportStaff(found, all_or_nothing), "cli")
    return report


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.bad


def reasons(report: ImportReport) -> list[tuple[int, str, str]]:
    return [
        (error.line, error.column, str(texts("zh").of(error.reason))) for error in report.errors
    ]


NEW = ("2001", "欧阳娜娜", "", "客户经理", "head/branch_a/team_a", "138 0000 2001", "中文", "是")


async def test_somebody_new_is_added_as_the_row_says(bank: Bank) -> None:
    report = await load(table(NEW))
    assert counts(report) == (1, 0, 0, 0)
    made = await Staff.get(number="2001")
    assert (made.name_zh, made.role, made.phone, made.locale, made.active) == (
        "欧阳娜娜", "rm", "8613800002001", "zh", True,
    )  # fmt: skip
    assert made.name_en.startswith("Ou")
    assert (made.unit_id, made.chat_id) == (bank.units["team_a"], None)
    assert (await Audit.get(action="add", subject="staff")).subject_id == made.id
    assert (await Audit.get(action="import")).detail == {
        "rows": 1, "added": 1, "changed": 0, "bad": 0,
    }  # fmt: skip


async def test_the_first_file_of_an_empty_bank_builds_its_tree(database: str) -> None:
    rows = (
        ("60001", "宋欣怡", "Song Xinyi", "管理员", "总行", "13800060001"),
        ("10001", "李伟", "", "rm", "总行/上海分行/浦东支行/一队", "13800010001"),
        ("10002", "陈静", "", "RM", "总行／上海分行／浦东支行／二队", "+86 13800010002"),
        ("10003", "王芳", "", "分行经理", "总行>苏州分行", "+1 (415) 555-0199"),
        ("10004", "赵磊", "", "rm", "总行/昆山支行/三队", "13800010004"),
    )
    heads = ("工号", "姓名", "英文名", "岗位", "机构", "手机号")
    report = await load(table(*rows, heads=heads))
    assert reasons(report) == []
    assert report.units == (
        "总行", "总行/上海分行", "总行/上海分行/浦东支行", "总行/上海分行/浦东支行/一队",
        "总行/上海分行/浦东支行/二队", "总行/苏州分行", "总行/昆山支行", "总行/昆山支行/三队",
    )  # fmt: skip
    kinds = {unit.name_zh: unit.kind for unit in await Unit.all()}
    assert kinds == {
        "总行": "head_office", "上海分行": "branch", "浦东支行": "sub_branch", "一队": "team",
        "二队": "team", "苏州分行": "branch", "昆山支行": "sub_branch", "三队": "team",
    }  # fmt: skip
    assert (await Staff.get(number="10001")).name_en == "Li Wei"
    assert (await Staff.get(number="10003")).phone == "14155550199"
    tree = await Tree.load()
    team = await Unit.get(name_zh="一队")
    assert tree.names_of(team.id) == ("总行", "上海分行", "浦东支行", "一队")
    assert team.path == f"{(await Unit.get(name_zh='浦东支行')).path}{team.id}/"
    assert counts(await load(table(*rows, heads=heads))) == (0, 0, 5, 0)


async def test_english_heads_kinds_and_unit_names_are_read_too(database: str) -> None:
    heads = ("Staff Number", "name", "role", "unit", "unit_en", "unit_kind", "phone", "Language")
    rows = (
        ("1", "周强", "Head office", "总行", "Head Office", "", "13800000001", "English"),
        (
            "2",
            "孙丽",
            "team_leader",
            "总行/直销",
            "Head Office/Direct",
            "team",
            "13800000002",
            "en",
        ),
    )
    assert reasons(await load(table(*rows, heads=heads))) == []
    direct = await Unit.get(name_zh="直销")
    assert (direct.kind, direct.name_en) == ("team", "Direct")
    assert (await Staff.get(number="1")).locale == "en"
    assert await Tree.load() is not None
    assert (await Tree.load()).find(("Head Office", "direct")) is not None


async def test_a_changed_row_changes_the_person_and_says_so_in_the_audit(bank: Bank) -> None:
    row = ("1001", "李大伟", "Li Dawei", "团队主管", "head/branch_b/team_b", "13800009999", "en")
    assert counts(await load(table(row))) == (0, 1, 0, 0)
    li = await Staff.get(number="1001")
    assert (li.name_zh, li.role, li.unit_id) == ("李大伟", "team_leader", bank.units["team_b"])
    assert li.locale == "zh"  # the person's own, since enrolled
    owned = await Customer.filter(owner_id=li.id).values_list("unit_id", flat=True)
    assert set(owned) == {bank.units["team_b"]}
    assert (await Audit.get(action="amend")).detail == {
        "changes": {
            "name_zh": {"from": "李伟", "to": "李大伟"},
            "name_en": {"from": "Li Wei", "to": "Li Dawei"},
            "phone": {"from": "…1001", "to": "…9999"},
        }
    }
    assert (await Audit.get(action="change_role")).detail == {
        "role": {"from": "rm", "to": "team_leader"}
    }
    assert counts(await load(table(row))) == (0, 0, 1, 0)


async def test_what_a_row_does_not_say_stays_as_it_is(bank: Bank) -> None:
    before = dict(await Staff.get(number="1001"))
    assert counts(await load(table(("1001",)))) == (0, 0, 1, 0)
    assert dict(await Staff.get(number="1001")) == before


@pytest.mark.parametrize(
    ("active", "leaving", "stays"),
    [("否", "", False), ("离职", "", False), ("", "2026-11-23", False), ("是", "2026/11/1", False),
     ("", "2026年11月24日", True), ("yes", "", True), ("no", "2026-12-01", False)],
)  # fmt: skip
async def test_who_leaves_is_deactivated_on_the_day(
    bank: Bank, active: str, leaving: str, *, stays: bool
) -> None:
    report = await load(table(("1011", "", "", "", "", "", "", active, leaving)))
    assert reasons(report) == []
    assert (await Staff.get(number="1011")).active is stays


async def test_who_is_back_is_active_again(bank: Bank) -> None:
    await Staff.filter(number="1011").update(active=False)
    assert counts(await load(table(("1011", "", "", "", "", "", "", "在职")))) == (0, 1, 0, 0)
    assert (await Staff.get(number="1011")).active


async def test_every_bad_cell_is_named_with_line_column_and_reason(bank: Bank) -> None:
    rows = (
        ("", "无名"),
        ("2001", "新" * 61, "", "国王", "head//x", "123", "法语", "也许", "昨天"),
        ("2002", "新人"),
        ("3001", "甲", "", "rm", "head", "13800003001"),
        ("3001", "乙", "", "rm", "head", "13800003002"),
        ("2003", "新人", "", "rm", "总行/上海分行", "13800002003"),
        ("2004", "新人", "", "rm", "head", "13800001001"),
        ("1001", "", "", "", "", "", "", "否"),
        ("1008", "", "", "rm"),
        ("a b", "新人"),
        ("2005", "新\u200b人", "", "rm", "head/a/b/c/d", "13800002005"),
    )
    before = await fingerprint(without=("Audit",))
    report = await load(table(*rows))
    assert counts(report) == (0, 0, 0, 11)
    found = reasons(report)
    assert [(line, column) for line, column, _ in found] == [
        (2, "工号"),
        *((3, head) for head in ("姓名", "角色", "机构", "手机", "语言", "在职", "离职日期")),
        (4, "角色"),
        (5, "工号"), (6, "工号"), (7, "机构"), (8, "手机"), (9, "在职"), (10, "角色"),
        (11, "工号"), (12, "姓名"), (12, "机构"),
    ]  # fmt: skip
    assert "名下还有4户客户" in found[13][2]
    assert "工号1001" in found[12][2]
    assert "“head”" in found[11][2]
    assert await Audit.all().values_list("action", flat=True) == ["import"]
    assert await fingerprint(without=("Audit",)) == before


async def test_one_bad_row_and_nothing_is_loaded_where_it_is_all_or_nothing(bank: Bank) -> None:
    before = await fingerprint()
    with pytest.raises(NothingLoaded) as nothing:
        await load(table(NEW, ("2002", "新人")), all_or_nothing=True)
    assert (nothing.value.report.added, nothing.value.report.bad) == (1, 1)
    assert await fingerprint() == before
    assert counts(await load(table(NEW), all_or_nothing=True)) == (1, 0, 0, 0)


async def test_the_order_of_rows_does_not_matter(bank: Bank) -> None:
    """A phone is free because a later row gives it up; an administrator goes as another comes."""
    rows = (
        ("1002", "", "", "", "", "13800001001"),
        ("1001", "", "", "", "", "13800007777"),
        ("1008", "", "", "rm"),
        ("1011", "", "", "管理员"),
    )
    assert counts(await load(table(*rows))) == (0, 4, 0, 0)
    assert (await Staff.get(number="1002")).phone == "8613800001001"


@pytest.mark.parametrize(
    "heads", [("姓名", "角色"), ("工号", "number"), ("工号", "手机", "phone"), ("",)]
)
async def test_heads_that_are_none_of_a_staff_file_are_refused(
    bank: Bank, heads: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownColumnsError):
        await load(table(("x",), heads=heads))


async def test_other_columns_are_ignored_and_named(bank: Bank) -> None:
    report = await load(table(("1001", "x", "y"), heads=("工号", "备注", "reason")))
    assert (counts(report), report.ignored) == ((0, 0, 1, 0), ("备注",))


async def test_administrators_only_load(bank: Bank) -> None:
    acting = await bank.acting("1007")
    with pytest.raises(NotAllowed):
        await perform(acting, ImportStaff(table(NEW)), "no")


async def test_a_refused_row_tells_nobody(bank: Bank) -> None:
    """The role would have been told, had the deactivation in the same row not been refused."""
    acting = Acting(SYSTEM, MONDAY, "cli")
    row = ("1001", "", "", "telecaller", "", "", "", "否")
    await perform(acting, ImportStaff(table(row)), "cli")
    assert acting.events == []
    assert (await Staff.get(number="1001")).role == "rm"


def cells(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


ROW = st.tuples(
    cells("1001", "1002", "1003", "1008", "1011", "2001", "2002", "2003", "", "x y"),
    cells("", "李伟", "新人", "长" * 61),
    cells("", "New Name"),
    cells("", "rm", "auditor", "administrator", "王"),
    cells("", "head", "head/branch_a/team_a", "head/branch_b", "head/新/队", "other/队", "head//"),
    cells("", "13800001001", "13800001002", "13800002001", "13800002002", "12"),
    cells("", "en", "zh"),
    cells("", "是", "否", "?"),
)


@given(rows=st.lists(ROW, min_size=1, max_size=8))
@example([("1002", "", "", "", "", "13800001001", "", ""),
          ("1001", "", "", "", "", "13800002002", "", "")])  # fmt: skip
@example([("1001", "", "", "", "head/新/队", "", "", "否"),
          ("1002", "", "", "", "head/新/队", "", "", "")])  # fmt: skip
@example([("1003", "", "", "", "", "", "en", "否")])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_any_mixture_twice_is_as_once_and_no_row_is_half_written(
    bank: Bank, rows: list[tuple[str, ...]]
) -> None:
    found = table(*rows)
    async with undone():
        before = {one.number: dict(one) for one in await Staff.all()}
        units = {unit.id for unit in await Unit.all()}
        first = await load(found)
        once = await state()
        after = {one.number: one for one in await Staff.all()}
        bad = {error.line for error in first.errors}
        expected_units = set(units)
        tree = await Tree.load()
        for row in found.rows:
            number, name, name_en, role, unit, phone, _, active = row.cells[:8]
            if row.line in bad:
                was, now = before.get(number), after.get(number)
                assert (None if now is None else dict(now)) == was
                continue
            person = after[number]
            for said, is_now in (
                (name, person.name_zh), (name_en, person.name_en), (role, person.role),
                (phone and f"86{phone}", person.phone), (active, "是" if person.active else "否"),
            ):  # fmt: skip
                assert not said or said == is_now
            if unit:
                at = tree.find(unit.split("/"))
                assert at is not None
                assert at.id == person.unit_id
                expected_units |= {int(part) for part in at.path.strip("/").split("/")}
        assert {one.id for one in await Unit.all()} == expected_units
        second = await load(found)
        assert await state() == once
        assert (second.added, second.changed, second.units) == (0, 0, ())
        assert reasons(second) == reasons(first)
        numbers = [row.cells[0] for row in found.rows]
        for row in found.rows:
            if row.line in bad and numbers.count(row.cells[0]) == 1:
                assert (await load(table(row.cells))).bad == 1  # it was refused for itself


class _Undone(Exception):  # noqa: N818 - no error
    pass


@asynccontextmanager
async def undone() -> AsyncIterator[None]:
    """What is done inside is taken back."""
    try:
        async with db.transaction():
            yield
            raise _Undone  # noqa: TRY301 - as meant
    except _Undone:
        pass


async def state() -> str:
    """A hash of all that a load decides."""
    digest = hashlib.sha256()
    for name in ("staff", "unit", "customer", "stand_in", "invitation"):
        digest.update(repr(await db.rows(f"SELECT * FROM {name} ORDER BY id")).encode())
    return digest.hexdigest()
