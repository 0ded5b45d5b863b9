"""Who may see and do what: one predicate for bot, search, API, export and reports.

Every query on customers starts from `visible_customers(person)` (or `workable_customers` for a
change). A scope has two faces, for the ORM and for hand-written SQL, made from the same facts.
A scope that grants nothing matches nothing: forgetting a case shows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tortoise.expressions import Q

if TYPE_CHECKING:
    from core.acting import Absent, Person

OWN = frozenset({"rm", "telecaller"})
SUBTREE = frozenset({"team_leader", "branch_manager", "service_desk"})
BANK = frozenset({"head_office", "administrator", "auditor"})
READ_ONLY = frozenset({"auditor"})
#: roles that lead people: they see their team's work and are told what is overdue
LEADERS = frozenset({"team_leader", "branch_manager", "head_office"})
#: roles that give customers to people
ASSIGNERS = LEADERS | frozenset({"administrator"})
#: roles whose work somebody else may do for a while
SUBSTITUTED = OWN | SUBTREE
#: roles that keep customers of their own
KEEPERS = frozenset({"rm", "telecaller", "team_leader"})


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of customers: all of the bank's, or those of units, of owners, and single ones.

    One that was found to be another, and was merged into it, is in no scope.
    """

    bank: bool = False
    #: paths of units; a unit's customers are those of everything below it
    subtrees: tuple[str, ...] = ()
    owners: tuple[int, ...] = ()
    customers: tuple[int, ...] = ()

    @property
    def q(self) -> Q:
        """The filter for the ORM, on customers."""
        return self.through("") & Q(merged_into_id=None)

    def through(self, relation: str) -> Q:
        """The filter on a table that refers to customers by `relation` ("customer__")."""
        if self.bank:
            return Q()
        facts: list[tuple[str, Any]] = [("unit__path__startswith", path) for path in self.subtrees]
        if self.owners:
            facts.append(("owner_id__in", self.owners))
        if self.customers:
            facts.append(("id__in", self.customers))
        # Nobody is owner number -1: a scope that grants nothing matches nothing.
        grants = [Q(**{relation + name: value}) for name, value in facts or [("owner_id", -1)]]
        return Q(*grants, join_type="OR")

    def where(self, alias: str = "c") -> tuple[str, list[object]]:
        """The same filter as SQL over a customer alias, with `$1` and on for its values."""
        alone = f"{alias}.merged_into_id IS NULL"
        if self.bank:
            return alone, []
        args: list[object] = []

        def marks(values: tuple[int, ...]) -> str:
            args.extend(values)
            return ", ".join(f"${n}" for n in range(len(args) - len(values) + 1, len(args) + 1))

        grants = []
        if self.owners:
            grants.append(f"{alias}.owner_id IN ({marks(self.owners)})")
        for path in self.subtrees:
            args.append(f"{path}%")
            grants.append(
                f"{alias}.unit_id IN (SELECT id FROM unit WHERE path LIKE ${len(args)})"  # noqa: S608 - the alias is ours
            )
        if self.customers:
            grants.append(f"{alias}.id IN ({marks(self.customers)})")
        return (f"({' OR '.join(grants)}) AND {alone}", args) if grants else ("1=0", [])


NOTHING = Scope()


def visible_customers(person: Person) -> Scope:
    """The customers this person may see: by role, by what is shared, by standing in."""
    return _reach(person, (*person.shared_read, *person.shared_write))


def workable_customers(person: Person) -> Scope:
    """The customers this person may log, plan and change things for."""
    return NOTHING if person.role in READ_ONLY else _reach(person, person.shared_write)


def led_customers(person: Person) -> Scope:
    """The customers that this person may give to others: of the units that they lead."""
    scopes = [
        _granted(staff_id, role, path)
        for staff_id, role, path in (
            (person.id, person.role, person.unit_path),
            *((absent.id, absent.role, absent.unit_path) for absent in person.stands_for),
        )
        if role in ASSIGNERS
    ]
    return _union(scopes)


def leads(person: Person, unit_path: str) -> bool:
    """Whether this person leads the people of a unit."""
    scope = led_customers(person)
    return scope.bank or any(unit_path.startswith(path) for path in scope.subtrees)


def leads_anybody(person: Person) -> bool:
    """Whether there are people whose customers this person may give away."""
    scope = led_customers(person)
    return scope.bank or bool(scope.subtrees)


def led_people(person: Person) -> Q:
    """The filter on staff for the units whose people this person leads."""
    scope = led_customers(person)
    if scope.bank:
        return Q()
    below = [Q(unit__path__startswith=path) for path in scope.subtrees] or [Q(id=-1)]
    return Q(*below, join_type="OR")


def stood_in_for(person: Person, owner_id: int | None, unit_path: str) -> Absent | None:
    """Whose work it is that this person does at a customer; None where it is the own."""
    if _grants(person.id, person.role, person.unit_path, owner_id, unit_path):
        return None
    return next(
        (
            absent
            for absent in person.stands_for
            if _grants(absent.id, absent.role, absent.unit_path, owner_id, unit_path)
        ),
        None,
    )


def _grants(staff_id: int, role: str, path: str, owner_id: int | None, unit_path: str) -> bool:
    if role in OWN:
        return owner_id == staff_id
    return role in BANK or (role in SUBTREE and unit_path.startswith(path))


def _reach(person: Person, shared: tuple[int, ...]) -> Scope:
    scopes = [_granted(person.id, person.role, person.unit_path)]
    scopes += [_granted(absent.id, absent.role, absent.unit_path) for absent in person.stands_for]
    if person.role in OWN | SUBTREE:
        scopes.append(Scope(customers=tuple(sorted(set(shared)))))
    return _union(scopes)


def _granted(staff_id: int, role: str, unit_path: str) -> Scope:
    if role in BANK:
        return Scope(bank=True)
    if role in SUBTREE:
        return Scope(subtrees=(unit_path,))
    if role in OWN:
        return Scope(owners=(staff_id,))
    return NOTHING


def _union(scopes: list[Scope]) -> Scope:
    return Scope(
        bank=any(scope.bank for scope in scopes),
        subtrees=tuple(dict.fromkeys(path for scope in scopes for path in scope.subtrees)),
        owners=tuple(dict.fromkeys(owner for scope in scopes for owner in scope.owners)),
        customers=tuple(dict.fromkeys(one for scope in scopes for one in scope.customers)),
    )
