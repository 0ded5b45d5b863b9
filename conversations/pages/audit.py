"""The audit of a customer or of a colleague, a page at a time; for auditors and administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines, moment, shortened
from conversations.words import whole
from core import audit_reading as read
from core import customers
from core.audit_words import action_of, detail_of
from core.i18n import N_
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.audit_reading import Entry, EntryPage

PAGE = 6
DETAIL_SHOWN = 80
KINDS = {
    "all": N_("All"),
    "looked": N_("Looked at"),
    "changed": N_("Changed"),
    "exported": N_("Exported"),
}


async def audit(
    acting: Acting, about: str, subject_id: str, kind: str = "all", before: str = ""
) -> Screen:
    """A page of what happened to a customer ("customer") or what somebody did ("staff")."""
    t, number = acting.texts, whole(subject_id)
    page = await read.entries(
        acting, about, number, kind, before=whole(before) if before else None, limit=PAGE
    )
    head = Markup("🧾 <b>{}</b> · {}").format(page.title, t(KINDS[kind]))
    body = [_line(acting, entry, named=about == "staff") for entry in page.entries]
    kinds = tuple(
        Button.open(t(label), "audit", about, number, code)
        for code, label in KINDS.items()
        if code != kind
    )
    turn = _turn(acting, page, (about, number, kind), first=not before)
    leave = (
        Button.open(t("‹ Profile"), "profile", number)
        if about == "customer"
        else Button.open(t("⌂ Home"), "home")
    )
    return Screen(lines(head, *(body or [t("Nothing is on record.")])), (kinds, (*turn, leave)))


async def audit_search(acting: Acting, query: str) -> Screen:
    """The customers and colleagues that a text may mean; one alone is shown at once."""
    t, query = acting.texts, query.strip()
    people = await read.colleagues(acting, query, limit=PAGE // 2)
    firms = (await customers.find(acting, query, limit=PAGE // 2)).items if query else ()
    hits = [("staff", one.id, f"{one.name} ({one.number})") for one in people]
    hits += [("customer", firm.id, firm.name) for firm in firms]
    if len(hits) == 1:
        about, number, _ = hits[0]
        return await audit(acting, about, str(number))
    if not hits:
        hint = t("Whose? Write /audit and a customer's name, or a colleague's name or number.")
        return Screen(hint, ((Button.open(t("⌂ Home"), "home"),),))
    buttons = [Button.open(label, "audit", about, number) for about, number, label in hits]
    head = t("<b>“{query}”</b>", query=shortened(query, 40))
    return Screen(head, tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)))


def _line(acting: Acting, entry: Entry, *, named: bool) -> Markup:
    t = acting.texts
    detail = shortened(detail_of(t, entry.detail), DETAIL_SHOWN)
    who = entry.customer if named else (entry.actor or t("the system"))
    return dotted(
        moment(acting, entry.at), Markup("<b>{}</b>").format(who) if who else None,
        action_of(t, entry.action), detail,
    )  # fmt: skip


def _turn(
    acting: Acting, page: EntryPage, where: tuple[str, int, str], *, first: bool
) -> list[Button]:
    t, turn = acting.texts, []
    if not first:
        turn.append(Button.open(t("⇤ Newest"), "audit", *where))
    if page.more:
        turn.append(Button.open(t("Older ›"), "audit", *where, page.entries[-1].id))
    return turn
