"""What the tests share: databases on both engines, a small bank, and a running town."""
