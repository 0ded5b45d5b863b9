"""Bulk loading: files of rows, read the same way whatever is loaded from them."""
