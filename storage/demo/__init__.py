"""A made-up bank, believable and always the same: for the demo, the docs and the tests.

Same seed and same moment, same rows, ids included; another moment moves the year of visits along
with it and leaves people and firms as they are. Nothing here is real: numbers are from ranges that
belong to nobody, names are put together by chance.
"""
