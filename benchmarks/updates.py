"""Updates a second, and how long a person waits for an answer."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.crowd import Crowd
from benchmarks.deeds import log_visit, say_and_press
from benchmarks.processes import Subject
from bot.simulator import Simulator
from core.clock import SystemClock

if TYPE_CHECKING:
    from benchmarks.databases import Databases, Engine

CROWDS = (1, 8, 64)
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
    seconds_to_start: float


async def ours(
    databases: Databases, engine: Engine, processes: int, seconds: float, crowds: tuple[int, ...]
) -> list[Result]:
    """Our bot on an engine with so many worker processes."""
    url = await databases.fresh(engine)
    arguments = [(url, _ALL)] + [(url, _MORE)] * (processes - 1)
    name = f"Roundsman, {engine}" + (f", {processes} workers" if processes > 1 else "")
    return await _measure(name, "roundsman", arguments, seconds, crowds)


async def bare(
    name: str, module: str, arguments: tuple[str, ...], seconds: float, crowds: tuple[int, ...]
) -> list[Result]:
    """A bot that keeps nothing."""
    return await _measure(name, module, [arguments], seconds, crowds)


async def _measure(
    name: str,
    module: str,
    arguments: list[tuple[str, ...]],
    seconds: float,
    crowds: tuple[int, ...],
) -> list[Result]:
    deed = log_visit if module == "roundsman" else say_and_press
    results = []
    async with Simulator(clock=SystemClock(), token="1:TEST") as simulator, AsyncExitStack() as on:
        crowd = Crowd(simulator)
        subjects = [
            await on.enter_async_context(Subject(module, simulator.api_base, *given))
            for given in arguments
        ]
        await crowd.work(2, 1.0, deed)  # warm
        for people in crowds:
            cpu = sum(subject.cpu_seconds for subject in subjects)
            times = await crowd.work(people, seconds, deed)
            cpu = sum(subject.cpu_seconds for subject in subjects) - cpu
            results.append(
                Result(
                    name,
                    people,
                    times.per_second,
                    times.percentile(0.5),
                    times.percentile(0.99),
                    cpu / len(times.each) * 1000,
                    max(subject.megabytes for subject in subjects),
                    subjects[0].seconds_to_start,
                )
            )
        if simulator.violations:
            raise RuntimeError(f"{name} broke Telegram's rules: {simulator.violations[:3]}")
    return results
