"""Attachments by content hash: the same photo sent twice is kept once."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class FileStore:
    """A folder of files named by the SHA-256 of what is in them."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, sha256: str) -> Path:
        """Where a content is kept."""
        return self._root / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keep a content and return its hash; written whole or not at all.

        Raises:
            OSError: if there is no room for it, or the folder is closed to us.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(f".{os.getpid()}.part")
            try:
                partial.write_bytes(content)
                partial.replace(target)
            except OSError:
                partial.unlink(missing_ok=True)
                raise
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content of a hash.

        Raises:
            FileNotFoundError: if it is not kept here.
        """
        return self.path(sha256).read_bytes()
