"""The tables' history, in order; see docs/operations.md."""
