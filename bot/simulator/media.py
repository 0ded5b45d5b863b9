"""Files that the bot sends: where they come from, what they may weigh, and what they become.

A file arrives as an upload, as `attach://name` of an upload, or as the `file_id` of one that
Telegram already has. Addresses are refused: the simulator fetches nothing from anywhere.
"""

from __future__ import annotations

import mimetypes
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.constants import FileSizeLimit

from .errors import ApiError, bad_request
from .state import Media
from .texts import caption_text

if TYPE_CHECKING:
    from .call import Call, Upload
    from .state import Entity, StoredFile
    from .world import World

PHOTO_BYTES = 10 << 20
UPLOAD_BYTES = int(FileSizeLimit.FILESIZE_UPLOAD)
THUMBNAIL_BYTES = 200_000
_JPEG_SIZES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


@dataclass(frozen=True, slots=True)
class InputMedia:
    """One item of an album, or the new content of an edit, ready to be put into a message."""

    media: Media
    text: str
    entities: tuple[Entity, ...]


def file_argument(world: World, call: Call, kind: str, value: object) -> StoredFile:
    """The file that a parameter or the `media` field of an item means.

    Raises:
        ApiError: nothing there, an unknown id, an empty or oversized file, or an address.
    """
    upload: Upload | None = None
    if isinstance(value, str) and value.startswith("attach://"):
        upload = call.uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"can't find {value.removeprefix('attach://')} among the files")
    elif isinstance(value, str) and value:
        return _known(world, kind, value)
    else:
        upload = call.uploads.get(kind)
    if upload is None:
        raise bad_request(f"there is no {kind} in the request")
    return keep_upload(world, kind, upload, duration=call.integer("duration"))


def _known(world: World, kind: str, value: str) -> StoredFile:
    if "://" in value:
        raise bad_request("failed to get HTTP URL content")
    file = world.files.by_id(value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        names = {"photo": "Photo", "document": "Document", "voice": "VoiceNote"}
        raise bad_request(f"can't use file of type {names[file.kind]} as {names[kind]}")
    return file


def keep_upload(world: World, kind: str, upload: Upload, *, duration: int = 0) -> StoredFile:
    """Check an upload by its kind and keep it.

    Raises:
        ApiError: empty, too big, or a photo that is no picture.
    """
    size = len(upload.data)
    if size == 0:
        raise bad_request("file must be non-empty")
    if size > UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    dimensions = (0, 0)
    if kind == "photo":
        if size > PHOTO_BYTES:
            raise bad_request(
                f"file of size {size} bytes is too big for a photo;"
                f" the maximum size is {PHOTO_BYTES} bytes"
            )
        found = picture_size(upload.data)
        if found is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        wide, high = dimensions = found
        if wide + high > 10_000 or max(wide, high) > 20 * min(wide, high):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
    mime = upload.mime
    if mime == "application/octet-stream":
        mime = mimetypes.guess_type(upload.name)[0] or mime
    name = upload.name if kind == "document" else f"{kind}.{_SUFFIX.get(kind, 'bin')}"
    return world.store_file(kind, name, mime, upload.data, size=dimensions, duration=duration)


_SUFFIX = {"photo": "jpg", "voice": "oga"}


def check_thumbnail(call: Call) -> None:
    """Telegram leaves out a thumbnail that is too heavy; that is worth a remark."""
    name = call.text("thumbnail").removeprefix("attach://") or "thumbnail"
    thumbnail = call.uploads.get(name)
    if thumbnail is not None and len(thumbnail.data) > THUMBNAIL_BYTES:
        call.remarks.append("a thumbnail of 200 kB or more is ignored")


def input_media(world: World, call: Call, wanted: Any, *, album: bool = False) -> InputMedia:
    """One `InputMedia` object.

    Raises:
        ApiError: a kind that does not belong there, or a wrong file or caption.
    """
    if not isinstance(wanted, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = wanted.get("type")
    if kind not in ("photo", "document"):
        where = " can't be used in sendMediaGroup" if album else " is unsupported"
        raise bad_request(f'can\'t parse InputMedia: type "{kind}"{where}')
    if not wanted.get("media"):
        raise bad_request("can't parse InputMedia: media not found")
    text, entities = caption_text(
        wanted.get("caption") or "", wanted.get("parse_mode"), wanted.get("caption_entities")
    )
    file = file_argument(world, call, kind, wanted["media"])
    return InputMedia(Media(kind, file), text, entities)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF, BMP or WebP picture; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        wide, high = struct.unpack(">II", data[16:24])
        return wide, high
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        wide, high = struct.unpack("<HH", data[6:10])
        return wide, high
    if data[:2] == b"BM" and len(data) >= 26:
        wide, high = struct.unpack("<ii", data[18:26])
        return wide, abs(high)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp_size(data)
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg_size(data)
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] == b"VP8X":
        return (
            1 + int.from_bytes(data[24:27], "little"),
            1 + int.from_bytes(data[27:30], "little"),
        )
    if data[12:16] == b"VP8 ":
        wide, high = struct.unpack("<HH", data[26:30])
        return wide & 0x3FFF, high & 0x3FFF
    bits = int.from_bytes(data[21:25], "little")
    return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in _JPEG_SIZES:
            high, wide = struct.unpack(">HH", data[at + 5 : at + 9])
            return wide, high
        at += (
            2
            if 0xD0 <= marker <= 0xD9 or marker == 0xFF
            else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        )
    return None
