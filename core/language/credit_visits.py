"""A visit of two officers in a note: 双人调查, 贷前调查, a credit visit; and who else was there.

What is planned or only spoken of is none. A colleague counts where the words put them beside the
writer (和李娜, with Li Na). Pure functions of text and names.
"""

from __future__ import annotations

import re

# Full-width marks by their numbers: linters take them for their ASCII likes.
_CLAUSE = re.compile("[,;.!?\\n\\uff0c\\uff1b\\u3002\\uff01\\uff1f]+(?!\\d)")
_CREDIT = re.compile(
    r"双人(?:调查|实地|尽调|上门|走访|下户|核保|核实|查访|检查|面签|拜访|贷)"
    r"|贷前(?:调查|尽调|实地)|贷后(?:检查|走访|回访|实地)"
    r"|\b(?:credit (?:visit|investigation|inspection)|two[- ]officer"
    r"|pre[- ]?loan (?:visit|investigation|inspection|check|dd)"
    r"|post[- ]?loan (?:visit|inspection|check|review))\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"约(?:好|了|定|在)?|下周|下个?月|明天|后天|安排|准备|计划|打算|需要|要做|要求|待|拟|还没|"
    r"尚未|未做"
    r"|\b(?:next|tomorrow|arrange|plan(?:ned)?|schedul\w+|needs?|will|to be|before the"
    r"|not yet)\b",
    re.IGNORECASE,
)
_BESIDE_ZH = "(?:与|和|跟|同|偕|带|陪)(?:同事|同志)?"
_ALONG_ZH = "(?:一起|一同|共同|同去|同行|一道|两人|双人)"
_BESIDE_EN = r"\b(?:with|and|alongside|plus)(?: (?:my )?colleague)? "


def credit_visit(note: str) -> bool:
    """Whether a note tells of a visit of two officers that has taken place."""
    return any(_CREDIT.search(part) and not _AHEAD.search(part) for part in _CLAUSE.split(note))


def beside(note: str, name_zh: str, name_en: str) -> bool:
    """Whether a note names a colleague as somebody who was along."""
    zh, en = re.escape(name_zh), re.escape(name_en)
    if name_zh and re.search(f"{_BESIDE_ZH}{zh}|{zh}{_ALONG_ZH}", note):
        return True
    return bool(name_en) and bool(re.search(rf"{_BESIDE_EN}{en}\b", note, re.IGNORECASE))
