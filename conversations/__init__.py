"""Dialogues and pages: what a person is asked and shown, independent of the chat platform."""
