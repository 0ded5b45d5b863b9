"""Facts about a customer: the categories as data, and what is read and written of them.

`sections.py` is the table of contents: a category is one `Section` there, and everything else
(pages, dialogues, loads, the API, the export, the trail of changes) is made from it.
"""
