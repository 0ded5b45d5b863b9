"""The composition root: builds every part from the settings and starts the chosen roles.

This is the one place where the parts meet: notifications are subscribed to core's events here, and
the worker, the sender and the intake learn how to wake each other.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import structlog
from aiohttp import web
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot import dialogues, menu, request
from bot.announcer import Announcer
from bot.downloads import Downloads
from bot.dropped import DropWatch
from bot.inline import InlineSearch
from bot.intake import ALLOWED, LARGEST_BODY, Intake
from bot.limits import Limits, OwnPace, SharedPace
from bot.metrics import Metrics
from bot.pictures import Pictures
from bot.request import AiohttpRequest
from bot.sender import REQUEST_SECONDS, Sender
from bot.serving import Serving
from bot.ticking import Ticking
from bot.worker import Worker, chat_of
from conversations.engine.dialogue import missing_flows
from core import (
    alert_matters,
    alert_raising,
    announcing,
    bus,
    check_ins,
    crossings,
    joint_visit_endings,
    leader_plan_endings,
    links,
    nickname_endings,
    reveal,
)
from core.acting import Acting
from core.clock import new_token
from core.enrolment import SYSTEM
from core.events import RoleChanged
from core.language.warming import warm_up
from core.pictures.studio import Studio
from core.rules import quiet
from notifications import digests, outbox, rules, schedule
from storage import db, queues
from storage.files import FileStore
from storage.models import Talk
from storage.queues import Arrival, millis, put_inbox
from storage.signals import Signals
from storage.unavailable import UnavailableError, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine

    from bot.events import Tapped
    from bot.settings import Settings
    from core.clock import Clock

log = structlog.get_logger(__name__)
WEBHOOK_PATH = "/telegram"
STRANGER_LANGUAGES = {"zh": "zh", "en": None}
EXPIRY_BATCH = 500
LONGEST_BACKOFF = 15.0
#: people wait while the database is away, and asking for it costs next to nothing
DATABASE_BACKOFF = 2.0


class UnfinishedDialoguesError(RuntimeError):
    """Dialogues are open that this version of the code can't finish; see docs/operations.md."""


async def refuse_unknown_flows() -> None:
    """Don't start when an open dialogue needs a flow that is no longer registered.

    Raises:
        UnfinishedDialoguesError: naming what is missing.
    """
    open_talks = await db.rows(
        "SELECT t.flow AS flow, t.version AS version,"
        " MAX(CASE WHEN a.kind = 'do' THEN 1 ELSE 0 END) AS done"
        " FROM talk t LEFT JOIN answer a ON a.talk_id = t.id"
        " WHERE t.status IN ('open', 'parked') GROUP BY t.id, t.flow, t.version"
    )
    missing = missing_flows(
        (row["flow"], int(row["version"]), bool(row["done"])) for row in open_talks
    )
    if missing:
        names = ", ".join(f"{name} version {version}" for name, version in missing)
        raise UnfinishedDialoguesError(f"open dialogues need {names}, which this code lacks")


def _reason(error: Exception) -> dict[str, str]:
    """What the database said of its absence; other errors may quote what people wrote."""
    return {"reason": str(error)} if isinstance(error, UnavailableError) else {}


class App:
    """Everything of one process. `async with App(...)` starts it and stops it in order."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        limits: Limits | None = None,
        tick_seconds: float = 15,
    ) -> None:
        self.settings, self.clock = settings, clock
        self._tick_seconds = tick_seconds
        self.metrics = Metrics(clock)
        self._polling = AiohttpRequest(connections=2)
        self._calling = AiohttpRequest(connections=64, timeout=REQUEST_SECONDS)
        self.bot = Bot(
            settings.token.get_secret_value(),
            base_url=settings.api_base,
            base_file_url=settings.file_base,
            request=self._calling,
            get_updates_request=self._polling,
        )
        self._studio = Studio(settings.data_dir / "pictures")
        self.files = FileStore(settings.data_dir / "files")
        self.sender = Sender(
            self.bot,
            clock,
            limits or self._limits(),
            at_once=settings.senders,
            protect=settings.protect_content,
            pictures=Pictures(self.bot, self._studio),
            files=self.files,
        )
        self.worker = Worker(
            clock,
            at_once=settings.workers,
            give_up_after=settings.give_up_after,
            courier=self.sender if "sender" in settings.roles else None,
            committed=self._committed,
            acknowledge=self._acknowledge,
            observed=self.metrics.handled,
        )
        self.announcer = Announcer(clock)
        self.drop_watch = (
            DropWatch(Path(settings.drop_dir), clock, self._changed) if settings.drop_dir else None
        )
        server = settings.database_url.startswith("postgres")
        self._signals = Signals(settings.database_url, new_token(6)) if server else None
        self.downloads = Downloads(self.bot, self.files)
        self._tasks: list[asyncio.Task[None]] = []
        self._acks: set[asyncio.Task[None]] = set()
        self._ticking: Ticking | None = None
        self._runner: web.AppRunner | None = None
        self._stack = contextlib.AsyncExitStack()
        self.username = ""
        self.serving = Serving(settings, clock, self.metrics, changed=self._changed)

    async def __aenter__(self) -> Self:
        """Open the database and the client, then start this process's roles.

        Raises:
            UnfinishedDialoguesError: if this code can't finish what is open.
            TelegramError: if Telegram does not know the bot. What was opened is closed again.
        """
        try:
            await self._open()
        except BaseException:
            await self.__aexit__()
            raise
        log.info("started", roles=list(self.settings.roles), engine=db.dialect())
        return self

    async def _open(self) -> None:
        await db.connect(self.settings.database_url)
        self._stack.push_async_callback(db.disconnect)
        await refuse_unknown_flows()
        for client in (self._polling, self._calling):  # a failed start leaves them to us
            self._stack.push_async_callback(client.shutdown)
        await self.bot.initialize()
        self._stack.push_async_callback(self.bot.shutdown)
        self.username = self.bot.username
        self._configure()
        intake = Intake(
            self.bot,
            self._polling,
            self.clock,
            stored=self._stored,
            inline=InlineSearch(self.bot, self.clock, self.username).answer,
        )
        roles = self.settings.roles
        if "worker" in roles:
            # Beside the first updates, most of which need no grammar.
            self._tasks.append(
                asyncio.create_task(asyncio.to_thread(warm_up, self.clock.now()), name="warm_up")
            )
            self._start("worker", self.worker.run)
        if "sender" in roles:
            self._start("sender", self.sender.run)
            self._start("announcer", self.announcer.run)
        if self._signals is not None:
            self._start("signalling", self._signals.speak)
            if "worker" in roles or "sender" in roles:
                self._start("listening", self._listen)
        if "downloads" in roles:
            self._start("downloads", self.downloads.run)
        if "jobs" in roles:
            self._ticking = Ticking(self.tick, self._tick_seconds)
            self._start("ticking", self._ticking.watch)
            if self.drop_watch is not None:
                self._start("drop folder", self.drop_watch.run)
        if "intake" in roles:
            await self._start_intake(intake)
        await self.serving.start(self._stack)

    async def __aexit__(self, *exc: object) -> None:
        """Stop taking in, finish what is under way, close everything."""
        if self._ticking is not None:
            self._ticking.stop()
            self._ticking = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        for task in reversed(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._acks, return_exceptions=True)
        await self._stack.aclose()
        self._studio.close()
        log.info("stopped")

    async def tick(self) -> None:
        """Do now what the scheduler does every few seconds: the clock may have been moved."""
        now = self.clock.now()
        await schedule.tick(now)
        await self._expire_dialogues()
        self.worker.wake()
        self.sender.wake()

    async def settle(self) -> None:
        """Return when nothing is left to handle or deliver at the present moment."""
        while not await self.idle():
            self.worker.wake()
            self.sender.wake()
            await asyncio.sleep(0.002)

    async def idle(self) -> bool:
        """Whether nothing is left to handle or deliver at the present moment."""
        now = millis(self.clock.now())
        if not (self.worker.idle and self.sender.idle and not self._acks):
            return False
        if await queues.ready_lanes(now, 1):
            return False
        return not await db.rows(
            "SELECT 1 AS due FROM outbox o JOIN mailbox m ON m.chat_id = o.chat_id"
            " WHERE o.status = 'pending' AND o.not_before <= $1 AND m.not_before <= $1 LIMIT 1",
            now,
        )

    def _limits(self) -> Limits:
        """Several processes may deliver from a server's database; from a file's, only this one."""
        per_second = self.settings.messages_per_second
        server = self.settings.database_url.startswith("postgres")
        return Limits(SharedPace(per_second) if server else OwnPace(per_second))

    def _configure(self) -> None:
        rules.subscribe_all()
        bus.subscribe(RoleChanged, menu.draw_again)
        announcing.subscribe_all()
        crossings.subscribe()
        alert_raising.subscribe()
        alert_matters.subscribe()
        check_ins.subscribe()
        nickname_endings.subscribe()
        joint_visit_endings.subscribe()
        leader_plan_endings.subscribe()
        quiet.configure(quiet.QuietHours(self.settings.quiet_from, self.settings.quiet_until))
        digests.configure(self.settings.messages_per_second)
        dialogues.configure(timedelta(hours=self.settings.dialogue_hours))
        reveal.configure(timedelta(seconds=self.settings.shown_seconds))
        links.configure_public(self.settings.api_public_url)
        links.configure(f"https://t.me/{self.username}?start={{}}")

    def _start(self, name: str, role: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks.append(asyncio.create_task(self._keep_running(name, role)))

    async def _keep_running(
        self, name: str, role: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """A role that fails (the database is away, say) is started again, later each time."""
        failures = 0
        while True:
            started = asyncio.get_running_loop().time()
            try:
                await role()
            except Exception as error:  # noqa: BLE001 - the outermost layer of a role
                if asyncio.get_running_loop().time() - started > LONGEST_BACKOFF:
                    failures = 0
                longest = DATABASE_BACKOFF if unavailable(error) else LONGEST_BACKOFF
                backoff = min(0.5 * 2**failures, longest)
                failures = min(failures + 1, 10)
                log.warning("role_failed", role=name, error=type(error).__name__, retry_in=backoff,
                            **_reason(error))  # fmt: skip
                await asyncio.sleep(backoff)

    async def _start_intake(self, intake: Intake) -> None:
        await self._introduce()
        url = self.settings.public_url
        if not url:
            await self.bot.delete_webhook()
            self._start("intake", intake.poll)
            return
        secret = self.settings.webhook_secret.get_secret_value()
        receiver = web.Application(client_max_size=LARGEST_BODY)
        receiver.router.add_post(WEBHOOK_PATH, intake.webhook(secret))
        self._runner = web.AppRunner(receiver, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.settings.listen_host, self.settings.listen_port)
        await site.start()
        await self.bot.set_webhook(
            f"{url}{WEBHOOK_PATH}", secret_token=secret, allowed_updates=ALLOWED
        )

    def _changed(self) -> None:
        """Something was changed over the API: people and systems may have to be told."""
        if "sender" in self.settings.roles:
            self.sender.wake()
        self.announcer.wake()

    async def _introduce(self) -> None:
        """The command menu of chats that are nobody's yet."""
        for locale, commands in menu.strangers_commands().items():
            with contextlib.suppress(TelegramError):
                await self.bot.set_my_commands(
                    [BotCommand(name, text) for name, text in commands],
                    language_code=STRANGER_LANGUAGES[locale],
                )

    async def _expire_dialogues(self) -> None:
        if outbox.quiet_now(Acting(SYSTEM, self.clock.now(), "expiry")):
            return
        now = millis(self.clock.now())
        due = await Talk.filter(status__in=["open", "parked"], expires_at__lte=now).limit(
            EXPIRY_BATCH
        )
        arrivals = [
            Arrival(
                f"t:expire:{talk.id}:{talk.turn}:{talk.expires_at}",
                talk.lane,
                now,
                f'{{"job":"expire","talk":{talk.id},"turn":{talk.turn}}}',
            )
            for talk in due
        ]
        if arrivals:
            async with db.transaction():
                await put_inbox(arrivals, now)

    def _stored(self, lanes: Collection[str]) -> None:
        """Something was taken in: whoever works here does it, or whoever is free elsewhere."""
        works = "worker" in self.settings.roles
        if self._signals is not None and not (works and not self.worker.full):
            self._signals.new_in_lanes(lanes)
        if works:
            self.worker.wake(lanes)

    def _committed(self, lane: str) -> None:
        """An update was handled: its own chat is answered first, others may have been told."""
        chat_id = chat_of(lane)
        if "sender" in self.settings.roles:
            self.sender.wake(chat_id)
        elif self._signals is not None:
            self._signals.new_for_chat(chat_id)

    async def _listen(self) -> None:
        assert self._signals is not None
        await self._signals.listen(self.worker.wake, self.sender.wake)

    def _acknowledge(self, tapped: Tapped, text: str, alert: bool) -> None:  # noqa: FBT001 - the library's order of words
        task = asyncio.create_task(self._answer_callback(tapped, text, alert=alert))
        self._acks.add(task)
        task.add_done_callback(self._acks.discard)

    async def _answer_callback(self, tapped: Tapped, text: str, *, alert: bool) -> None:
        """Stop the button's spinner: best effort, it expires within seconds anyway."""
        with contextlib.suppress(TelegramError):
            await request.call(
                self.bot,
                "answerCallbackQuery",
                {"callback_query_id": tapped.callback_id, "text": text[:200] or None,
                 "show_alert": alert},
            )  # fmt: skip
