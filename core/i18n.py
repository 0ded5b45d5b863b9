"""Texts for people, in both languages.

Message ids are the English sentences; the Chinese ones stand in one gettext catalogue per
package under `core/locales/zh/LC_MESSAGES/`. A text may carry the small HTML subset that every
chat platform of ours can show; whatever is put into its `{placeholders}` is escaped.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages import mofile, pofile
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES = ("zh", "en")
DEFAULT_LOCALE = "zh"
CATALOGUES = Path(__file__).parent / "locales"


def N_(msgid: str) -> str:  # noqa: N802 - gettext's customary name; the extractor looks for it
    """Mark a message id that is translated later, where the reader's language is known."""
    return msgid


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence whose reader is not known yet: a message id and what goes into it."""

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Name:
    """What is called differently in the two languages: a firm, a person."""

    zh: str
    en: str

    def of(self, locale: str) -> str:
        """What it is called in this one."""
        return self.zh if locale == "zh" else self.en


class Texts:
    """The texts of one language: `texts("Due {day}", day=...)` gives escaped markup."""

    def __init__(self, locale: str) -> None:
        self.locale = locale if locale in LOCALES else DEFAULT_LOCALE
        self._catalogue = _catalogue(self.locale)

    def __call__(self, msgid: str, /, **params: Any) -> Markup:
        """The sentence in this language; parameters are escaped unless they are markup."""
        return Markup(self._catalogue.gettext(msgid)).format(**params)  # noqa: S704 - catalogue text is ours

    def plural(self, one: str, many: str, n: int, /, **params: Any) -> Markup:
        """The sentence for `n` things; `{n}` is filled in."""
        text = self._catalogue.ngettext(one, many, n)
        return Markup(text).format(n=n, **params)  # noqa: S704 - catalogue text is ours

    def of(self, text: Text) -> Markup:
        """A `Text` in this language; texts and names among its parameters are told in it too."""
        return self(text.msgid, **{k: self._told(v) for k, v in text.params.items()})

    def _told(self, value: Any) -> Any:
        if isinstance(value, Text):
            return self.of(value)
        return value.of(self.locale) if isinstance(value, Name) else value


@lru_cache(maxsize=len(LOCALES))
def texts(locale: str) -> Texts:
    """The (shared) texts of a language; an unknown one falls back to the default."""
    return Texts(locale)


@lru_cache(maxsize=len(LOCALES))
def _catalogue(locale: str) -> gettext.NullTranslations:
    merged = gettext.NullTranslations()
    for path in sorted((CATALOGUES / locale / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as source:
            catalogue = pofile.read_po(source, locale=locale)
        compiled = io.BytesIO()
        mofile.write_mo(compiled, catalogue)
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
        translations.add_fallback(merged)
        merged = translations
    return merged
