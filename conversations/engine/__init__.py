"""The engine of dialogues: plain async functions that the database remembers.

No chat platform, no database and no domain in here. `Talk` is what a flow sees, `Question` what
it asks, `dialogue` what the worker calls. How it works and why is told in docs/architecture.md.
"""
