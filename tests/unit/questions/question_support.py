"""One question put to one person, as the engine would."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from conversations.engine.questions import Question, Redraw, Refuse, Reply, Taken, View
from conversations.inputs import Input, Pressed, Said, SentFile, SharedPlace
from core.acting import Acting, Person
from core.i18n import Text
from core.screens import Screen

#: a Monday, 16:00 in Shanghai
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CHAT_FILE = SentFile("photo", "f", "f", NOW)


def acting(locale: str = "en", now: datetime = NOW) -> Acting:
    return Acting(Person(7, "A007", "安", "Ann", "rm", 1, "/1/", locale=locale), now, "u:1")


@dataclass
class Put:
    """A question, who is asked, and how it looks."""

    question: Question[Any]
    ctx: Acting = field(default_factory=acting)
    view: View = field(default_factory=dict)

    async def says(self, text: str) -> Any:
        return await self.does(Said(text, self.ctx.now))

    async def taps(self, choice: str) -> Any:
        return await self.does(Pressed(choice, self.ctx.now))

    async def sends(self, name: str = "f", **more: Any) -> Any:
        return await self.does(SentFile("photo", name, name, self.ctx.now, **more))

    async def shares(self, latitude: float = 31.2, longitude: float = 121.5) -> Any:
        return await self.does(SharedPlace(latitude, longitude, self.ctx.now))

    async def does(self, event: Input) -> Any:
        """The value that was taken, the refusal's words, or the reply itself."""
        reply: Reply = await self.question.take(self.ctx, event, self.view)
        self.view = json.loads(json.dumps(self.view))
        if isinstance(reply, Taken):
            stored = json.loads(json.dumps(reply.stored))
            assert await self.question.revive(self.ctx, stored)
            return self.question.value(stored)
        if isinstance(reply, Refuse):
            assert isinstance(reply.text, Text)
            return str(self.ctx.texts.of(reply.text))
        return reply

    async def screen(self) -> Screen:
        return await self.question.show(self.ctx, self.view)

    async def text(self) -> str:
        return (await self.screen()).text

    async def labels(self) -> list[list[str]]:
        return [[str(button.label) for button in row] for row in (await self.screen()).rows]

    async def choices(self) -> list[list[str]]:
        return [[button.args[0] for button in row] for row in (await self.screen()).rows]

    async def revives(self, stored: Any) -> bool:
        return await self.question.revive(self.ctx, stored)


REDRAWN = Redraw()
