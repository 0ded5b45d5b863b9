"""The bank's rules: use cases, access, language understanding, read models.

Never sends a message and never asks a question: `bot`, `conversations` and `notifications` do.
"""
