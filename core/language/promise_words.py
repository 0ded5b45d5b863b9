"""The words promises are known by, in Chinese and English, and those that speak against one."""

from __future__ import annotations

import re

from core.language.contacts import SURNAMES

# Full-width marks by their numbers: linters take them for their ASCII likes.
CLAUSE = re.compile(
    "[\\n\\uff0c\\uff1b\\u3002\\uff01\\uff1f]+|(?<!\\d)[,;.!?]+|[,;.!?]+(?!\\d)"
    r"|\s+and (?=(?:i|we|he|she|they|mr|ms)\b)",
    re.IGNORECASE,
)
_FIRM = (
    r"(?:客户|对方|企业|公司|厂里|财务|会计|老板娘|老板|法人|他们|她们|他|她"
    r"|[\u4e00-\u9fff](?:总监|总|经理|老板|厂长|会计|主任|董|姐|哥|工))"
)
_US = r"(?:我们(?:这边)?|行里|支行|分行|总行|授信部|风险部|后台|我行|咱们|我方|本行|我)"
_SPEAKS = r"(?:说|讲|表示|同意|称|回|答|电话里|微信)"
#: 跟他, 给王总: no subject stands behind these
PREPOSITION = re.compile(
    rf"(?:给|跟|向|对|和|与|替|帮|找|陪|问|让)(?:{_FIRM}|{_US}|[\u4e00-\u9fff]{{2,3}}(?=保证|"
    rf"承诺))"
)
SUBJECT = re.compile(
    rf"(?P<us>{_US})|(?P<firm>{_FIRM}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=说|讲|表示|答应|"
    rf"承诺|保证|许诺|同意))"
)
VOW = re.compile(
    r"(?:答应|应承|承诺(?!函|书|费)|保证(?!金|人|担保|期|函|书|贷|保险)|允诺|应允|许诺|"
    r"打(?:了)?保票|担保(?=.{0,8}(?:前|到|还|放))|"
    r"一口应下|"
    r"拍(?:着)?胸脯(?!$)|咬死|立了?(?:下)?字据|应(?:了|下(?:来|了)?)(?=$|[他她客])|许了|"
    r"(?<![a-z])(?:promise[sd]?|commit(?:ted)?)(?![a-z])|"
    r"(?P<weak>打了?包票|拍(?:着)?胸脯(?=$)|说好|说定|讲好|讲定|谈好|敲定|商定|拍板|"
    r"同意(?=.{1,16}(?:前|内|底|天|日|号|周|礼拜))|"
    r"约定(?!时间|见面|地点)))(?:了)?(?P<past>过)?"
)
#: a vow with nothing behind it
BARE = re.compile(r"(?:应(?:了|下来?了?)|字据|答应了?|保证了?|承诺了?|打了?包票)$")
DENIED = re.compile(r"(?:不|没有?|未|没敢|不敢|拒绝|不肯|无法|不能|以前|之前|去年|曾经?)\S{0,4}$")
TOLD_FIRM = re.compile(
    rf"(?:答应|应承|允诺|承诺|保证|许诺|应)了?{_FIRM}|(?:跟|向|对|和|与){_FIRM}[^,]{{0,3}}"
    r"(?:答应|承诺|保证|许诺|说好|说定|讲好|讲定|谈好|约定)"
)
TO_US = re.compile(
    rf"(?:给|发|交|送|传|寄|回复|答复|还|补给|通知|提供给){_US}|(?:送|寄|交|传|转|发|带|"
    rf"拿)(?:到|来|过来|"
    rf"回来)(?:行里|我行|网点|支行)?|(?:来|到)(?:行里|我行|网点|支行)"
)
TO_FIRM = re.compile(rf"(?:给|发给|送给|传给|寄给|回复|答复|回|通知){_FIRM}")
GIVE = re.compile(
    r"(?<![a-z])(?:send|e-?mail|top ?up|pay|wire|submit|bring|provide|share|sign)(?![a-z])|捎|"
    r"挪过?来|弄好|给(?!\S{1,4}(?:打|过|去|做|办|开会))|发(?!工资|薪|货|现|展|生)|送(?!审|达)|"
    r"提供|"
    r"补[齐交充盖签上好足]|把[^,]{1,14}(?:转|存|还|交|发|送|补|打)|追加|整理?(?:好|出)|打出来|"
    r"打印|拿(?:来|过来|给)|带(?:来|过来|上)|"
    r"拍给|扫(?:描)?给|传真|给到|打(?:保证金|款|钱|过来)|转账|存(?:过?来|进来?)|迁(?:过?来|到)|"
    r"出(?:额度|意向|函|批|结果|回执)|上报|报批|批下来|开(?:好|给|出)|做好|弄好|备好|递交|提交|"
    r"盖(?:好)?章|垫|还款|还(?=\d|利息|本)|"
    r"交(?!货|易|流|通|谈)|"
    r"寄|传|答复|回复|回话|答案|出具|出(?:方案|批复|报价|合同|额度)|报价|报上|转[过进]?[来去]|"
    r"划[过转]|付[款清]|打款|回(?=[他她]|客户)|完成|派人|安?装(?=pos|机|$)|给(?=$)|存(?=\d)|"
    r"归还|还清|还上|"
    r"结清|签(?:合同|字|约|$)|把[^,]{1,12}(?:签|办|备齐|准备好|弄好)|开户|办(?=网银|开户|手续)|"
    r"放款|开出|开立|解押|退还?|"
    r"解决|备齐|报销|给说法|协调|调[高低]|处理|办[好妥]"
)
#: Gao: "I'll pay …": the words of somebody else
QUOTED = re.compile(r"(?:[Mm]r |[Mm]s )?(?P<name>[A-Z][a-z]{1,8}):")
REQUEST = re.compile(r"要求|让我|要我|请我|希望我")
CONSENT = re.compile(r"^(?:我|我们|我行)(?:就|也|都|当场)?(?:同意|答应|应下)了?$")
#: what was given already is no promise
GIVEN = re.compile(
    r"(?:给|发|送|交|提供|补|签|办|还)[^,]{0,6}(?:了(?!解)|过(?!来|去))|已经?(?:给|发|送|交|还)"
)
WILL = re.compile(
    r"(?<![a-z])(?:will|confirm(?:ed)?|said|says?)(?![a-z])|给(?!他|她|客户|员工|供应|别|我)|"
    r"前(?:把|补|交|给|送|"
    r"还|付)|能|可以|保准|一定|讲|答复|回复|说|讲|表示|同意|会(?!议|计|员)|将|应该|负责|来|把"
)
WE_SPEAK = re.compile(
    rf"{_US}[^,]{{0,3}}(?:让|请|叫)[他她][^,]{{0,3}}放心|{_US}[^,]{{0,8}}(?:打了?包票|欠|"
    rf"拍胸脯)|{_US}(?:说|答|回|"
    rf"告诉|答复)[^,]{{0,6}}$|\b(?:i|"
    rf"we) (?:said|told|replied)\b"
)
THEY_SPEAK = re.compile(
    rf"^{_FIRM}$|^[\u4e00-\u9fff]?{_FIRM}(?:那边)?$|{_FIRM}[^,]{{0,8}}{_SPEAKS}|"
    r"\b(?:he|she|they|mr \w+|ms \w+) (?:said|says|told)\b",
    re.IGNORECASE,
)

_NAME_EN = r"(?P<name>[A-Z][a-z]{1,8})"
SUBJECT_EN = re.compile(
    r"\b(?P<us>i|I|we|We|(?:[Tt]he|[Oo]ur) bank|[Oo]ur side)\b"
    r"|\b(?P<they>[Tt]hey|[Hh]e|[Ss]he|(?:[Tt]he |[Tt]heir )?(?:[Cc]lient|[Ff]irm|[Cc]ompany|"
    r"[Oo]wner|[Bb]oss|CFO|CEO|cfo|ceo|GM|[Aa]ccountant|[Tt]reasurer|[Ff]inance(?: manager)?)|"
    r"(?:[Tt]he )?[Cc]ustomer|(?:[Mm]r|[Mm]s|[Mm]rs)\.? \w+|\w+ (?:[Ww]ang|[Ll]i|[Zz]hang|[Cc]hen|"
    rf"[Ll]iu))\b|\b{_NAME_EN}\b"
)
TOLD_EN = re.compile(
    r"^(?:(?:i|we)(?: have|'ve)? )?(?:told|assured|informed|texted|confirmed to) "
    r"(?:him|her|them|(?:the )?(?:client|customer|owner|boss)|(?:mr|ms|mrs)\.? \w+|\w+) ",
    re.IGNORECASE,
)
VOW_EN = re.compile(
    r"(?<!no )(?<!the )(?<!his )(?<!her )(?<!our )(?<!any )\bpromise[sd]?\b|\b(?:undertakes|"
    r"swears|vows|pledges|guarantees|"
    r"vow(?:ed|s)|swore|pledged|undertook|guaranteed (?:to|that|us|him|"
    r"her|them|the|they|we|he|she|i)|committed (?:on|for)|made a commitment|pinky|swor[en]|"
    r"committed to|assured|owe[sd]?|(?:gave|given) (?:(?:me|us|him|her|them|mr \w+|ms \w+) )?"
    r"(?:my|our|his|her|their) word|agreed to(?! (?:meet|talk|the|a\b|see|speak|wait|discuss|"
    r"think|"
    r"visit|review|consider|have|catch)))\b",
    re.IGNORECASE,
)
WILL_EN = re.compile(
    r"\bwill\b|'ll\b|'d\b|\bwould\b|\b(?:am|is|are|'s|'re) going to\b|'re going to\b|"
    r"\b(?:am|is|are) to\b|'m (?:going )?to\b|\bshould be\b|\b(?:wife|husband|son|daughter|"
    r"brother|partner|accountant|finance|lawyer|secretary|assistant|team) to\b|\b(?:have|has|"
    r"need|needs) to\b"
    r"|\b(?:am|is|are|'s|'re|'m) (?=(?:sending|bringing|paying|signing|submitting|transferring|"
    r"repaying|forwarding|"
    r"emailing|delivering|couriering|dropping|returning|wiring|providing|issuing|giving|moving|"
    r"depositing)\b)|\bcan (?=(?:send|"
    r"deliver|provide|give|have|get)\b.*\bby\b)"
    r"|(?<=client )to\b|(?<=customer )to\b|(?<=side )to\b|(?<=they )to\b|(?<=bank )to\b",
    re.IGNORECASE,
)
GIVE_EN = re.compile(
    r"\b(?:get (?:him|her|them|me|us|it|mr \w+|ms \w+|the client)|be (?:here|at the (?:bank|"
    r"branch))|(?:bring|pay|sign|submitt|transferr|repay|forward|email|deliver|courier|dropp|"
    r"return|wir|provid|issu|giv|mov|"
    r"deposit)ing|wire|get (?:\S+ ){1,4}(?:issued|approved|signed|done|ready|out|over|stamped|"
    r"back)|have (?:\S+ ){1,4}(?:ready|done|"
    r"approved|signed|back|out|sorted|issued)|have (?:the |our |an? )?(?:approval|answer|"
    r"decision|offer|quote|pricing|docs?|documents|"
    r"papers|result|report|figures)|be (?:with (?:us|me|him|her|them|you)|ready|issued|out|done|"
    r"over|signed|in place|approved)|stamp|"
    r"scan|supply|furnish|lodge|complete|remit|top up|pledge|put in|place|chase up|send(?:ing)?|"
    r"install|get (?:\S+ ){1,5}to (?:me|us|him|her|them)|"
    r"have (?:\S+ ){1,4}for (?:me|us|him|"
    r"her|them)|photograph|give|bring|provide|submit|sign|pay|paid|deposit|return|deliver|"
    r"prepare|quote|reply"
    r"|get back|come back to|get \S+ \S+ (?:\S+ )?signed|call (?:\w+ )?back|issue|forward|share|"
    r"hand|"
    r"upload|e-?mail|courier|drop|revert|waive|move|repay|close|decide|let (?:me|us|him|her|them) "
    r"(?:know|have)|introduce|reach us|transfer|refund|disburse|respond|fix|sort|settle|clear|"
    r"have an answer|answer|confirm)\b",
    re.IGNORECASE,
)
PAPERS_FROM = re.compile(
    r"\b(?:docs?|documents|papers|paperwork|forms|statements|accounts|contract|financials|"
    r"figures|mgmt accounts|list) (?:to follow|to come|coming|will follow|on (?:its|"
    r"their) way) (?:by |on )?|^(?:the )?(?:docs?|documents|papers|paperwork|forms|statements|"
    r"accounts|contract) (?:due )?"
    r"from \w+|\b(?:says?|said) (?:the )?(?:docs?|documents|papers|paperwork|forms|statements|"
    r"accounts) by\b",
    re.IGNORECASE,
)
#: a quarter or month that belongs to papers: "the Q1 numbers"
OF_PAPERS = re.compile(
    r"\s?(?:的)?(?:报表|财报|流水|对账单|数据|numbers|accounts|statements|figures|results|"
    r"financials)",
    re.IGNORECASE,
)
#: a denial, a question, a reminder, another bank or a third party
AGAINST = re.compile(
    r"(?:答应|承诺|说好|许诺)的|盼着?|提醒|打算|能否|可否|问(?!题)[^,]{0,8}(?:能|几时|何时|"
    r"可以)|^(?:再|要|得|去|继续)?催|记得|别忘|可能|"
    r"也许|或许|估计|大概会|说不定|争取|尽量|上次|上回|上周|上个月|催(?:了|着|促)?(?:他|她|"
    r"客户|\S总)|"
    r"需要(?:客户|对方|他|她|\S总)|给(?:供应商|员工|工人|下游|上游|儿子|女儿|房东|别人)|"
    r"(?<![回答]复)(?<!告诉)(?:能不能|"
    r"可不可以|是否)|什么时候|多久|问我|问(?:什么|能)|"
    r"想(?!好|法)|希望|(?:工|农|中|建|交|招)行|"
    r"他行|别的?银行|浦发|民生|兴业银行|答应不了|供应商(?:说|答应)|让我|要我|要求我"
    r"|\b(?:nothing (?:came|yet|arrived|so far)|last (?:week|month|time)|still (?:no|nothing|"
    r"waiting|not)|chase|chasing|probably|"
    r"perhaps|possibly|could be|aims? to|tries to|trying to|will try|icbc|ccb|abc|boc|cmb|citic|"
    r"ocbc|dbs|hsbc|another bank|other bank|remind|asked|"
    r"wants? us|not sure|unsure|might|may|maybe|if|hop(?:e|es|ing) to|promis\w+ nothing|"
    r"no promises?|promised \w+ (?:has|have|is|was|were|arrived|came)|"
    r"whether|when we|had promised|broken promise|their (?:customer|supplier|buyer)s?|can we|"
    r"could we"
    r"|(?:did|do|does|would|could|will|can)(?:n't| not)|won't|never|not (?:agree|commit|"
    r"promise)\w*|"
    r"refused|promising)\b",
    re.IGNORECASE,
)
ANY = re.compile(
    rf"{VOW.pattern.replace('?P<past>', '?:').replace('?P<weak>', '?:')}|{GIVE.pattern}|"
    rf"{VOW_EN.pattern}|{GIVE_EN.pattern}|{PAPERS_FROM.pattern}",
    re.IGNORECASE,
)
