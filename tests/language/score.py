"""How well dates and notes are understood: accuracy by field and language, beside dateparser.

Run `python -m tests.language.score`. The corpora are written by hand from the rules; a phrase may
have several accepted readings (parted by |), and "-" stands for "no date in this".
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from core.language.lines import Portfolio, portfolio_from_json, understand_line, when_line

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
    return "\n".join(lines)


def main() -> None:
    """Print the table; with file names, score those and list what went wrong."""
    for name in sys.argv[1:]:
        scored = score_when(name) if name.endswith(".tsv") else score_notes(name)
        print("\n".join(scored.wrong))  # noqa: T201 - a program that prints
        for what in dict.fromkeys(what for what, _ in scored.total):
            print(f"{name} {what}: {scored.share(what):.1%}")  # noqa: T201 - likewise
    if not sys.argv[1:]:
        print(score())  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
