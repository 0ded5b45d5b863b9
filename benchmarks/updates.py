"""Updates a second, and how long a person waits for an answer."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.crowd import Crowd, Times
from benchmarks.deeds import log_visit, say_and_press
from benchmarks.processes import Subject
from bot.simulator import Simulator
from core.clock import SystemClock

if TYPE_CHECKING:
    from benchmarks.crowd import Deed
    from benchmarks.databases import Databases, Engine

CROWDS = (1, 8, 64)
#: how long each subject's turn is, in seconds
SLICE = 2.0
_ALL = '["intake", "worker", "sender"]'
_MORE = '["worker", "sender"]'


@dataclass(frozen=True, slots=True)
class Result:
    """One subject under one crowd."""

    subject: str
    people: int
    per_second: float
    p50: float
    p99: float
    #: processor time of the subject's processes for one update, in milliseconds
    cpu: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Subjects:
    """One bot to be measured: its name, the program and the arguments of each process."""

    name: str
    module: str
    arguments: tuple[tuple[str, ...], ...]


async def ours(databases: Databases, engine: Engine, processes: int) -> Subjects:
    """Our bot on an engine with so many worker processes."""
    url = await databases.fresh(engine)
    name = f"Roundsman, {engine}" + (f", {processes} workers" if processes > 1 else "")
    return Subjects(name, "roundsman", ((url, _ALL), *[(url, _MORE)] * (processes - 1)))


def bare() -> list[Subjects]:
    """Bots that keep nothing; the first is the one that others are held against."""
    return [
        Subjects("python-telegram-bot, bare", "bare_ptb", (("default",),)),
        Subjects("the same, our HTTP back end", "bare_ptb", (("aiohttp",),)),
        Subjects("aiogram, bare", "bare_aiogram", ((),)),
    ]


async def measure(
    subjects: list[Subjects], seconds: float, crowds: tuple[int, ...]
) -> list[Result]:
    """Measure all subjects under each crowd, for so many seconds each.

    They take turns in short slices, so that a machine that is slow for a minute is slow for all.
    """
    results = []
    async with AsyncExitStack() as on:
        measured = [await _start(on, subject) for subject in subjects]
        for each in measured:
            await each.crowd.work(2, 1.0, each.deed)  # warm
        for people in crowds:
            slices: list[list[Slice]] = [[] for _ in measured]
            for _ in range(max(1, round(seconds / SLICE))):
                for each, done in zip(measured, slices, strict=True):
                    done.append(await each.slice(people))
            results += [
                each.result(people, done) for each, done in zip(measured, slices, strict=True)
            ]
        for each in measured:
            if each.simulator.violations:
                raise RuntimeError(f"{each.name} broke rules: {each.simulator.violations[:3]}")
    return results


@dataclass(frozen=True, slots=True)
class Slice:
    """What was seen of one subject in one turn."""

    times: Times
    cpu: float


@dataclass(frozen=True, slots=True)
class _Measured:
    """A subject that runs, with a Telegram and a crowd of its own."""

    name: str
    simulator: Simulator
    crowd: Crowd
    deed: Deed
    processes: list[Subject]

    async def slice(self, people: int) -> Slice:
        before = self._cpu()
        times = await self.crowd.work(people, SLICE, self.deed)
        return Slice(times, self._cpu() - before)

    def _cpu(self) -> float:
        return sum(process.cpu_seconds for process in self.processes)

    def result(self, people: int, slices: list[Slice]) -> Result:
        times = Times(
            [second for done in slices for second in done.times.each],
            sum(done.times.whole for done in slices),
        )
        return Result(
            self.name,
            people,
            times.per_second,
            times.percentile(0.5),
            times.percentile(0.99),
            sum(done.cpu for done in slices) / len(times.each) * 1000,
            max(process.megabytes for process in self.processes),
        )


async def _start(on: AsyncExitStack, subject: Subjects) -> _Measured:
    simulator = await on.enter_async_context(Simulator(clock=SystemClock(), token="1:TEST"))
    processes = [
        await on.enter_async_context(Subject(subject.module, simulator.api_base, *given))
        for given in subject.arguments
    ]
    deed = log_visit if subject.module == "roundsman" else say_and_press
    return _Measured(subject.name, simulator, Crowd(simulator), deed, processes)
