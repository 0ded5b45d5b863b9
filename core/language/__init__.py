"""Understanding what a relationship manager types: dates, money, customers, whole notes.

A pure library: no database, no files, no network, no texts for people. The moment a message was
sent and the person's portfolio come in as arguments, data goes out; the bot asks about whatever
is not certain.
"""
