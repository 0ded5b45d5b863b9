"""Who must be told what and when: the outbox, reminders, escalation and quiet hours."""
