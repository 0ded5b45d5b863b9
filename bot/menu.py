"""The command menu: which commands there are for whom, in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.acting import Acting
from core.audit_reading import AUDIT_READERS
from core.enrolment import ADMINISTRATORS
from core.i18n import LOCALES, N_, texts
from core.people import person_by_id
from core.rules.access import BANK, READ_ONLY
from core.screens import Commands, content_to_json
from core.vocabulary import ROLES
from storage import deliveries
from storage.queues import millis

if TYPE_CHECKING:
    from core.events import RoleChanged

#: command → (what the menu says, roles that may not use it)
MENU: dict[str, tuple[str, frozenset[str]]] = {
    "today": (N_("What is due"), frozenset()),
    "alerts": (N_("What is to be acted on"), READ_ONLY),
    "week": (N_("The week"), frozenset({"auditor"})),
    "calendar": (N_("Your calendar"), READ_ONLY),
    "visit": (N_("Log a visit or call"), READ_ONLY | {"administrator"}),
    "plan": (N_("Plan a follow-up"), READ_ONLY | {"administrator"}),
    "find": (N_("Find a customer"), frozenset()),
    "add": (N_("Add a customer"), READ_ONLY | {"administrator"}),
    "team": (
        N_("Team and customers"),
        frozenset({"telecaller", "rm", "service_desk", "auditor"}),
    ),
    "duplicates": (
        N_("Customers that are one firm"),
        frozenset({"telecaller", "rm", "service_desk", "auditor"}),
    ),
    "pool": (N_("Shared pool"), READ_ONLY),
    "leave": (N_("Somebody stands in for me"), BANK),
    "staff": (N_("Colleagues"), frozenset(ROLES) - ADMINISTRATORS),
    "invite": (
        N_("Invite a colleague"), frozenset(ROLES) - ADMINISTRATORS,
    ),
    "loads": (N_("Files from the bank's systems"), frozenset(ROLES) - ADMINISTRATORS),
    "audit": (N_("Who looked, who changed what"), frozenset(ROLES) - AUDIT_READERS),
    "undo": (N_("Take the last record back"), READ_ONLY | {"administrator"}),
    "menu": (N_("Home"), frozenset()),
    "names": (N_("What you call customers"), READ_ONLY | {"administrator"}),
    "settings": (N_("What I tell you, and when"), READ_ONLY),
    "language": (N_("中文 / English"), frozenset()),
    "cancel": (N_("Stop what is open"), frozenset()),
    "help": (N_("How this works"), frozenset()),
}  # fmt: skip


def commands_for(acting: Acting) -> Commands:
    """The menu of the acting person's chat."""
    return Commands(
        tuple(
            (name, str(acting.texts(text)))
            for name, (text, without) in MENU.items()
            if acting.person.role not in without
        )
    )


async def draw_again(acting: Acting, event: RoleChanged) -> None:
    """Another role has other commands: the person's menu is brought up to date."""
    person = await person_by_id(event.staff_id)
    if person is None or person.chat_id is None:
        return
    await deliveries.put_outbox(
        cause=f"{acting.cause}:menu:{person.id}",
        chat_id=person.chat_id,
        op="post",
        content=content_to_json(commands_for(Acting(person, acting.now, acting.cause))),
        now=millis(acting.now),
    )


def strangers_commands() -> dict[str, list[tuple[str, str]]]:
    """The menu of a chat that is nobody's yet, by language."""
    text = N_("Begin")
    return {locale: [("start", str(texts(locale)(text)))] for locale in LOCALES}
