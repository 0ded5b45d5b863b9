"""The bots that are measured, each a process of its own: ours, and two bare ones beside it."""
