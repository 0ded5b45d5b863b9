"""The demo's bank: head office, three branches, sub-branches, teams, and who works where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.demo.people import PersonName, distinct_names, staff_phone
from storage.models import Staff, Unit

if TYPE_CHECKING:
    from random import Random

#: city, English name, and the sub-branches: Chinese name, English name, number of teams
BRANCHES = (
    ("上海", "Shanghai", (("浦东支行", "Pudong", 2), ("闵行支行", "Minhang", 1))),
    ("苏州", "Suzhou", (("园区支行", "Industrial Park", 2), ("昆山支行", "Kunshan", 1))),
    ("杭州", "Hangzhou", (("滨江支行", "Binjiang", 2),)),
)
RMS = 24
NUMERALS = "一二三"
#: every third relationship manager writes in English
ENGLISH_EVERY = 3

#: the people whose phones the demo shows
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
            person for person in self.staff if person.role == "rm" and person.number != NEWCOMER
        ]

    @property
    def telecallers(self) -> list[Staff]:
        """The telecallers, one for each branch."""
        return [person for person in self.staff if person.role == "telecaller"]

    @property
    def branches(self) -> list[Unit]:
        """The branches, in the order of their telecallers."""
        return [unit for unit in self.units if unit.kind == "branch"]

    def city_of(self, unit_id: int) -> str:
        """The city of the branch above (or at) a unit; the first one's for the head office."""
        path = next(unit.path for unit in self.units if unit.id == unit_id)
        for branch in self.branches:
            if path.startswith(branch.path):
                return branch.name_zh[:2]
        return BRANCHES[0][0]


def build_organization(random: Random) -> Organization:
    """The bank's tree and its people, always the same for the same source of chance."""
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

    head = unit("head_office", "总行中小企业部", "Head Office, Small Business", None)
    teams: list[list[Unit]] = []
    for city, city_en, sub_branches in BRANCHES:
        branch = unit("branch", f"{city}分行", f"{city_en} Branch", head)
        teams.append([])
        for zh, en, count in sub_branches:
            sub_branch = unit("sub_branch", f"{city}{zh}", f"{en} Sub-branch", branch)
            teams[-1] += [
                unit("team", f"{zh}营销{NUMERALS[n]}部", f"{en} Team {n + 1}", sub_branch)
                for n in range(count)
            ]
    return Organization(units, _staff(random, units, teams))


def _staff(random: Random, units: list[Unit], teams: list[list[Unit]]) -> list[Staff]:
    staff: list[Staff] = []
    names = iter(distinct_names(random, 60, {"李伟"}))
    head = units[0]
    branches = [unit for unit in units if unit.kind == "branch"]
    all_teams = [team for of_branch in teams for team in of_branch]

    def add(number: str, role: str, where: Unit, name: PersonName | None = None) -> None:
        name = name or next(names)
        made = Staff(
            id=len(staff) + 1, number=number, name_zh=name.zh, name_en=name.en, role=role,
            unit_id=where.id, phone=staff_phone(int(number)), locale="zh",
        )  # fmt: skip
        staff.append(made)

    for index in range(RMS):
        known = PersonName("李伟", "Li Wei") if index == 0 else None
        add(f"{10001 + index}", "rm", all_teams[index % len(all_teams)], known)
        if index % ENGLISH_EVERY == ENGLISH_EVERY - 1:
            staff[-1].locale = "en"
    add(NEWCOMER, "rm", all_teams[0])
    for index, team in enumerate(all_teams):
        add(f"{20001 + index}", "team_leader", team)
    for index, branch in enumerate(branches):
        add(f"{30001 + index}", "telecaller", teams[index][0])
        add(f"{40001 + index}", "branch_manager", branch)
    for index in range(2):
        add(f"{50001 + index}", "head_office", head)
    add(ADMINISTRATOR, "administrator", head)
    add("70001", "auditor", head)
    add("80001", "service_desk", branches[0])
    return staff
