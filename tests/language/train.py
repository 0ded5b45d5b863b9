"""Train the model of `core/language/learned.py` on labelled notes and write its weights.

`python -m tests.language.train` takes every corpus and `written.tsv`. With names of corpora it
leaves these out and prints how often they are right: by the rules, by the model and by both; then
it writes nothing. That is the figure to go by, since the rules were mended on the old corpora. How
much the rules' word counts comes from `first_answers.tsv`, taken before they were mended.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from core.language import learned
from core.language.money import amounts_in
from core.language.signs import signs_of
from core.language.text import plain
from core.language.understand import understand
from core.language.weighed import heard
from core.language.when import found_in
from core.language.wordlists import listed
from tests.language.score import HERE, NOW, ZONE, notes, portfolio

FIELDS: dict[str, tuple[str | None, ...]] = {
    "intent": ("log", "task", "lookup", "chitchat"),
    "kind": (None, "visit", "call", "wechat", "meeting", "email", "other"),
    "outcome": (
        None,
        "complaint",
        "no_answer",
        "not_interested",
        "done",
        "interested",
        "follow_up",
    ),
}
HEARD: dict[str, tuple[str | None, ...]] = {
    **FIELDS,
    "intent": ("log", "log, next", "log, outcome", "task", "lookup", "chitchat"),
}
#: how much the model's view counts; chosen on notes that neither it nor the rules had seen
WEIGHT = {"intent": 1.0, "kind": 0.35, "outcome": 0.6}
EPOCHS = 20
PACE = 0.3
#: a run of words that stands in one note only teaches nothing
LEAST = 2
#: runs whose weights are all smaller are left out, in steps of the scale
FAINT = 2
SCALE = 0.08
STEPS = learned.NOUGHT - 33

_NAMES_ZH = listed(
    "华兴机械 苏州华兴纺织 明途 金龙 恒达 绿源 天成 瑞丰 联创 锦绣 东方服饰 鼎盛 海川 泰和 智云 "
    "宝利 康美 永固"
)
_PEOPLE_ZH = listed(
    "王建国 李梅 陈总 赵董 孙丽 吴总 郑浩 冯厂长 林总 沈姐 王会计 黄总 曹厂长 徐总 何静 罗总 梁总 "
    "谢老板"
)
_NAMES_EN = listed(
    "Brightway Hengda Greenfield Skyline Richfield Unitech Jinxiu Orient Dingsheng Taihe Polytoy"
)
_PEOPLE_EN = ["Mr Chen", "Zhao", "Ms Sun", "Mr Wu", "Zheng", "Feng", "Lin", "Ms Shen", "Ms He"]
BLANKS = {"{z}": _NAMES_ZH, "{p}": _PEOPLE_ZH, "{e}": _NAMES_EN, "{q}": _PEOPLE_EN}


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled statement: its runs of words and, by field, what would be right."""

    text: str
    now: datetime
    grams: frozenset[str]
    right: dict[str, tuple[str | None, ...]]

    def is_for(self, name: str) -> bool:
        """Whether it says something on a field: kind and outcome belong to reports."""
        return name == "intent" or "log" in self.right["intent"]


KNOWN = portfolio()


def signed(text: str, now: datetime) -> tuple[str, list[learned.Sign]]:
    """A normalised text with its signs."""
    line = plain(text)
    found = tuple(found_in(line, now))
    return line.text, list(signs_of(line, found, tuple(amounts_in(line)), KNOWN.mentions(line)))


def example(text: str, now: datetime, right: dict[str, tuple[str | None, ...]]) -> Example:
    """A labelled statement with its runs of words."""
    return Example(text, now, frozenset(learned.grams(*signed(text, now))), right)


def corpus(name: str) -> list[Example]:
    """The notes of one file."""
    found = []
    for note in notes(name):
        now = datetime.fromisoformat(str(note["now"])) if "now" in note else NOW
        if now.utcoffset() == timezone(timedelta(hours=8)).utcoffset(None):
            now = now.replace(tzinfo=ZONE)
        right = {
            field: tuple(value) if isinstance(value := note.get(field), list) else (value,)
            for field in FIELDS
        }
        found.append(example(str(note["text"]), now, right))  # type: ignore[arg-type]
    return found


def written() -> list[Example]:
    """The sentences that were written for training, with names put in."""
    draw = random.Random(7)
    found = []
    for line in (HERE / "written.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        *labels, text = line.split("\t")
        for blank, names in BLANKS.items():
            while blank in text:
                text = text.replace(blank, draw.choice(names), 1)
        right = {
            field: tuple(None if v == "-" else v for v in label.split("|"))
            for field, label in zip(FIELDS, labels, strict=True)
        }
        found.append(example(text, NOW, right))
    return found


@dataclass(slots=True)
class Trained:
    """The weights of a field's values by run of words."""

    weights: list[list[float]]
    bias: list[float]


def train(
    rows: Sequence[tuple[list[int], dict[str | None, float]]],
    values: Sequence[str | None],
    size: int,
) -> Trained:
    """Multinomial logistic regression, one example at a time, with a step for each weight."""
    weights = [[0.0] * size for _ in values]
    spent = [[1e-6] * size for _ in values]
    bias, used = [0.0] * len(values), [1e-6] * len(values)
    order = list(range(len(rows)))
    draw = random.Random(1)
    for _ in range(EPOCHS):
        draw.shuffle(order)
        for at in order:
            here, right = rows[at]
            shrink = 1 / math.sqrt(len(here) + 1)
            scores = [
                shrink * sum(map(w.__getitem__, here)) + b
                for w, b in zip(weights, bias, strict=True)
            ]
            top = max(scores)
            parts = [math.exp(s - top) for s in scores]
            whole = sum(parts)
            for k, value in enumerate(values):
                off = parts[k] / whole - right.get(value, 0.0)
                if abs(off) < 0.002:
                    continue
                used[k] += off * off
                bias[k] -= 0.1 * off / math.sqrt(used[k])
                step, row, sums = off * shrink, weights[k], spent[k]
                square = step * step
                for i in here:
                    sums[i] += square
                    row[i] -= PACE * step / math.sqrt(sums[i])
    return Trained(weights, bias)


def said_table(name: str, without: Iterable[str] = ()) -> list[list[float]]:
    """Logarithms of how often the rules said a value where another (or the same) was right."""
    values, heard_words = FIELDS[name], HEARD[name]
    counts = [[0.5] * len(heard_words) for _ in values]
    for line in (HERE / "first_answers.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        where, field, right, said, times = line.split("\t")
        if field == name and where not in without:
            row = values.index(None if right == "-" else right)
            counts[row][heard_words.index(None if said == "-" else said)] += int(times)
    return [[round(math.log(n / sum(row)), 3) for n in row] for row in counts]


def weigh(examples: Sequence[Example]) -> tuple[list[str], dict[str, Trained]]:
    """The vocabulary and the weights of every field."""
    counts = Counter(gram for one in examples for gram in one.grams)
    vocabulary = sorted(gram for gram, n in counts.items() if n >= LEAST)
    found: dict[str, Trained] = {}
    for last in (False, True):
        place = {gram: i for i, gram in enumerate(vocabulary)}
        for name, values in FIELDS.items():
            rows = [
                (
                    [place[g] for g in sorted(one.grams) if g in place],
                    {value: 1 / len(one.right[name]) for value in one.right[name]},
                )
                for one in examples
                if one.is_for(name)
            ]
            found[name] = train(rows, values, len(vocabulary))
        if not last:
            vocabulary = [
                gram
                for i, gram in enumerate(vocabulary)
                if any(abs(row[i]) >= FAINT * SCALE for t in found.values() for row in t.weights)
            ]
    return vocabulary, found


def write(
    vocabulary: Sequence[str], found: dict[str, Trained], without: Iterable[str] = ()
) -> str:
    """The text of the weights' file."""
    fields = {
        name: {
            "values": FIELDS[name],
            "bias": [round(b, 3) for b in found[name].bias],
            "heard": HEARD[name],
            "said": said_table(name, without),
            "weight": WEIGHT[name],
        }
        for name in FIELDS
    }
    head = json.dumps({"scale": SCALE, "fields": fields}, ensure_ascii=False)
    lines = [head]
    for i, gram in enumerate(vocabulary):
        steps = [round(row[i] / SCALE) for name in FIELDS for row in found[name].weights]
        if any(steps):
            marks = (chr(learned.NOUGHT + max(-STEPS, min(STEPS, s))) for s in steps)
            lines.append(f"{gram}\t{''.join(marks)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Train on all and write; or train without the named corpora and score these."""
    left_out = sys.argv[1:]
    files = [f.name for f in sorted(HERE.glob("notes*.jsonl")) if f.name not in left_out]
    examples = [one for name in files for one in corpus(name)] + written()
    text = write(*weigh(examples), without=left_out)
    if not left_out:
        learned.WEIGHTS.write_text(text, encoding="utf-8")
        print(f"{len(examples)} statements, {text.count(chr(10)) - 1} runs of words")  # noqa: T201
        return
    print_shares(left_out, text)


def print_shares(names: Sequence[str], weights: str) -> None:
    """How often the rules, the model and both together are right about corpora left out."""
    model = learned.read(weights)
    for name in names:
        right: dict[tuple[str, str], int] = defaultdict(int)
        total: dict[str, int] = defaultdict(int)
        for one in corpus(name):
            views = learned.views(*signed(one.text, one.now), model)
            note = understand(one.text, one.now, KNOWN, by_rules=True)[0]
            for field in FIELDS:
                if not one.is_for(field) or (field != "intent" and note.intent != "log"):
                    continue
                said = getattr(note, field)
                view = views[field]
                alone = view.field.values[max(range(len(view.logs)), key=view.logs.__getitem__)]
                word = heard(note.intent, note.outcome) if field == "intent" else said
                both = (view.settle(word) or (said, 1.0))[0]
                total[field] += 1
                for who, value in (("rules", said), ("model", alone), ("both", both)):
                    right[field, who] += value in one.right[field]
        for field in FIELDS:
            shares = ", ".join(
                f"{who} {right[field, who] / max(total[field], 1):.1%}"
                for who in ("rules", "model", "both")
            )
            print(f"{name} {field}: {shares} of {total[field]}")  # noqa: T201


if __name__ == "__main__":
    main()
