"""Hold the texts in the code against the catalogues: whole in both languages, nothing left over.

Each package owns one catalogue. With `--update` new message ids are added (with an empty
translation, which the check then refuses) and those that the code lost are taken out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "core" / "locales" / "zh" / "LC_MESSAGES"
CATALOGUES = {
    "core": ["core"],
    "notifications": ["notifications"],
    "conversations_engine": ["conversations/engine", "conversations/questions"],
    "conversations": ["conversations"],
    "bot": ["bot"],
}
KEYWORDS = {"t": None, "texts": None, "plural": (1, 2), "N_": None, "Text": None, "Refused": None,
            "NotFound": None, "NotAllowed": None, "Invalid": None, "Conflict": None,
            "AlreadySettled": None}  # fmt: skip
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def messages(folders: list[str]) -> set[str | tuple[str, ...]]:
    """The message ids in some folders of the code."""
    found: set[str | tuple[str, ...]] = set()
    for folder in folders:
        for _, _, message, _, _ in extract_from_dir(
            ROOT / folder, keywords=KEYWORDS, method_map=[("**.py", "python")]
        ):
            if message and (isinstance(message, tuple) or message.strip()):
                found.add(message)
    return found


def texts_by_catalogue() -> dict[str, set[str | tuple[str, ...]]]:
    """Which catalogue holds which texts; a text that two packages share is kept once."""
    taken: set[str | tuple[str, ...]] = set()
    result = {}
    for name, folders in CATALOGUES.items():
        result[name] = messages(folders) - taken
        taken |= result[name]
    return result


def check() -> list[str]:
    """What is wrong with the catalogues, one sentence each."""
    problems = []
    for name, wanted in texts_by_catalogue().items():
        path = FOLDER / f"{name}.po"
        catalogue = _read(path)
        have = {message.id: message for message in catalogue if message.id}
        missing, extra = wanted - have.keys(), have.keys() - wanted
        problems += [f"{path.name}: no translation of {text!r}" for text in missing]
        problems += [f"{path.name}: nothing in the code says {text!r}" for text in extra]
        for message in have.values():
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            if not all(strings) or message.fuzzy:
                problems.append(f"{path.name}: {ids[0]!r} is not translated")
            elif any(set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(ids[-1]))
                     for text in strings):  # fmt: skip
                problems.append(f"{path.name}: {ids[0]!r} has other placeholders")
    return problems


def update() -> None:
    """Bring the catalogues to what the code says."""
    for name, wanted in texts_by_catalogue().items():
        path = FOLDER / f"{name}.po"
        old = {message.id: message.string for message in _read(path) if message.id}
        fresh = Catalog(locale="zh", project="Roundsman", charset="utf-8")
        for message in sorted(wanted, key=str):
            fresh.add(message, old.get(message, "" if isinstance(message, str) else ("",)))
        with path.open("wb") as target:
            write_po(target, fresh, omit_header=False, width=98, ignore_obsolete=True)
        text = path.read_text(encoding="utf-8")
        path.write_text(_stable_header(text), encoding="utf-8")


def _stable_header(text: str) -> str:
    """A header without dates and names, so that the file changes only when texts do."""
    body = text.split("\n\n", 1)[1] if "\n\n" in text else ""
    head = (
        'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    )
    return f"{head}\n{body}"


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="zh")
    with path.open("rb") as source:
        return read_po(source, locale="zh")


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    found = check()
    print("\n".join(found) or "The catalogues are whole.")
    sys.exit(bool(found))
