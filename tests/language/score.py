"""How well dates and notes are understood: accuracy by field and language, beside dateparser.

Run `python -m tests.language.score`. The corpora are written by hand from the rules; a phrase may
have several accepted readings (parted by |), and "-" stands for "no date in this".
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.language.lines import Portfolio, portfolio_from_json, understand_line, when_line
from core.language.promises import promises_in
from core.language.warming import warm_up

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Shanghai")
FIELDS = (
    "intent",
    "customer",
    "kind",
    "occurred_date",
    "amount",
    "product",
    "outcome",
    "follow_up_date",
    "follow_up_time",
)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


@dataclass
class Score:
    """Right and all, by field and language, with what went wrong."""

    right: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    total: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def count(self, what: str, language: str, *, ok: bool, note: str = "") -> None:
        for key in ((what, language), (what, "all")):
            self.total[key] += 1
            self.right[key] += ok
        if not ok:
            self.wrong.append(f"{what}: {note}")

    def share(self, what: str, language: str = "all") -> float:
        return self.right[what, language] / max(self.total[what, language], 1)


@dataclass(frozen=True)
class Phrase:
    now: datetime
    language: str
    text: str
    expected: tuple[str, ...]


def phrases(name: str | None = None) -> list[Phrase]:
    """The phrases of one file, or of all."""
    if name is None:
        return [p for file in sorted(HERE.glob("when*.tsv")) for p in phrases(file.name)]
    now, found = NOW, []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("@"):
            now = datetime.fromisoformat(line[1:].strip())
            if now.utcoffset() == timedelta(hours=8):
                now = now.replace(tzinfo=ZONE)
            continue
        language, text, expected = line.split("\t")
        found.append(Phrase(now, language, text, tuple(expected.split("|"))))
    return found


def fits(got: str, expected: tuple[str, ...]) -> bool:
    """Whether a reading "YYYY-MM-DD[ HH:MM]" is one of the expected ones."""
    return got in expected


def score_when(name: str | None = None) -> Score:
    result = Score()
    for phrase in phrases(name):
        data = json.loads(when_line(phrase.text, phrase.now))
        got = " ".join(v for v in (data["date"], data["time"]) if v) or "-"
        note = f"{phrase.text!r} at {phrase.now:%Y-%m-%d %H:%M}: {got}, not {phrase.expected}"
        result.count("when", phrase.language, ok=fits(got, phrase.expected), note=note)
    return result


def score_dateparser(name: str | None = None) -> Score:
    """Plain dateparser on the same phrases, languages fixed, its best settings."""
    import dateparser

    result = Score()
    for phrase in phrases(name):
        parsed = dateparser.parse(
            phrase.text,
            languages=[phrase.language],
            settings={
                "RELATIVE_BASE": phrase.now.replace(tzinfo=None),
                "PREFER_DATES_FROM": "future",
            },
        )
        day = f"{parsed:%Y-%m-%d}" if parsed else "-"
        full = f"{parsed:%Y-%m-%d %H:%M}" if parsed else "-"
        ok = any(full == e if " " in e else day == e for e in phrase.expected)
        result.count("when", phrase.language, ok=ok)
    return result


def notes(name: str | None = None) -> list[dict[str, object]]:
    """Notes with their expected fields, of one file or of all; what is not written is null."""
    if name is None:
        return [n for file in sorted(HERE.glob("notes*.jsonl")) for n in notes(file.name)]
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def portfolio() -> Portfolio:
    return portfolio_from_json(json.loads((HERE / "portfolio.json").read_text(encoding="utf-8")))


def score_notes(name: str | None = None) -> Score:
    result = Score()
    known = portfolio()
    for note in notes(name):
        text = str(note["text"])
        now = datetime.fromisoformat(str(note["now"])) if "now" in note else NOW
        if now.utcoffset() == timezone(timedelta(hours=8)).utcoffset(None):
            now = now.replace(tzinfo=ZONE)
        got = json.loads(understand_line(text, now, known))
        chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
        for each in FIELDS:
            expected = note.get(each)
            allowed = expected if isinstance(expected, list) else [expected]
            detail = f"{text!r}: {got[each]!r}, not {expected!r}"
            result.count(each, "zh" if chinese else "en", ok=got[each] in allowed, note=detail)
    return result


@dataclass
class Promises:
    """Promises found, made up and missed, by side and language."""

    found: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    made_up: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    missed: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    dated: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def count(self, what: dict[tuple[str, str], int], side: str, language: str) -> None:
        for key in ((side, language), (side, "all"), ("both", language), ("both", "all")):
            what[key] += 1

    def precision(self, side: str = "both", language: str = "all") -> float:
        found = self.found[side, language]
        return found / max(found + self.made_up[side, language], 1)

    def recall(self, side: str = "both", language: str = "all") -> float:
        found = self.found[side, language]
        return found / max(found + self.missed[side, language], 1)

    def days(self, side: str = "both", language: str = "all") -> float:
        """The share of the found ones whose day is right, too."""
        return self.dated[side, language] / max(self.found[side, language], 1)


def score_promises(name: str | None = None) -> Promises:
    """Promises as the firm's and the bank's; those marked optional may be found or not."""
    result = Promises()
    files = [name] if name else [file.name for file in sorted(HERE.glob("promises*.jsonl"))]
    for note in (one for file in files for one in notes(file)):
        text, now = str(note["text"]), datetime.fromisoformat(str(note["now"]))
        language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
        left: list[Any] = list(note["promises"])  # type: ignore[call-overload]
        for said in promises_in(text, now.replace(tzinfo=ZONE)):
            fitting = [one for one in left if one["direction"] == said.direction]
            if not fitting:
                result.count(result.made_up, said.direction, language)
                result.wrong.append(f"made up: {text!r}: {said}")
                continue
            left.remove(fitting[0])
            if fitting[0].get("optional"):
                continue
            result.count(result.found, said.direction, language)
            due = fitting[0]["due"]
            day = said.due.isoformat() if said.due else None
            if day in (due if isinstance(due, list) else [due]):
                result.count(result.dated, said.direction, language)
            else:
                result.wrong.append(f"day: {text!r}: {day}, not {due}")
        for one in left:
            if not one.get("optional"):
                result.count(result.missed, one["direction"], language)
                result.wrong.append(f"missed: {text!r}: {one}")
    return result


def first_sights() -> list[tuple[str, ...]]:
    """Corpus, field and the share in per cent that was right before a rule was mended for it."""
    lines = (HERE / "first_sight.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def milliseconds() -> list[float]:
    """What each note of the corpora costs once the patterns are warm, in ms of CPU, sorted."""
    known = portfolio()
    warm_up(NOW)
    took = []
    for note in notes():
        began = time.thread_time()
        # A text not seen before: nothing of it is kept from an earlier reading.
        understand_line(f"{note['text']} ", NOW, known)
        took.append((time.thread_time() - began) * 1000)
    return sorted(took)


def score() -> str:
    """The table, as text."""
    lines = [f"{'field':<18}{'zh':>9}{'en':>9}{'all':>9}"]

    def row(name: str, scored: Score, what: str) -> None:
        shares = "".join(f"{scored.share(what, lang):>9.1%}" for lang in ("zh", "en", "all"))
        lines.append(f"{name:<18}{shares}   of {scored.total[what, 'all']}")

    row("dates", score_when(), "when")
    row("  dateparser", score_dateparser(), "when")
    noted = score_notes()
    for each in FIELDS:
        row(each, noted, each)
    told = score_promises()
    for side in ("ours", "theirs"):
        for name, share in (
            (f"{side} found", told.recall),
            ("  of what is found", told.precision),
            ("  with its day", told.days),
        ):
            shares = "".join(f"{share(side, lang):>9.1%}" for lang in ("zh", "en", "all"))
            lines.append(f"{name:<18}{shares}")
    took = milliseconds()
    lines.append(
        f"a line: p50 {took[len(took) // 2]:.2f} ms, p99 {took[len(took) * 99 // 100]:.2f} ms"
    )
    return "\n".join(lines)


def main() -> None:
    """Print the table; with file names, score those and list what went wrong."""
    for name in sys.argv[1:]:
        if name.startswith("promises"):
            told = score_promises(name)
            print("\n".join(told.wrong))  # noqa: T201 - likewise
            for key in sorted(told.found):
                print(  # noqa: T201 - likewise
                    f"{name} {' '.join(key)}: precision {told.precision(*key):.1%}, recall"
                    f" {told.recall(*key):.1%}, day {told.days(*key):.1%}"
                )
            continue
        scored = score_when(name) if name.endswith(".tsv") else score_notes(name)
        print("\n".join(scored.wrong))  # noqa: T201 - a program that prints
        for what in dict.fromkeys(what for what, _ in scored.total):
            print(f"{name} {what}: {scored.share(what):.1%}")  # noqa: T201 - likewise
    if not sys.argv[1:]:
        print(score())  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
