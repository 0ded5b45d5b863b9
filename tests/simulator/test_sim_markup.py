"""Telegram's HTML: what it becomes, and how Telegram refuses what it cannot read."""

from __future__ import annotations

import pytest

from bot.simulator.errors import ApiError
from bot.simulator.markup import parse_html
from bot.simulator.state import Entity
from bot.simulator.texts import caption_text, found_by_itself, message_text, safe_html


def kinds(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, entities = parse_html(source)
    return text, [(e.type, e.offset, e.length) for e in entities]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (
            "🏟 🏟&lt;<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("<script>alert(1)</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>y</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xDFDF", "Text contains invalid Unicode characters after decoding HTML entities"),
        ("客户<div>华兴</div>", 'Unsupported start tag "div" at byte offset 6'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, sentence: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description.startswith(f"Bad Request: can't parse entities: {sentence}")


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("&ge;&lt;&gt;&amp;&quot;&#12345678;", '&ge;<>&"&#12345678;', []),
        ("&#20013;&#x6587", "中文", []),
        ("🏟 🏟<i>🏟 &lt🏟</i>", "🏟 🏟🏟 <🏟", [("italic", 5, 6)]),
        (
            "🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>",
            "🏟 🏟🏟 ><🏟",
            [("italic", 5, 7), ("bold", 9, 3)],
        ),
        ("🏟 🏟&lt;<i aba='&lt;'>a</>", "🏟 🏟<a", [("italic", 6, 1)]),
        ("<b></b>x", "x", []),
        ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd",
         [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1)]),
        ("<span class='tg-spoiler'>a</span><tg-spoiler>b</tg-spoiler>", "ab",
         [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1)]),
        ("<code><b>x</b></code>", "x", [("code", 0, 1)]),
        ("<a>no link</a>", "no link", []),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    assert kinds(source) == (text, entities)


def test_a_link_keeps_its_address_and_a_person_becomes_a_mention() -> None:
    _, (link,) = parse_html("<a href='telegram.org?&lt;'>x</a>")
    assert link == Entity("text_link", 0, 1, url="http://telegram.org/?<")
    _, (person,) = parse_html('<a href="tg://user?id=7">x</a>')
    assert person == Entity("text_mention", 0, 1, user_id=7)


def test_a_pre_with_code_inside_remembers_the_language() -> None:
    _, (pre,) = parse_html('<pre><code class="language-fift">x</code></pre>')
    assert pre.language == "fift"


def test_lengths_count_after_entities_are_taken_out() -> None:
    text, _ = message_text("<b>" + "x" * 4096 + "</b>", "HTML")
    assert len(text) == 4096
    with pytest.raises(ApiError, match="message is too long"):
        message_text("x" * 4097, None)
    assert len(caption_text("<i>" + "字" * 1024 + "</i>", "HTML")[0]) == 1024
    with pytest.raises(ApiError, match="message caption is too long"):
        caption_text("x" * 1025, None)
    with pytest.raises(ApiError, match="text is too long"):
        message_text("&amp;" * 8000, "HTML")


def test_text_is_trimmed_and_its_entities_move_along() -> None:
    text, (bold,) = message_text("\n  <b> 华兴 </b>  ", "HTML")
    assert (text, bold.offset, bold.length) == ("华兴", 0, 2)


def test_telegram_finds_commands_links_mentions_and_addresses_by_itself() -> None:
    text = "🏦 /visit@roundsman_bot see https://a.cn/x. or @liwei, a@b.com #华兴"
    found = [(e.type, e.offset, e.length) for e in found_by_itself(text)]
    assert found == [
        ("bot_command", 3, 20),
        ("url", 28, 14),
        ("mention", 47, 6),
        ("email", 55, 7),
        ("hashtag", 63, 3),
    ]
    assert found_by_itself("12/3 or 3.5万") == ()


def test_the_html_for_the_page_is_safe_and_nests_properly() -> None:
    text, entities = parse_html("🏟<b>a<i>b</i></b>&lt;script&gt; <a href='a.cn'>&amp;</a>")
    html = safe_html(text, entities)
    assert html.startswith('🏟<b>a<i>b</i></b>&lt;script&gt; <a href="http://a.cn/"')
    assert html.endswith("&amp;</a>")


def test_overlapping_entities_still_make_well_formed_html() -> None:
    html = safe_html("abcd", (Entity("bold", 0, 3), Entity("italic", 2, 2)))
    assert html == "<b>ab<i>c</i></b><i>d</i>"


def test_a_script_address_never_becomes_a_link() -> None:
    text, entities = parse_html('<a href="javascript:alert(1)">x</a>')
    assert "<a" not in safe_html(text, entities)
