"""What a planned contact is for: 谈续贷, where the line is 周四下午3点拜访华兴机械谈续贷.

Firm, day, hour, length and the way to meet have their own lines on a card; what is left is the
purpose, in the person's own words. Nothing is left of 周四拜访华兴机械.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.language.lengths import words_of_length

if TYPE_CHECKING:
    from core.language.understand import Note

_LONGEST_NAME = 3
_ZH_TITLE = (
    r"(?:总(?!结|行|量|体)|董|经理|老板|会计|主任|厂长|工(?!厂|程|资|商)|姐|哥|女士|先生|小姐|师傅|出纳|科长|部长|主管|"
    r"监|财务(?!报|数))"
)
#: somebody to meet, so that the words before belong to the name: 跟王总, call Mr Tang
_SOMEBODY = (
    rf"(?!谈|聊|送|收|看|签|催|办)[一-鿿]{{1,{_LONGEST_NAME}}}?{_ZH_TITLE}|"
    r"(?:Mr|Mrs|Ms|Miss|Dr|Madam|Mdm|her|him|them|their|"
    r"the (?:boss|owner|accountant|cfo|finance))\b"
)
_ASKED = re.compile(
    r"^(?:请|帮我?|麻烦)?(?:在|到时候?)?(?:提醒我?|叫我|记得|记一下|别忘(?:记|了)?|不要忘了?|(?:设(?:置|个|一个)?|set个)(?:提醒|reminder)|"
    r"remind我|安排(?:一次|一下|个)?(?=拜访|走访|回访|去|上门|实地|跟|和|与|视频|电话|开会)|计划|预约|"
    rf"约(?!定|了|束|{_SOMEBODY}))\s*(?:一下|要|得|去(?=[一-鿿]))?"
    r"|^(?:pls|please|kindly)?\s*(?:set (?:a |me a )?reminder|remind(?: me)?|remember|reminder|"
    r"don'?t forget|i? ?(?:need|have|want|must)(?: to)?|note to self|todo|to do|schedule|plan|"
    r"book|arrange)\b(?: (?:to|a|an)\b)?"
    r"|^(?:pls|please|kindly)\b",
    re.IGNORECASE,
)
_ASKED_LAST = re.compile(
    r"[,\uff0c、。;\uff1b ]*(?:的时候)?(?:提醒(?:我|一下|我一下)|别忘了|记得提醒我?|不要忘了?|"
    r"(?:please )?(?:remind me|don'?t (?:let me )?forget(?: it)?))[了哦啊呀吧!\uff01.]*$",
    re.IGNORECASE,
)
#: the way to meet, which the card's icon says
_WAY = re.compile(
    r"^(?:再|上门|登门|实地|当面|要|得)?(?:拜访|走访|探访|回访|拜会|打(?:个|一个|通)?电话|去?电话|致电|回(?:个)?电(?:话)?|通电话|视频(?:会议)?|开会|见面|"
    r"碰(?:个|一)?面|发(?:个|条)?微信|微信|去(?=$|[一-鿿]))(?:一下|一趟|一次)?"
    r"|^(?:visit|call(?: up| back)?|ring|phone|meet(?:ing)?(?: up)?|see|video call|wechat|go to|"
    r"site visit|a call|a visit|a meeting)\b(?: (?:with|at|to|in|on)\b)?",
    re.IGNORECASE,
)
_EDGE = re.compile(r"^[\s,\uff0c。;\uff1b、:\uff1a.—–·-]+|[\s,\uff0c;\uff1b、:\uff1a—–·-]+$")
_FIRST = re.compile(
    r"^(?:的|了|并|来|以便|主要(?:是)?|讨论(?=$))|^(?:to|about|re|regarding|for|on|and|at|with|by|in|from|"
    r"'s|’s|is|of)(?=\s|$|:)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?:(?:^|(?<=\s))(?:on|at|by|before|for|with|to|in|from|and|the|this|next|around|till|until|every)|"
    r"(?:^|(?<=[一-鿿]))(?:在|于|和|跟|与|并|之?前|的时候))\s*$",
    re.IGNORECASE,
)
_BEFORE_FIRM = re.compile(
    r"(?:给|跟|和|与|向|找|同|去|到|在|对|替|帮|约)$|(?<=\s)(?:to|with|at|for|from|of|in)\s$|"
    r"^(?:to|with|at|for|from)\s$", re.IGNORECASE,
)  # fmt: skip
#: what needs the firm's name to be understood: 把初稿发给海川
_TO_FIRM = re.compile(r"[发送交报还寄打转带回递拿]给$")
_BEFORE_DAY = re.compile(
    r"(?:(?:^|(?<=\s))(?:on|at|by|before|for|from|in|until|till|around|this|next|the)\s*)+$|(?:在|于|到|等)$",
    re.IGNORECASE,
)
_AFTER_DAY = re.compile(r"^(?:之?前|以前|的(?!确)|(?:o'?clock)\b)")
#: what is no purpose where it is all that is left
_EMPTY = re.compile(
    r"^(?:去|到|要|得|一下|一趟|我|back|again|the|a|an|it|to|me|them)?$", re.IGNORECASE
)
_MOMENTS = (
    "occurred_date", "occurred_time", "repeat_end", "repeat_start", "follow_up_date",
    "follow_up_time",
)  # fmt: skip
_CLAUSE = re.compile(r"\s*([,\uff0c;\uff1b。\n]|\.(?=\s|$))\s*")
#: how the contact that is over began: its record says so
_DONE = re.compile(
    r"^(?:(?:我|我们|刚刚|刚才|刚|已经?|又|去了?|拜访了?|走访了?|回访了?|打了?(?:个|一个|通)?电话|电话|致电|电联|微信|"
    r"见(?:了|到)?|碰(?:了|到)?|联系了?|给|跟|和|与|到|在)(?!不|没|期))+(?=$|[一-鿿a-z])"
    r"|^(?:(?:i|we|just|already|have|had|again|went to|visited|visit(?: to| at| with)?|"
    r"met(?: with| up with)?|(?:went |go )?to see|"
    r"meeting with|call(?: to| with)?|called|rang|phoned|saw|spoke (?:to|with)|talked (?:to|with)|"
    r"wechat(?:ted)?|texted|stopped by|dropped by|was at|with|at)\b\s*)+",
    re.IGNORECASE,
)
#: that there is a next contact, which its day says
_AGAIN = re.compile(
    r"^(?:(?:然后|并|说|说好|让|叫|我|他|她|对方|约|约好|约了|约定|定|再|去|来|联系|约定|拜访|聊|谈|看|说|打|打给|电话|跟进|回访|沟通|见|见面|过去|"
    r"过来|一次|一趟|一下|他|了|的|给|上门|面谈)+"
    r"|(?:(?:and|then|will|to|i|we|he|she|they|said|asked|me|call|visit|meet|see|follow|up|back|again|agreed|"
    r"ring|go|come|next|contact|meeting|the|a|for|with|on|at|him|her|them|speak|talk|catch|set|booked|book|"
    r"in|check|visiting|calling|next step|another|appointment)\b\s*)+)$",
    re.IGNORECASE,
)


def purpose_of(note: Note) -> str:
    """What the line says of the purpose, in its own words; empty where it says none."""
    line = _without_firm(note.text, note)
    for field in ("repeat_end", "repeat_start", "follow_up_date", "follow_up_time"):
        line = _without(line, note, field)
    words = words_of_length(line)
    if words is not None:
        line = line[: words[0]] + " " + line[words[1] :]
    line = _EDGE.sub(
        "", re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])|\s{2,}|\s(?=[,\uff0c。;\uff1b、])", _joined, line)
    )
    before = None
    while before != line:
        before = line
        line = _EDGE.sub("", _ASKED_LAST.sub("", _ASKED.sub("", line)))
        line = _EDGE.sub("", _LAST.sub("", _FIRST.sub("", line)))
        if note.kind is not None:
            line = _EDGE.sub("", _without_way(line, note))
    return "" if _EMPTY.match(line) else line


def context_of(note: Note) -> str:
    """Of a record, what the next contact is to remember, in the person's own words.

    Left out are the clauses that say no more than that there was a contact or that there will be
    one, and how the first begins (who, when, met): 王总,想续贷500万 is what remains of
    今天拜访华兴王总,想续贷500万,下周二再约.
    """
    parts = _CLAUSE.split(note.text)
    kept, mark = "", ""
    for clause, ending in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if not _says_something(clause, note):
            continue
        said = clause if kept else _without_beginning(clause, note)
        space = " " if mark in {",", ";", "."} and clause[:1].isascii() else ""
        kept += f"{mark}{space}{said}"
        mark = ending
    return _EDGE.sub("", kept)


def _says_something(clause: str, note: Note) -> bool:
    line = _without_firm(clause, note)
    for field in _MOMENTS:
        line = _without(line, note, field)
    line = _EDGE.sub("", _DONE.sub("", _EDGE.sub("", line)))
    return not (_EMPTY.match(line) or _AGAIN.match(line))


def _without_beginning(clause: str, note: Note) -> str:
    """The clause without when, whom and how one met, as far as it begins with them."""
    said = [note.evidence[field].text for field in _MOMENTS if field in note.evidence]
    if (
        note.customer is not None
        and "customer" in note.evidence
        and "contact" not in note.evidence
    ):
        said.append(note.evidence["customer"].text)
    before, line = "", clause
    while before != line:
        before = line
        for words in filter(None, said):
            line = line.removeprefix(words)
        line = _EDGE.sub("", _DONE.sub("", _EDGE.sub("", line)))
        line = re.sub(r"^(?:的(?!确)|['’]s\b)\s*", "", line)
    return line


def _joined(gap: re.Match[str]) -> str:
    """Nothing between two Chinese characters and before a comma, one space elsewhere."""
    text, at = gap.string, gap.end()
    return "" if at < len(text) and (text[at] >= "\u3001" or text[at] in ",;") else " "


def _without(line: str, note: Note, field: str) -> str:
    """The line without the words of a day or an hour, and without what leads to them."""
    found = note.evidence.get(field)
    at = line.find(found.text) if found is not None and found.text else -1
    if found is None or at < 0:
        return line
    before = _BEFORE_DAY.sub("", line[:at])
    return f"{before} {_AFTER_DAY.sub('', line[at + len(found.text) :])}"


def _without_firm(line: str, note: Note) -> str:
    """The line without the firm's name, and without what leads to it, but for somebody's name."""
    found = note.evidence.get("customer")
    at = line.find(found.text) if found is not None and found.text else -1
    if found is None or at < 0 or note.customer is None or "contact" in note.evidence:
        return line
    before, after = line[:at], line[at + len(found.text) :].lstrip()
    if _TO_FIRM.search(before) and not re.match(r"的(?!确)", after):
        return line
    bare = re.sub(r"^(?:的(?!确)|['’]s\b|公司|那边|那里|这边)\s*", "", after)
    of_theirs = found.text.endswith(("'s", "’s")) or bare != after
    if not (re.match(_SOMEBODY, bare) or (of_theirs and re.match(r"[A-Z][a-z]", bare))):
        before = _BEFORE_FIRM.sub("", before)
    return f"{before} {bare}" if before else bare


def _without_way(line: str, note: Note) -> str:
    """The line without how one meets, unless somebody is named after it."""
    way, contact = _WAY.match(line), note.evidence.get("contact")
    if way is None or re.match(rf"\s*(?:{_SOMEBODY})", line[way.end() :]):
        return line
    if contact is not None and line[way.end() :].lstrip().startswith(contact.text):
        return line
    return line[way.end() :]
