"""The simulator as tests and the demo use it: one Telegram, its HTTP server, its phones.

`Simulator` puts the parts together and owns start and stop. The bot is given `api_base` and
`file_base` and cannot tell the difference; people act through `phone(...)`, and `requests`,
`violations` and `faults` say and decide what happens between the two.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from aiohttp import web

from .botapi import BotApi
from .faults import Faults
from .page import Page
from .phones import Phone
from .places import Place
from .state import User
from .webhooks import Webhook
from .world import World

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import datetime, timedelta

    from core.clock import Clock

    from .botapi import Request, Violation
    from .queries import CallbackAnswer, Query
    from .state import Chat, ChatType, Json, Message

BODY_BYTES = 64 << 20


class Simulator:
    """A local Telegram for one bot."""

    def __init__(
        self,
        clock: Clock,
        token: str = "1:TEST",  # noqa: S107 - a made-up token
        bot_username: str = "roundsman_bot",
        *,
        pace: bool = False,
        zone: str = "Asia/Shanghai",
        monotonic: Callable[[], float] = time.monotonic,
        seed: int = 1,
    ) -> None:
        self.world = World(clock, token, bot_username, pace=pace, monotonic=monotonic)
        self.zone = ZoneInfo(zone)
        self.faults = Faults(seed)
        self.webhook = Webhook(self.world, self._execute)
        self._api = BotApi(self.world, self.webhook, self.faults)
        self._page = Page(self)
        self._phones: dict[tuple[int, str], Phone] = {}
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self.url = ""
        self.idle_hook: Callable[[], Awaitable[None]] | None = None
        self.clock_hooks: list[Callable[[datetime], None]] = []
        self.answer_wait = 2.0
        self.inline_wait = 5.0
        self.inline_feedback = True

    # -- the server ------------------------------------------------------------------------------

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Self:
        """Listen; with port 0 the system chooses one (see `url`)."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._api.handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._api.download)
        self._page.add_routes(app)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2
        )
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, host, port)
        await self._site.start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://{host}:{bound}"
        return self

    async def stop(self) -> None:
        """Stop listening and delivering; polls and calls that hang are let go."""
        if self._site is not None:
            await self._site.stop()
            self._site = None
        self.world.updates.close()
        self.faults.release()
        await self._page.close()
        await self.webhook.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return self if self._runner is not None else await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _execute(self, wanted: Json) -> None:
        await self._api.execute(wanted)

    @property
    def api_base(self) -> str:
        """What python-telegram-bot calls `base_url`."""
        return f"{self.url}/bot"

    @property
    def file_base(self) -> str:
        """What python-telegram-bot calls `base_file_url`."""
        return f"{self.url}/file/bot"

    # -- what the bot did ------------------------------------------------------------------------

    @property
    def requests(self) -> deque[Request]:
        """The newest requests of the bot, `getUpdates` included."""
        return self._api.requests

    def on_request(self, listener: Callable[[Request], None]) -> None:
        """Have a function called with every request of the bot as it is carried out."""
        self._api.listeners.append(listener)

    @property
    def violations(self) -> list[Violation]:
        """Every rule that the bot broke, other than by an injected fault."""
        return self._api.violations

    @property
    def served(self) -> int:
        """How many requests of the bot were answered so far."""
        return self._api.served

    @property
    def in_flight(self) -> int:
        """How many requests of the bot are being worked on, waiting polls included."""
        return self._api.in_flight

    @property
    def pace(self) -> bool:
        """Whether Telegram's limits per second and minute hold."""
        return self.world.pace.on

    @pace.setter
    def pace(self, on: bool) -> None:
        self.world.pace.on = on

    def sent(self, method: str | None = None, chat_id: int | None = None) -> list[Request]:
        """The kept requests of this method, to this chat; `getUpdates` only if named."""
        return [
            request
            for request in self.requests
            if (request.method != "getUpdates" if method is None else request.method == method)
            and (chat_id is None or request.chat_id == chat_id)
        ]

    def unanswered_presses(self) -> list[Query[CallbackAnswer]]:
        """Presses whose button spins until Telegram gives up: the bot did not answer them."""
        return self.world.queries.unanswered()

    # -- people and places -----------------------------------------------------------------------

    def phone(  # noqa: PLR0913 - what is known of a person, all optional
        self,
        user_id: int,
        name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        phone: str | None = None,
        label: str | None = None,
        *,
        invite: str | None = None,
        hint: str | None = None,
        started: bool = False,
    ) -> Phone:
        """The phone of this person, made if it is new; a second label is a second device.

        What is given of a person who is known already becomes their new name, language and so on.
        With `started` the chat is open as if the person had pressed START some time ago.
        """
        known = self.world.users.get(user_id) or User(
            user_id, f"Person {user_id}", language_code="en"
        )
        self.world.add_user(
            replace(
                known,
                first_name=name or known.first_name,
                username=username or known.username,
                language_code=language_code or known.language_code,
                phone=phone or known.phone,
            )
        )
        chat = self.world.add_chat(user_id, "private")
        chat.open = chat.open or started
        if label is None:
            label = next((lab for uid, lab in self._phones if uid == user_id), "")
        device = self._phones.get((user_id, label))
        if device is None:
            device = self._phones[user_id, label] = Phone(self, user_id, label)
            self.world.tell({"type": "phones"})
        device.invite = invite or device.invite
        device.hint = hint or device.hint
        return device

    def phones(self) -> list[Phone]:
        """One phone of each person, in the order in which they came."""
        first: dict[int, Phone] = {}
        for phone in self._phones.values():
            first.setdefault(phone.user_id, phone)
        return list(first.values())

    def group(
        self, chat_id: int, title: str, members: Iterable[int], *, with_bot: bool = True
    ) -> Place:
        """A group of these people, with the bot in it."""
        kind: ChatType = "supergroup" if chat_id <= -1_000_000_000_000 else "group"
        chat = self.world.add_chat(chat_id, kind, title)
        chat.members = list(members)
        chat.open = with_bot
        return Place(self, chat)

    def channel(self, chat_id: int, title: str, *, with_bot: bool = True) -> Place:
        """A channel in which the bot may post."""
        chat = self.world.add_chat(chat_id, "channel", title)
        chat.open = with_bot
        return Place(self, chat)

    def bot_hears(self, chat: Chat, message: Message) -> bool:
        """Whether the bot is shown this message: privacy mode keeps most of a group from it."""
        if chat.type == "private":
            return True
        if not chat.open or chat.closed_because is not None:
            return False
        if self.world.read_all_group_messages or message.via_bot:
            return True
        if message.text.startswith("/"):
            command = message.text.split(maxsplit=1)[0]
            return "@" not in command or command.endswith(f"@{self.world.bot.username}")
        replied = chat.messages.get(message.reply_to or 0)
        return replied is not None and replied.sender is self.world.bot

    def toast(self, text: str) -> None:
        """Show a short notice on every open page."""
        self.world.tell({"type": "toast", "text": text})

    # -- time ------------------------------------------------------------------------------------

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forward and tell the pages.

        Raises:
            TypeError: the clock cannot be moved.
        """
        return self._page.move_clock(by)
