"""The demo's bank: head office, three branches, teams, and who works where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.demo.people import PersonName, distinct_names, staff_phone
from storage.models import Staff, Unit

if TYPE_CHECKING:
    from random import Random

BRANCHES = (
    ("上海分行", "Shanghai Branch", (("浦东支行", "Pudong"), ("闵行支行", "Minhang"))),
    ("苏州分行", "Suzhou Branch", (("园区支行", "Industrial Park"),)),
    ("杭州分行", "Hangzhou Branch", (("滨江支行", "Binjiang"),)),
)
CITIES = ("上海", "苏州", "杭州")
TEAMS_PER_SUB_BRANCH = 2
RMS = 24

#: the people whose phones the demo shows, with what the page calls them
LI_WEI, TELECALLER, LEADER, HEAD_OFFICE, ADMINISTRATOR, NEWCOMER = (
    "10001", "30001", "20001", "50001", "60001", "10025",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organization:
    """Rows with their ids set, not yet written."""

    units: list[Unit]
    staff: list[Staff]

    @property
    def rms(self) -> list[Staff]:
        """The relationship managers who keep customers."""
        return [
            person for person in self.staff if person.role == "rm" and person.number < NEWCOMER
        ]

    @property
    def telecallers(self) -> list[Staff]:
        """The telecallers."""
        return [person for person in self.staff if person.role == "telecaller"]

    def city_of(self, unit_id: int) -> str:
        """The city of the branch above (or at) a unit."""
        by_id = {unit.id: unit for unit in self.units}
        for part in by_id[unit_id].path.strip("/").split("/"):
            unit = by_id[int(part)]
            if unit.kind == "branch":
                return unit.name_zh[:2]
        return CITIES[0]


def build_organization(random: Random) -> Organization:
    """The bank's tree and its people, always the same for the same random source."""
    units: list[Unit] = []

    def unit(kind: str, zh: str, en: str, above: Unit | None) -> Unit:
        number = len(units) + 1
        path = f"{above.path if above else '/'}{number}/"
        made = Unit(
            id=number, kind=kind, name_zh=zh, name_en=en, path=path,
            parent_id=above.id if above else None,
        )  # fmt: skip
        units.append(made)
        return made

    head = unit("head_office", "总行中小企业客户部", "Head Office SME Banking", None)
    branches: list[Unit] = []
    teams: list[Unit] = []
    for zh, en, subs in BRANCHES:
        branch = unit("branch", zh, en, head)
        branches.append(branch)
        for sub_zh, sub_en in subs:
            sub = unit("sub_branch", zh[:2] + sub_zh, f"{sub_en} Sub-branch", branch)
            teams += [
                unit("team", f"{sub.name_zh}{number}部", f"{sub_en} Team {number}", sub)
                for number in range(1, TEAMS_PER_SUB_BRANCH + 1)
            ]
    return Organization(units, _staff(random, head, branches, teams))


def _staff(random: Random, head: Unit, branches: list[Unit], teams: list[Unit]) -> list[Staff]:
    staff: list[Staff] = []
    taken = {"李伟"}

    def add(number: str, name: PersonName, role: str, where: Unit) -> None:
        made = Staff(
            id=len(staff) + 1, number=number, name_zh=name.zh, name_en=name.en, role=role,
            unit_id=where.id, phone=staff_phone(int(number)), locale="zh",
        )  # fmt: skip
        staff.append(made)

    names = iter(distinct_names(random, 60, taken))
    for index in range(RMS):
        name = PersonName("李伟", "Li Wei") if index == 0 else next(names)
        add(f"{10001 + index}", name, "rm", teams[index % len(teams)])
    add(NEWCOMER, next(names), "rm", teams[0])
    for index, team in enumerate(teams):
        add(f"{20001 + index}", next(names), "team_leader", team)
    for index, branch in enumerate(branches):
        add(f"{30001 + index}", next(names), "telecaller", teams[index * 2])
        add(f"{40001 + index}", next(names), "branch_manager", branch)
    for index in range(2):
        add(f"{50001 + index}", next(names), "head_office", head)
    add(ADMINISTRATOR, next(names), "administrator", head)
    add("70001", next(names), "auditor", head)
    add("80001", next(names), "service_desk", branches[0])
    return staff
