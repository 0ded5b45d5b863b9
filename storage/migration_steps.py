"""Migration steps that the library lacks: hand-written SQL that differs between the engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.migrations.operations import AlterField, RunSQL

if TYPE_CHECKING:
    from tortoise.migrations.schema_editor.base import BaseSchemaEditor
    from tortoise.migrations.schema_generator.state import State


class SQLByDialect(RunSQL):
    """Statements for SQLite and for PostgreSQL; whichever is being migrated runs its own."""

    def __init__(self, *, sqlite: list[str], postgres: list[str]) -> None:
        super().__init__(sql=[])
        self._statements = {"sqlite": sqlite, "postgres": postgres}

    async def database_forward(
        self,
        app_label: str,  # noqa: ARG002 - the library's signature
        old_state: State,  # noqa: ARG002 - likewise
        new_state: State,  # noqa: ARG002 - likewise
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Run this engine's statements, each whole.

        The library's own SQLite editor would cut a trigger at its inner semicolons.
        """
        if state_editor is None:
            return
        for statement in self._statements[state_editor.client.capabilities.dialect]:
            if state_editor.collect_sql:
                state_editor.collected_sql.append(statement)
            else:
                await state_editor.client.execute_query(statement)


class AlterFieldOnServer(AlterField):
    """A change of a column's type that SQLite, which holds no types, need not hear of.

    The library would rebuild the table there, and lose its indexes.
    """

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Change the column where the engine cares."""
        if state_editor is not None and state_editor.client.capabilities.dialect == "postgres":
            await super().database_forward(app_label, old_state, new_state, state_editor)
