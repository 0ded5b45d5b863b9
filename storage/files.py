"""Attachments by content hash: the same photo sent twice is kept once."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import IO

_HASH = re.compile(r"[0-9a-f]{64}")


class FileStore:
    """A folder of files named by the SHA-256 of what is in them."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, sha256: str) -> Path:
        """Where a content is kept.

        Raises:
            FileNotFoundError: if it is no hash: nothing is kept under another name.
        """
        if not _HASH.fullmatch(sha256):
            raise FileNotFoundError(sha256)
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

    def incoming(self) -> Incoming:
        """A file that comes piece by piece.

        Raises:
            OSError: as `put`.
        """
        folder = self._root / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return Incoming(self, folder)


class Incoming:
    """A file on its way in: kept when it is whole, gone when it is not."""

    def __init__(self, store: FileStore, folder: Path) -> None:
        number, path = tempfile.mkstemp(suffix=".part", dir=folder)
        self._store, self._path = store, Path(path)
        self._digest, self._file = hashlib.sha256(), os.fdopen(number, "wb")
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            OSError: if there is no room for it.
        """
        self._digest.update(piece)
        self._file.write(piece)
        self.size += len(piece)

    def reread(self) -> IO[bytes]:
        """What has come, from its beginning; to be closed by the caller.

        Raises:
            OSError: if there is no room for what was not written yet.
        """
        self._file.flush()
        return self._path.open("rb")

    def keep(self) -> str:
        """Keep it and return its hash.

        Raises:
            OSError: if there is no room for it.
        """
        self._file.close()
        sha256 = self._digest.hexdigest()
        target = self._store.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._path.replace(target)
        return sha256

    def close(self) -> None:
        """Away with what was not kept."""
        self._file.close()
        self._path.unlink(missing_ok=True)
