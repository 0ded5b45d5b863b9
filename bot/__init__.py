"""Telegram in and out, the worker's transaction, the command line and the composition root."""

import os

# The client library gives durations as timedelta only when asked to, and warns otherwise.
os.environ.setdefault("PTB_TIMEDELTA", "true")
