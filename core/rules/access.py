"""Who may see and do what: one predicate for bot, search, API, export and reports.

Every query on customers starts from `visible_customers(person)` (or `workable_customers` for a
change). A scope has two faces, for the ORM and for hand-written SQL, made from the same three
facts. A scope that grants nothing matches nothing: forgetting a case shows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tortoise.expressions import Q

if TYPE_CHECKING:
    from core.acting import Person

OWN = frozenset({"rm", "telecaller"})
SUBTREE = frozenset({"team_leader", "branch_manager", "service_desk"})
BANK = frozenset({"head_office", "administrator", "auditor"})
READ_ONLY = frozenset({"auditor"})
#: roles that lead people: they see their team's work and are told what is overdue
LEADERS = frozenset({"team_leader", "branch_manager", "head_office"})


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of customers: all of the bank's, a unit's subtree, one owner's, or none."""

    bank: bool = False
    subtree: str | None = None
    owner_id: int | None = None

    @property
    def q(self) -> Q:
        """The filter for the ORM, on customers."""
        return self.through("")

    def through(self, relation: str) -> Q:
        """The filter on a table that refers to customers by `relation` ("customer__")."""
        if self.bank:
            return Q()
        if self.subtree is not None:
            return Q(**{f"{relation}unit__path__startswith": self.subtree})
        owner: Any = -1 if self.owner_id is None else self.owner_id
        return Q(**{f"{relation}owner_id": owner})

    def where(self, alias: str = "c") -> tuple[str, list[object]]:
        """The same filter as SQL over a customer alias, with `$1` for its one value."""
        if self.bank:
            return "1=1", []
        if self.subtree is not None:
            return (
                f"{alias}.unit_id IN (SELECT id FROM unit WHERE path LIKE $1)",  # noqa: S608 - the alias is ours
                [f"{self.subtree}%"],
            )
        return f"{alias}.owner_id = $1", [-1 if self.owner_id is None else self.owner_id]


NOTHING = Scope()


def visible_customers(person: Person) -> Scope:
    """The customers this person may see."""
    if person.role in BANK:
        return Scope(bank=True)
    if person.role in SUBTREE:
        return Scope(subtree=person.unit_path)
    if person.role in OWN:
        return Scope(owner_id=person.id)
    return NOTHING


def workable_customers(person: Person) -> Scope:
    """The customers this person may log, plan and change things for."""
    return NOTHING if person.role in READ_ONLY else visible_customers(person)
