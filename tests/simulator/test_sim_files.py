"""Files both ways: uploads with their limits, downloads, albums, and what people send."""

from __future__ import annotations

import struct
from datetime import timedelta
from typing import TYPE_CHECKING

import aiohttp
import pytest
from simulator_support import next_update, refused
from telegram import InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from bot.simulator.media import picture_size

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone, Simulator


async def test_a_photo_goes_out_with_its_caption_and_comes_back_by_id(
    bot: Bot, li: Phone, png: bytes
) -> None:
    sent = await bot.send_photo(101, png, caption="<b>图</b>", parse_mode="HTML")
    assert (li.last.media_kind, li.last.html, li.last.data) == ("photo", "<b>图</b>", png)
    assert (sent.photo[-1].width, sent.photo[-1].height) == (300, 200)
    again = await bot.send_photo(101, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    assert li.last.data == png


async def test_documents_keep_their_name_and_type(bot: Bot, li: Phone) -> None:
    sent = await bot.send_document(101, b"BEGIN:VCALENDAR", filename="visit.ics", caption="c")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("visit.ics", "text/calendar")
    assert li.last.shows("visit.ics")


async def test_a_voice_message_has_a_duration(bot: Bot, li: Phone) -> None:
    sent = await bot.send_voice(101, b"OggS", duration=5)
    assert sent.voice is not None
    assert sent.voice.duration == timedelta(seconds=5)


async def test_what_a_person_sends_can_be_downloaded(bot: Bot, li: Phone, png: bytes) -> None:
    await li.sends_photo(png, "门头")
    await li.sends_document(b"%PDF", "合同.pdf", mime="application/pdf")
    await li.sends_voice(b"OggS", 7)
    photo, document, voice = [u.message for u in await bot.get_updates()]
    assert photo is not None
    assert photo.caption == "门头"
    assert document is not None
    assert document.document is not None
    assert document.document.file_name == "合同.pdf"
    assert voice is not None
    assert voice.voice is not None
    assert voice.voice.duration == timedelta(seconds=7)
    file = await bot.get_file(photo.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == png


async def test_an_album_goes_out_whole(bot: Bot, li: Phone, png: bytes) -> None:
    sent = await bot.send_media_group(
        101, [InputMediaPhoto(png, caption="one"), InputMediaPhoto(png)]
    )
    assert len({m.media_group_id for m in sent}) == 1
    assert [m.text for m in li.messages[-2:]] == ["one", ""]


async def test_albums_have_two_to_ten_items_of_one_kind(bot: Bot, li: Phone, png: bytes) -> None:
    with refused("Album must contain at least 2 messages"):
        await bot.send_media_group(101, [InputMediaPhoto(png)])
    with refused("Too many messages to send as an album"):
        await bot.send_media_group(101, [InputMediaPhoto(png)] * 11)
    with refused("can't be mixed with other media types"):
        await bot.send_media_group(101, [InputMediaPhoto(png), InputMediaDocument(b"x")])
    assert len(li.messages) == 1


async def test_a_person_sends_an_album(bot: Bot, li: Phone, png: bytes) -> None:
    await li.sends_album([png, png, ("a.csv", b"1")], "三张")
    messages = [u.message for u in await bot.get_updates()]
    assert len({m.media_group_id for m in messages if m}) == 1
    assert [m.caption for m in messages if m] == ["三张", None, None]


async def test_wrong_files_are_refused(bot: Bot, li: Phone, png: bytes) -> None:
    with refused("File must be non-empty"):
        await bot.send_document(101, b"")
    with refused("Image_process_failed"):
        await bot.send_photo(101, b"no picture")
    wide = png[:16] + struct.pack(">II", 9000, 10) + png[24:]
    with refused("Photo_invalid_dimensions"):
        await bot.send_photo(101, wide)
    with refused("Wrong file identifier/HTTP URL specified"):
        await bot.send_document(101, "nonsense")
    with refused("Failed to get HTTP URL content"):
        await bot.send_document(101, "https://example.com/x.pdf")
    document = await bot.send_document(101, b"x")
    assert document.document is not None
    with refused("Can't use file of type Document as Photo"):
        await bot.send_photo(101, document.document.file_id)
    with refused("wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("nonsense")


async def test_a_photo_weighs_ten_megabytes_at_most(bot: Bot, li: Phone, png: bytes) -> None:
    with pytest.raises(BadRequest, match="is too big for a photo"):
        await bot.send_photo(101, png + bytes(10 << 20))


async def test_a_file_over_twenty_megabytes_cannot_be_fetched(bot: Bot, li: Phone) -> None:
    await li.sends_document(bytes((20 << 20) + 1), "big.bin")
    update = await next_update(bot)
    assert update.message is not None
    assert update.message.document is not None
    with refused("File is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_downloads_need_the_token_and_the_right_path(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    sent = await bot.send_document(101, b"secret", filename="a.txt")
    assert sent.document is not None
    path = (await bot.get_file(sent.document.file_id)).file_path
    assert path is not None
    assert path.endswith("documents/file_1.txt")
    async with aiohttp.ClientSession() as session:
        for address, status in (
            (path, 200),
            (path.replace("1:TEST", "2:X"), 401),
            (path.replace("file_1", "file_2"), 404),
            (path.replace("documents", "photos"), 404),
        ):
            async with session.get(address) as reply:
                assert reply.status == status


async def test_too_heavy_a_thumbnail_is_noted(sim: Simulator, bot: Bot, li: Phone) -> None:
    await bot.send_document(101, b"x", thumbnail=bytes(200_001))
    assert [v.description for v in sim.violations] == ["a thumbnail of 200 kB or more is ignored"]


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"GIF89a" + struct.pack("<HH", 4, 5), (4, 5)),
        (b"BM" + bytes(16) + struct.pack("<ii", 4, -5), (4, 5)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 5, 4), (4, 5)),
        (b"RIFF" + bytes(4) + b"WEBPVP8X" + bytes(8) + b"\x03\x00\x00\x04\x00\x00", (4, 5)),
        (b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(10) + struct.pack("<HH", 4, 5), (4, 5)),
        (b"RIFF" + bytes(4) + b"WEBPVP8L" + bytes(5) + b"\x03\x00\x01\x00" + bytes(6), (4, 5)),
        (b"\xff\xd8\xffnothing", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_head(
    data: bytes, size: tuple[int, int] | None
) -> None:
    assert picture_size(data) == size


async def test_the_oldest_files_are_forgotten_when_all_weigh_too_much(
    bot: Bot, li: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.simulator.state.KEPT_FILE_BYTES", 10)
    first = await bot.send_document(101, b"123456")
    second = await bot.send_document(101, b"123456")
    assert first.document is not None
    assert second.document is not None
    await bot.get_file(second.document.file_id)
    with refused("temporarily unavailable"):
        await bot.get_file(first.document.file_id)
