"""A line cut into clauses, each marked as telling of a deed, of a plan, or of neither.

Commas, full stops, line ends, and between Chinese words also blanks, part clauses; phrases of date
and sums of money are never cut. Which date belongs to the deed and which to the next contact is
decided on these marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.language.cues import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.language.found import Found

_CUT = re.compile(
    r"[,,。;;!!??\n、|…]+|\.(?=\s|$)|\.{2,}|\s(?:-{1,2}|/)\s|"
    r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff\d])|(?<=[\dwk%])\s+(?=[\u4e00-\u9fff])"
    r"|\s(?=(?:but|then|so|and (?:will|then|we|i|he|she|they|agreed|asked|wants?|want|"
    r"need|needs|said|told|would|scheduled|booked|set|arranged|call|meet|visit|follow|to)|"
    r"will|plan to|agreed|let'?s)\s)"
    r"|(?=然后|但是|但(?!凡)|不过|并且|并约|所以|后来|接着|同时|另外|顺便)"
)
#: said of a further contact: it tells that one took place already
NEXT = words(
    r"再(?!生|度|加|次拜访了|三|说了|打过|者)|下次|(?<![签大合条违履节续邀制])约(?!\d|莫|"
    r"束|合|了?谈|百|一?[半两三千])|回访(?!了)|跟进(?!中|了)|到时|届时|回(?:我|他|"
    r"她)个?电话|(?:联系|找|打给|通知|答复|答应给|回)我|给我(?:打|电|答|回)|等(?:他|她|"
    r"客户|对方|通知|消息|答复|老板|回复|[\u4e00-\u9fff]总)|回头|"
    r"改天|定于|定在|定了?下|改(?:到|在|约|成|期)|推迟|延(?:到|期到|后到)|答复|回复(?!了)|"
    r"让(?:我|我们)|"
    r"叫(?:我|我们)|要(?:我|我们)|请(?:我|我们)|待(?!遇|客|人|会)",
    r"follow(?:ing)?[- ]?up|f/u|again|will(?! (?:need|require))|(?:i|we|he|she|they)'ll|shall|"
    r"next (?:call|visit|"
    r"meeting|contact|"
    r"step|touch)|revisit|schedul\w+|agree[ds]? (?:to|on)|arrang(?:ed|ing|e)|"
    r"set(?: up)? (?:a|an|for|another)|appointment|(?:pls|please) (?:come|"
    r"call|ring|visit|send|bring|meet)|get(?:ting)? back|"
    r"call(?:ing)? (?:(?:him|her|them|me|us) )?back|come back|back (?:on|in|to)|"
    r"catch[- ]?up|check (?:in|back)|reconnect|reconvene|resume|touch base|chase|to continue|"
    r"carry on|try|"
    r"retry|reschedul\w+|"
    r"postponed?|push(?:ed)? to|moved? to|revert|callback|circle back|asked (?:us|me) to|"
    r"wants? (?:us|me) to|told (?:us|me) to|pencil\w*|booked (?:a|an|another|for|in)|"
    r"going (?:back|to (?:meet|call|visit|see))",
)
#: what may be a deed or a plan
ACT = words(
    r"拜访|走访|上门|登门|见面|面谈|面签|签(?:约|合同|字|协议)|开户|去|来(?!电|访)|送|发|"
    r"给|打|联系|提交|补(?:齐|充|资料|材料)|报(?:价|方案|送)|汇报|沟通|复访|敲定|上会|"
    r"过去|聊|谈|碰(?:头|面)|吃饭|定(?:在|于)|催|收(?:资料|材料|合同|流水|报表|取|齐)|拿|"
    r"取|带|出方案|办|见|访|查|回|做|交|寄|准备|安排|提醒|记得|会(?=来|打|给|送|去|联系)",
    r"call|calls|visit|visits|meet|meeting|meets|send|sending|come|coming|talk|speak|"
    r"discuss|see|ring|phone|email|deliver|bring|submit|prepare|proposal|quote|sign|"
    r"signing|decide|decision|confirm|present|review|collect|drop|pick up|demo|"
    r"get in touch|reach out|contact|resume|lunch|dinner|coffee|invite|update|finali[sz]e|"
    r"book|remind|go|going|take|plan|planned|reply|answer by|let us know|give|offer|show|"
    r"check|start|hand over|provide",
)
#: said of what has happened
DEED = words(
    r"(?<![别忘为除])(?<!得空)(?<!有空)了(?!解|吧)|过(?!去|来|年|两|几|三|一|会|户|桥|期|桥)|"
    r"刚(?:刚|才)?|"
    r"已经?|曾|完(?!成|整|善|税|年)|(?:邮件|微信|短信|电话|消息)回复|到访|来访|"
    r"(?<!要)(?<!待)(?<!需)(?<!想)[签去见谈打聊送装办]的(?!时候|话|人)|没人接|未接|不在|"
    r"没接|无人接|约(?:了)?我们?(?!的)|承认|核实(?!一)|关机|空号|在忙|在开会|"
    r"在开车|正忙|出差了|表示|反馈|说(?!好|明|不定)|(?:他|她|对方|客户|"
    r"总)回复?(?=[,明后下周说])|(?<!问)问(?![题问]|一?下)|提出|反映|告知|得知|接待|"
    r"陪同|来电|没打通|打不通",
    r"visited|called(?! for)|met|spoke|went|saw|phoned|e-?mailed|rang|dropped|texted|"
    r"messaged|talked|discussed|came|signed|sent|had|just|told|said|says|asked|reached|"
    r"tried|stopped|popped|chatted|wechatted|complained|opened|received|got|gave|"
    r"presented|toured|inspected|hosted|attended|introduced|pitched|explained|left|"
    r"reviewed|walked|lunched|dined|wrote|replied|answered|was|were|did|didn'?t|been|"
    r"(?:(?<=^)|(?<=^ )|(?<=\bi )|(?<=\bwe )|(?<=\bhe )|(?<=\bshe )|(?<=\bthey )|(?<=\bjust )|"
    r"(?<=□ ))"
    r"(?!need|sched|plan|speed|feed)[a-z]{3,}ed|(?<!to be )(?:approved|accepted|confirmed)|"
    r"bumped|ran into|(?:sms|msg|wechat|whatsapp)'?e?d|"
    r"wants|thinks|feels|seems|hopes|asks|insists|refuses|no answer|no reply|no ans|voicemail|"
    r"back from|contacted|made|faxed|zoomed|couldn'?t|"
    r"finished|completed|collected|delivered|wanted|agreed|declined|rejected|refused|busy|"
    r"unavailable|in a meeting|(?:at|in) \S+(?: \S+)? now",
)
#: dates of other things: when a loan falls due, when money is needed, when somebody is away
MATURITY = re.compile(
    r"(?:授信|贷款|额度|保函|存单|定期|[万亿])到(?=\s*$)|租约|租期|有效期|合同期|到期|届满|"
    r"还款(?!方式)|还本|还[清掉完上]|还了|结清|解付|过期|失效|"
    r"逾期|续期|"
    r"(?<![a-z])(?:matur\w+|idle|(?:runs?|valid|good|extend\w*(?: \w+){0,3}) (?:till|until|to|"
    r"through)(?=\s*$)|expir\w+|falls? due|fall(?:ing)? due|comes? due|coming due|"
    r"is due|are due|due(?= (?:on|in|at|by|next|this|end|date))|due$|repa(?:y|id)\w*|"
    r"paid (?:back|off)|ends? (?=on|"
    r"in)|runs? out|up for renewal|for renewal|repayment|lapses?)(?![a-z])"
)
EVENT = re.compile(
    r"投产|出差|开工|搬(?:厂|迁|家|到|新)|交货|发货|开业|上市|用款|用钱|要用|需要资金|"
    r"要资金|资金缺口|资金需求|到账|发工资|发薪|装修|扩建|扩产|开标|投标|竣工|完工|交付|"
    r"付款|付货款|回款|采购|备货|进货|囤货|旺季|淡季|订单|招工|忙|对账|盘点|结账|关账|"
    r"展会|年检|报税|审计|出结果|出报告|股东会|董事会|分红|休假|度假|住院|回国|出国|回来|"
    r"回到|返回|回(?=上海|公司|厂|国|京|沪)|结婚|放假|停产|检修|买(?:设备|地|房|厂)|"
    r"上(?:设备|项目|新)|新厂|新线|要钱|生效|启动|成立|营收|销售|产值|利润|流水|开始用|"
    r"资金(?!部)|放款|下款|提款|批下来|批复|审批"
    r"|(?<![a-z])(?:need(?:s|ed)? (?:the )?(?:money|cash|funds|it)|production|opening|"
    r"opens|launch\w*|deliver(?:y|ies)|shipment|travel(?:l?ing)?|trip|abroad|away|"
    r"out of town|back from|returns?|holiday|vacation|moving|moves?(?= (?:to|into))|"
    r"peak season|payday|audit|board meeting|board|tender|bid|bidding|ship(?:s|ping)?|"
    r"payroll (?:date|day|run)|expan\w+|new (?:plant|line|factory|machine\w*|warehouse)|"
    r"order (?:is|arrives)|arriv\w+|disburse\w*|drawdown|draw|for (?:the )?purchase|"
    r"purchas\w+|stock(?:ing)? up|results?|founded|established|revenue|sales|turnover|"
    r"turnaround|construction|start(?:s|ing)? (?:production|operation)|"
    r"renovat\w+)(?![a-z])"
)


#: 月底前把材料交了: the 了 of something to be done
_TO_DO = re.compile(r"(?:把|得|要|务必).*(?:了|掉|好|完|齐)$|把.*[了好完齐][交报送发寄]")


@dataclass(slots=True)
class Clause:
    """A part of a line."""

    start: int
    end: int
    text: str
    plan: bool = False
    deed: bool = False


def clauses_of(text: str, whole: Iterable[tuple[int, int]]) -> list[Clause]:
    """The clauses of a normalised text; the spans in `whole` are not cut."""
    kept = list(whole)
    result: list[Clause] = []
    at = 0
    for match in _CUT.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in kept):
            continue
        _append(result, text, at, match.start())
        at = match.end()
    _append(result, text, at, len(text))
    return result


def _append(result: list[Clause], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if piece.strip():
        result.append(Clause(start, end, piece))


def mark(clauses: Sequence[Clause], found: Sequence[Found]) -> None:
    """Set `plan` and `deed` from the clauses' words and dates."""
    for index, clause in enumerate(clauses):
        here = [f for f in found if clause.start <= f.at[0] < clause.end]
        if index and here and _only_time(clause, here):
            # "meeting with Kangmei 2pm": the hour belongs to what stands before it.
            clause.plan, clause.deed = clauses[index - 1].plan, clauses[index - 1].deed
            continue
        clause.deed = DEED.search(clause.text) is not None
        if any(f.sign < 0 for f in here):
            clause.deed = True
            continue
        ahead = any(f.sign > 0 for f in here)
        if any(f.deadline or f.sign > 0 for f in here) and _TO_DO.search(clause.text):
            clause.deed, clause.plan = False, True
            continue
        further = NEXT.search(clause.text) is not None
        other_day = any(f.sign or (f.has_day and f.date != f.past_date) for f in here)
        dated = index > 0 and other_day and ACT.search(clause.text) is not None
        again = further and (index > 0 or bool(here))
        clause.plan = ahead or again or (dated and not clause.deed)


def _only_time(clause: Clause, here: Sequence[Found]) -> bool:
    """Whether nothing but an hour is said."""
    said = sum(f.at[1] - f.at[0] for f in here)
    return not any(f.has_day for f in here) and len(clause.text.strip()) <= said + 1


def clause_at(clauses: Sequence[Clause], position: int) -> Clause | None:
    """The clause that holds a position."""
    return next((c for c in clauses if c.start <= position <= c.end), None)
