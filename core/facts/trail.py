"""The trail of changes (变化的脉络): what was so before, since when it is not, and who said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import customers, sensitive
from core.facts.sections import SECTIONS
from core.i18n import N_, Text
from core.import_rows import BadCellError
from core.people import staff_name
from storage.models import Change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.acting import Acting
    from core.sensitive import Clearance

#: what of a customer changes and is no field of a category
_OTHERS = {"grade": N_("Grade")}


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change as a person may see it."""

    id: int
    section: str
    row_id: int
    #: the field's column and label; empty and None where a whole row came or went
    name: str
    field: Text | None
    #: what it was and became, as shown; empty for nothing
    was: str
    now: str
    source: str
    at: datetime
    by: str


async def changes_of(
    acting: Acting,
    customer_id: int,
    *,
    section: str | None = None,
    row_id: int | None = None,
    since: datetime | None = None,
    limit: int = 20,
) -> tuple[ChangeView, ...]:
    """The changes of a customer, the latest first; of a category, a row, or since a moment.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    wanted = Change.filter(customer_id=customer.id)
    if section is not None:
        wanted = wanted.filter(section=section)
    if row_id is not None:
        wanted = wanted.filter(row_id=row_id)
    if since is not None:
        wanted = wanted.filter(at__gt=since)
    found = await wanted.order_by("-at", "-id").limit(limit).select_related("by")
    return shown(acting, found)


def shown(acting: Acting, found: Sequence[Change]) -> tuple[ChangeView, ...]:
    """Changes (with who made them fetched) as shown; sensitive values stay under their masks.

    Nobody needs an old number in full, so the trail shows none.
    """
    masked = sensitive.Clearance()
    return tuple(_view(acting, one, masked) for one in found)


def _view(acting: Acting, one: Change, clearance: Clearance) -> ChangeView:
    section = SECTIONS.get(one.section)
    known = section is not None and one.field in section
    texts = [one.was, one.now]
    if section is not None and not one.field:
        texts = [_row_name(acting, one.section, text, clearance) for text in texts]
    elif section is not None and known:
        texts = [_value(acting, one.section, one.field, text, clearance) for text in texts]
    return ChangeView(
        id=one.id,
        section=one.section,
        row_id=one.row_id,
        name=one.field,
        field=_label(one),
        was=texts[0],
        now=texts[1],
        source=one.source,
        at=one.at,
        by=staff_name(one.by, acting.locale),
    )


def _label(one: Change) -> Text | None:
    section = SECTIONS.get(one.section)
    if section is not None and one.field in section:
        return Text(section[one.field].label)
    return Text(_OTHERS[one.field]) if one.field in _OTHERS else None


def _value(acting: Acting, section: str, field: str, kept: str, clearance: Clearance) -> str:
    """A kept text of a field as it is shown in the trail."""
    if not kept:
        return ""
    one = SECTIONS[section][field]
    try:
        text = one.kind.shown(one.kind.found(kept), acting.locale)
    except BadCellError:
        # What was kept under older rules, or is half of a name with a dot in it, stands as it is.
        text = kept
    return sensitive.shown(one.sensitive, text, clearance).text if one.sensitive else text


def _row_name(acting: Acting, section: str, kept: str, clearance: Clearance) -> str:
    """The name of a row, which is the kept texts of its key, as it is shown in the trail."""
    parts = kept.split(" · ") if kept else []
    names = SECTIONS[section].key
    if not all(name in SECTIONS[section] for name in names):
        # A customer that was added by hand is told by its own name.
        return kept
    if len(parts) != len(names):
        return kept if not any(SECTIONS[section][name].sensitive for name in names) else ""
    return " · ".join(
        _value(acting, section, name, part, clearance)
        for name, part in zip(names, parts, strict=True)
    )
