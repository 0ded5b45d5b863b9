"""The HTTP API: the same commands and reads as the bot's, for the bank's own systems.

`routes.py` holds the table of everything that is served; `openapi.py` describes it, `server.py`
serves it. Whoever comes in acts as the staff member their token was made for.
"""
