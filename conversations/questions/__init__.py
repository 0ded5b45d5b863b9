"""Questions: what flows ask, one kind a file.

Each has the likeliest answer first, at most three rows of buttons (lists of names may have six),
and takes typed answers wherever it has a button, in either language.
"""
