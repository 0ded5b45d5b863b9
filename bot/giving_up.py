"""What is said of an update that was given up: an apology, and a notice to the administrators.

The notice names the row and what kind of thing it was, never what anybody wrote. Its buttons try
the row again or set it aside. Nothing here may keep the row from being given up: it is told in
savepoints, and what fails is logged.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import structlog
from markupsafe import Markup

from bot.events import Membership, read_update
from bot.router import COMMANDS
from conversations.deeds.dead_letters import buttons
from core.acting import Acting
from core.enrolment import SYSTEM
from core.i18n import N_, Text, texts
from core.people import administrators, person_by_chat
from core.screens import Screen, content_to_json
from notifications import outbox
from storage import deliveries
from storage.db import rows, transaction
from storage.queues import millis
from storage.unavailable import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from storage.queues import InboxRow

log = structlog.get_logger(__name__)
APOLOGY = N_("Sorry, that went wrong on our side. Nothing was saved; please try once more. "
             "We have been told.")  # fmt: skip
#: One fault of ours may fail for everybody: so many notices an hour say enough.
MOST_NOTICES = 20
_SUBJECT = "dead_letter"
_KINDS = {
    "edited_message": N_("an edited message"),
    "callback_query": N_("a tapped button"),
    "my_chat_member": N_("the bot's being let in or shut out"),
}


async def tell(row: InboxRow, error: str, attempts: int, now: datetime) -> None:
    """Apologise to whoever did it, and tell the administrators.

    Raises:
        UnavailableError: if the database is away.
    """
    await _surely(row, lambda: _apologise(row, now))
    await _surely(row, lambda: _notify(row, error, attempts, now))


async def _surely(row: InboxRow, telling: Callable[[], Awaitable[None]]) -> None:
    try:
        async with transaction():
            await telling()
    except UnavailableError:
        raise
    except Exception as error:
        log.exception("dead_letter_not_told", key=row.key, error=type(error).__name__)


async def _apologise(row: InboxRow, now: datetime) -> None:
    """One sentence, once, in a private chat; a job was nobody's wish."""
    if not row.key.startswith("u:"):
        return
    incoming = read_update(json.loads(row.body))
    if incoming is None or incoming.chat_kind != "private":
        return
    if isinstance(incoming.what, Membership):
        return
    person = await person_by_chat(incoming.chat_id, now)
    stranger = "zh" if incoming.language.lower().startswith("zh") else "en"
    acting = Acting(SYSTEM, now, f"dead:{row.key}")
    text = texts(person.locale if person is not None else stranger)(APOLOGY)
    await outbox.reply(acting, incoming.chat_id, Screen(text), number=0)


async def _notify(row: InboxRow, error: str, attempts: int, now: datetime) -> None:
    kind = kind_of(row.body)
    for administrator in await administrators():
        assert administrator.chat_id is not None
        t = texts(administrator.locale)
        notice = Screen(
            t("⚠️ Given up after {n} attempts: {what} ({key}, {error}). `roundsman doctor` lists "
              "what was given up.",
              n=attempts, what=t.of(kind), key=Markup("<code>{}</code>").format(row.key),
              error=error),
            buttons(t, row.key),
        )  # fmt: skip
        enough = Screen(
            t("⚠️ More was given up. I say no more of it for now; `roundsman doctor` lists it all.")
        )
        await _tell_in_turn(administrator.id, administrator.chat_id, notice, enough, now)


async def _tell_in_turn(
    staff_id: int, chat_id: int, notice: Screen, enough: Screen, now: datetime
) -> None:
    """Send the notice as this hour's next; after the last one, that it is enough, once.

    Lanes fail at the same time: who finds a number taken takes the next one.
    """
    hour = int(now.timestamp() // 3600)
    subject = f"{_SUBJECT}:{hour}"
    found = await rows(
        "SELECT COUNT(*) AS n FROM outbox WHERE subject = $1 AND chat_id = $2", subject, chat_id
    )
    for number in range(int(found[0]["n"]), MOST_NOTICES + 1):
        told = await deliveries.put_outbox(
            cause=f"dead:{hour}:{number}#{staff_id}",
            chat_id=chat_id,
            op="post",
            content=content_to_json(notice if number < MOST_NOTICES else enough),
            priority=deliveries.ALERT,
            subject=subject,
            now=millis(now),
        )
        if told:
            return


def kind_of(body: str) -> Text:
    """What kind of thing a row of the inbox is, without a word of what it says."""
    try:
        update: dict[str, Any] = json.loads(body)
        if "job" in update:
            return Text(N_("the clock's job {name}"), {"name": str(update["job"])})
        for name, msgid in _KINDS.items():
            if name in update:
                return Text(msgid)
        if "message" in update:
            return _message(update["message"])
    except (AttributeError, KeyError, TypeError, ValueError):
        pass
    return Text(N_("an update"))


def _message(message: dict[str, Any]) -> Text:
    if message["chat"]["type"] != "private":
        return Text(N_("a message in a group"))
    word = str(message.get("text") or "").partition(" ")[0].removeprefix("/").lower()
    if str(message.get("text") or "").startswith("/") and word in COMMANDS:
        return Text(N_("the command /{name}"), {"name": word})
    return Text(N_("a message"))
