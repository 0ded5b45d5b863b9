"""Loads: files of the bank's systems into the tables of facts and series.

`kinds.py` says what can be loaded, made from core/facts/sections.py; `loading.py` runs one load.
"""
