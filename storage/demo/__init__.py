"""A made-up bank, believable and always the same: for the demo, the docs and the benchmarks.

Same seed and same moment, same data, ids included. Nothing here is real: numbers are from ranges
that belong to nobody, names are put together by chance.
"""
