"""Fields of our own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tortoise import fields

if TYPE_CHECKING:
    from tortoise.models import Model


class MomentField(fields.DatetimeField):  # type: ignore[type-arg]  # not subscriptable at run time
    """An aware moment, kept in UTC.

    SQLite compares moments as texts. The ORM writes them in whatever zone they carry, so 09:00 in
    Shanghai would sort after 02:00 in London; here they are all brought to UTC first.
    """

    def to_python_value(self, value: Any) -> datetime | None:
        """The moment as the program has it; the ORM would take one without a zone for UTC.

        Raises:
            ValueError: if it has no zone.
        """
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a moment needs a zone")
            return value
        # As it is kept in SQLite; the ORM's own reading of a text takes ten times as long.
        if isinstance(value, str) and value.endswith("+00:00"):
            return datetime.fromisoformat(value)
        found: datetime | None = super().to_python_value(value)
        return found

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        """The moment in UTC.

        Raises:
            ValueError: if it has no zone.
        """
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a moment needs a zone")
            value = value.astimezone(UTC)
        return super().to_db_value(value, instance)
