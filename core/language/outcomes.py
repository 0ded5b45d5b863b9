"""What came of a contact: the first that applies of the bank's order of outcomes.

Complaint, no_answer (nobody reached), not_interested, done (signed, issued, paid out, opened),
interested (wants or intends, also when a next date is set), follow_up (no stance, but a next
contact agreed), else nothing. A cue that is denied, asked about or still to come does not count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.language.cues import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.language.clauses import Clause

_COMPLAINT = words(
    r"投诉|投拆|牢骚|没人管|推诿|踢皮球|推来推去|老(?:是)?出错|火气|翻脸|拍桌子|质问|指责|"
    r"差评|监管|不像话|受不了|失望|心寒|窝火|叫苦|抱怨|发了?[^,。;]{0,4}火|乱收|不满(?!\d|"
    r"一|三|半|足)|很?生气|发火|发脾气|发飙|"
    r"火大|恼火|意见很大|"
    r"很有意见|有意见|有怨言|态度(?:很|太|不|极)?(?:差|好(?<!不好)|恶劣)|骂|吐槽|气愤|"
    r"不高兴|不开心|埋怨|要求道歉|讨说法|索赔|反映.{0,12}(?:慢|差|错|久|问题|没人)|"
    r"服务(?:太|很)?差|(?:太|很)差劲|不专业",
    r"complain(?:ed|s|t|ts|ing)?|rant(?:ed|ing)?|vent(?:ed|ing)|(?:un|"
    r"not )impressed with (?:our|the) service|(?:lost|losing) patience|fed up|sick of|"
    r"had enough|chewed|shout(?:ed|ing)|yell(?:ed|ing)|swore|threaten(?:ed|s|ing)|irate|"
    r"critici[sz]ed|pissed|bad experience|blasted|scolded|told (?:me|us) off|(?:wasn'?t|"
    r"isn'?t|aren'?t|weren'?t) (?:at all )?happy|unhappy|angry|upset|dissatisf(?:ied|"
    r"action)|furious|"
    r"annoyed|irritated|frustrated|fuming|cross about|lodged|grumbl(?:ed|ing|es)|"
    r"moan(?:ed|ing|s)|livid|not (?:at all )?(?:happy|satisfied|pleased)|disappointed|"
    r"mad (?:at|about)|poor service|bad service|displeased|outraged",
)
_NO_COMPLAINT = re.compile(
    r"(?:没有?|无|不是|未|零)(?:什么|任何|再)?(?:投诉|抱怨|发了?[^,。;]{0,4}火|乱收|不满|"
    r"意见|怨言)|(?:没|别|"
    r"不会?)(?:生气|骂|抱怨|投诉)|对(?:别家|他行|其他银行|别的银行).{0,6}不满|"
    r"有没有(?:投诉|意见)"
    r"|\b(?:no|not|without|never|any|zero) (?:\w+ )?(?:complaints?|upset|angry)|"
    r"complaint (?:was |is |has been )?(?:resolved|closed|settled)|投诉(?:已经?)?(?:解决|"
    r"处理好|处理完|撤)"
)
_NO_ANSWER = words(
    r"没人接|没人理|没(?:人)?搭理|没理|不理(?!想|解)|没接通|未接通|接不通|没联系到|找不着|"
    r"歇业|人去楼空|放(?:了)?(?:我)?鸽子|爽约|没有人接|无人接|没接|未接|不接|没有接|拒接|"
    r"关机|停机|占线|空号|打不通|没打通|"
    r"未打通|[没未](?:打)?通(?!过|知)|没通|不通(?!过)|无法接通|没联系上|联系不上|未联系上|"
    r"没联络上|没找到人|"
    r"找不到人|没见到|没见着|没碰到|没遇到"
    r"|(?:人|王总|老板|都|他|她|总|经理|厂长|负责人|会计|财务|董)(?:今天|都|刚好|正好|"
    r"也)?不在(?!意|乎|我行|本行|考虑|名单|需要|用|线下)|(?:^|,|\s)不在(?:家|公司|厂里|"
    r"办公室)?(?:$|,|\s)|不在(?:公司|厂|办公室|单位|店里)|扑了?个?空|白跑|吃了?闭门羹|"
    r"锁着门|门锁|门关着|大门紧闭|没人在|没人开门|没人应|无人应|没开门|没回(?:复|消息|"
    r"信息|微信|我|电话)?(?![来去])|未回复?|不回(?:消息|信息|微信|复|我)?(?!来|去|国)|"
    r"没有回(?:复|应|音)|已读不回|没反应|没动静|一直响|响了.{0,6}(?:没|挂)|语音信箱|"
    r"(?<!微信)留言了?|转语音|挂断|被挂|直接挂了?|暂时无法|人没在|没在(?:公司|厂|办公室|"
    r"家)?|"
    r"外出了?(?!差)|没约到|没见上",
    r"no ans(?:wers?)?|rings? out|not picking|isn'?t picking|never (?:picked|answered|"
    r"came)|shutters? (?:was |were )?down|(?:office|shop|factory|store|place) (?:was |"
    r"is )?(?:closed|empty|shut|locked)|deserted|stood (?:me |us )?up|no[- ]show|"
    r"no sign of|mailbox|can'?t get through|couldn'?t get (?:through|hold)|wouldn'?t pick|"
    r"missed call|vm left|left (?:a )?vm|no reply|no repl(?:y|ies)|no response|"
    r"not answer(?:ed|ing)?|(?:did|does|do|has|have|is|was|are|were)(?:n'?t| not|"
    r"nt) (?:yet )?(?:answer(?:ed|ing)?|pick(?:ed|ing)? ?(?:it )?up|repl(?:y|ied|ying)|"
    r"respond(?:ed|ing)?|in|there|available|reachable|around|at (?:his|her|the|"
    r"their) (?:desk|office)|get through|reach|return(?:ed)?)"
    r"|not reach(?:ed|able)|unreachable|voice ?mail|(?:could|can)(?:n'?t| ?not) (?:reach|"
    r"get (?:hold|through|in touch)|be reached|find anyone|contact)|(?:couldn'?t|can'?t|"
    r"could not|unable to|failed to|didn'?t manage to) (?:get(?! (?:the|a|his|her|their|"
    r"our|any) (?:loan|rate|price|limit|documents?|papers?|approval))|reach|find|contact|"
    r"see|meet|catch|raise)|unable to (?:reach|contact)|failed to reach|"
    r"nobody(?! (?:complain|object|else))(?: \w+)?|"
    r"no ?one (?:answered|picked|there|in|home|around|available|was|at)|no one|"
    r"not in(?: the)?(?: office| today|$)?(?!\s?(?:terest|volv|the mood|a position|"
    r"favou?r|need|line|use|service))|line (?:was )?(?:busy|engaged|dead)|engaged tone|"
    r"(?:phone|line|number|mobile) (?:was |is )?(?:engaged|busy|off|dead)|busy (?:tone|"
    r"signal|line)|switched off|phone (?:was )?off|out of (?:the )?office|was out|is out|"
    r"hung up|rang out|kept ringing|left (?:a )?(?:message|voicemail|word)|no pick[- ]?up|"
    r"not available|number (?:is |was )?(?:not in service|disconnected|invalid|dead|"
    r"wrong)|wrong number|ghosted|no luck|gates? (?:was |were )?(?:locked|closed|shut)|"
    r"door (?:was )?(?:locked|closed|shut)|missed (?:him|her|them)|on read|unanswered|"
    r"straight to",
)
#: somebody else was spoken to, so somebody was reached
_REACHED = re.compile(
    r"(?<![没未])(?:和|跟|与|同|找|见了|见到了?)(?:财务|会计|出纳|副总|助理|秘书|经理|主管|老板娘|"
    r"他(?:老婆|儿子|太太|女儿|弟|哥)|负责人|[\u4e00-\u9fff]{1,2}(?:总|经理|会计|主管|姐|"
    r"主任)).{0,6}(?:聊|谈|说|沟通|交流|见|对接)|接待|后来(?:接|回|打通|联系上)|"
    r"又打.{0,4}(?:接了|通了)|终于(?:接|通|联系)|(?:财务|会计|助理|秘书|前台|"
    r"老板娘)(?:接的|说|接待|表示|告知)|回电话?(?:了|说)|二次打通"
    r"|\b(?:spoke|talked|met|chatted) (?:to|with) (?!nobody|no one)|\b(?:finally|"
    r"eventually|then) (?:answered|got (?:through|hold)|reached|picked up)|"
    r"\bcalled (?:me |us )?back (?:later|and)|\breached (?:him|her|them|the)"
)
_NOT_INTERESTED = words(
    r"(?<!有)(?:没有?|无)[^,。;\n有]{0,8}?(?:计划|意愿|意向|需求|想法|打算|兴趣)(?!书)|"
    r"没有?(?:什么|太大|多大|任何|啥)?(?:兴趣|意向|意愿|需求|需要|想法|打算|计划(?:贷|"
    r"融资|办))|不感兴趣|无(?:贷款|融资|明显|任何|新增)?(?:意向|意愿|需求|兴趣|需要)|"
    r"不(?:太)?感冒|(?<!要)不(?:太|大|是很|怎么)?(?:需要|考虑|想(?:再)?(?:贷|做|办|续|用|"
    r"开|换|谈|合作|存|买|借|要)|打算|愿意?|用(?!印|款|途|心|信)|要了|要贷|做了|办了|贷了|"
    r"续了|续贷|贷款|合作)(?!人|抵押|担保|补充|提供|排队|再等|跑|额外)|暂(?:时|且)?(?:不|"
    r"无|没)(?:需|考虑|想|打算|要|办|做|用|需求|意向|计划|有?(?:需求|意向|计划|打算))|"
    r"不缺(?:钱|资金)|资金(?:很|比较|挺)?充[裕足]|拒绝(?!接)|婉拒|推辞|回绝|谢绝|推掉|"
    r"已(?:经)?(?:在|找|选|用)(?:了)?(?:他行|别家|别的银行|其他银行|工行|农行|建行|中行|"
    r"招行|[\u4e00-\u9fff]{1,3}银行)|选(?:了|择)(?:他行|别家|别的银行|其他银行|"
    r"[\u4e00-\u9fff]{1,3}银行)|(?:被|让)(?:他行|别家|[\u4e00-\u9fff]{1,3}银行)(?:抢|撬|"
    r"挖)|没看上|看不上|用不着|没(?:有)?[^,。;\n]{0,3}(?:闲钱|余钱|余款|预算|机会了|空间|"
    r"闲置)|(?:在|跟|和|找|去|到|由)(?:工|农|中|建|交|招|浦发|中信|民生|兴业|光大|平安|"
    r"华夏|广发|浙商|宁波|江苏|南京|杭州|农商|邮储|他|别的?|其他|另一家|"
    r"本地)(?:银)?行[^,。;\n]{0,6}(?:批|办|贷|做|开|签|续|存|买|合作)|自有资金|钱够用|"
    r"够用了|不差钱|不借|暂缓|搁置|先不(?:办|贷|"
    r"做|续|考虑|开|存|买)|没(?:有)?必要|不必了|免了|没打算|没谈拢|谈崩|谈不拢|不划算|"
    r"不合适|推脱|推托|态度冷淡|冷淡|敷衍|(?:已(?:经)?有|有了?)[^,。;]{0,6}(?:合作)?银行|"
    r"不在我们?(?:这|行|家)[^,。;]{0,4}(?:做|办|贷|续)|(?:不做|不办|不贷|不续|不签|不开|"
    r"不存|不买|不换)了|放弃|取消(?:了)?(?:申请|合作|贷款|计划)|撤回|另找|跑(?:到|"
    r"去)[^,。;]{1,4}行|利率?(?:实在)?太高|太贵|价格没优势|嫌(?:弃)?|兴趣不大|兴趣缺缺|"
    r"意愿不强|意向不强|意愿不高|意向不大|"
    r"不了了之|算了|没戏|黄了|免谈|别再(?:打|联系)",
    r"(?:not|isn'?t|wasn'?t|aren'?t|no longer|never) (?:really |very |at all |that |"
    r"currently |too |so |particularly |much |even )?(?:interested|keen|considering|"
    r"looking|planning|willing|convinced)|no (?:\w+ )?(?:interest|need|demand|intention|"
    r"plans?|appetite|thanks|requirement)(?! rate)|uninterested|disinterested|"
    r"no (?:\w+ )?(?:chance|room|budget|spare cash|cash|money|funds|use|reason)(?! (?:is|"
    r"was|left to wait))|(?:got|has|have|took|taken|signed|borrowed|"
    r"secured) (?:\S+ ){0,4}(?:from|with|at) (?:another|a competitor|a rival|abc|icbc|ccb|"
    r"boc|cmb|bocom|spdb|citic|\w+ bank)(?! of ours)|not (?:needed|required|necessary|"
    r"looking|at this time|at the moment|this year)|"
    r"no requirement|unnecessary|refusal|rejection|own funds|self[- ]funded|"
    r"prefers? (?:another|to stay|his|her|their (?:own|current|existing))|(?:he|she|"
    r"they|client|customer|boss|owner|mr \w+|ms \w+) pass(?:ed)?(?! (?:it|the|on|away|"
    r"along|my|our))|too (?:steep|expensive|pricey|costly|dear)|rates? (?:is |are |was |"
    r"were )?too high|not (?:competitive|worth|biting|tempted|convinced)|stick(?:s|"
    r"ing)? with|stay(?:s|ing|ed)? with|(?:gone|going|go|went) (?:with|to|"
    r"elsewhere)(?! (?:see|visit|the factory|their|his|her|meet|□|mr|ms|our))(?= (?:icbc|"
    r"abc|ccb|cmb|boc|spdb|citic|another|a |other|elsewhere|rival)|$)|elsewhere|"
    r"brushed (?:us|me) off|unwilling|reluctant|backed out|pulled out|withdr[ea]w|"
    r"cancell?ed|called it off|dropped the idea|no use for|see (?:the|any|no) (?:need|"
    r"point)"
    r"|(?:do|does|did|don|doesn|didn)(?:n'?t|'?t| not|nt)? (?:not )?(?:really |currently |"
    r"even )?(?:need|want(?! to wait)|interested|require|plan|intend|like the (?:rate|"
    r"price|terms))(?!ed to (?:think|wait))|won'?t be (?:needing|renewing|borrowing|"
    r"taking)|will not (?:renew|borrow|take)|declin(?:ed|es|ing)|reject(?:ed|s)|turn(?:ed|"
    r"s) (?:us |it |the \w+ |\w+ )?down|refus(?:ed|es)(?! to (?:answer|pick))|pass(?:ed|"
    r"ing)? on (?:it|the|our|this)|said no(?! to rush)|polite(?:ly)? (?:no|said no)|"
    r"(?:firm|flat|clear|definite) no|says no|not for (?:them|him|her|"
    r"now)|not (?:right )?now(?!,? (?:but )?(?:call|maybe))|went (?:with|to) (?:another|"
    r"a competitor|a rival|\w+ bank|the competition|icbc|abc|ccb|cmb|boc|icbc)|"
    r"chose (?:another|a competitor|\w+ bank|icbc|ccb|cmb)|(?:already|"
    r"happy) (?:banks? )?with (?:another|other|his|her|their|a different|icbc|ccb|cmb|boc|"
    r"abc|\w+ bank)|has enough (?:cash|funds|liquidity)|flush with cash|cold shoulder|"
    r"lost interest|not a fit|no go|stop calling|take (?:him|her|them|us) off",
)
_STILL_INTERESTED = re.compile(
    r"(?:不是|并非)(?:没|不|完全没)|(?:贷款|理财|保险)?(?:没兴趣|不感兴趣|不需要|"
    r"不考虑).{0,8}(?:但|不过|倒是|却).{0,14}(?:感兴趣|有兴趣|想|有意|需要)"
    r"|(?:not interested|doesn'?t need|no need|declined|don'?t need|"
    r"didn'?t want).{0,40}\bbut\b.{0,40}(?:interested|wants?|keen|needs?|would like|"
    r"asked for)"
)
_DONE = words(
    r"已(?:经)?(?:成功)?(?:贴|签|开(?!始)|办|存(?!款)|续(?!贷|存)|装|入账|生效)(?!过|理)|"
    r"把[^,。;]{1,12}(?:开|办|签|贴|存|续|装|买)(?:好|完|妥)?了|签的[^,。;]{0,6}(?:合同|"
    r"协议)|(?:开|签|办|贴)(?:出去|下来|出来)|贷款下来了|款下来了|已签|签了|签好|签完|"
    r"签妥|签约(?:了|成功|完成|完毕)|签(?:完)?(?:合同|字|协议)了|"
    r"合同已?(?:签|落)|签署(?:了|完|完成)|完成(?:了)?(?:签约|签字|开户|放款|办理|面签|"
    r"提款|续贷|贴现)|面签(?:完|了)|(?:转|存|买|签|开|办|贴|装|续|投|划|领|换)(?:成|好|完|"
    r"妥|进|入|出|上|下|到)?了(?=[^,。;\n]{0,12}(?:定期|存款|理财|保函|信用证|款|户|机|卡|"
    r"贷|险|票|单|合同|协议|代发|pos))|办好|办完|办妥|办结|办理完毕|资金到位|到位了|办了|"
    r"办理(?:完|好|成功|了)|搞定|"
    r"落地(?:了)?|成交|开好|开完|开了(?=[^,。]{0,8}(?:户|保函|信用证|国内证|卡|通))|"
    r"已开(?!始|票|工|会)|开户(?:成功|完成|好|了)|已?开户了|开通(?:了|成功)?|激活了|"
    r"放款(?:了|成功|完成|到账)|已(?:经)?(?:放|投放|发放|出账|下账|到账|开立|开出|承兑|"
    r"贴现|贴完|办|提款|存入|认购|申购|续贷|续好|划款|还清|结清|投产(?<!投产))|放了(?!假|"
    r"鸽)|放出|出账了?|到账了?|下款了?|提款了|提了款|贷款下来|批下来并|款(?:项)?(?:已|"
    r"都)?(?:到|下来|放)|开立(?:了|完成)?|开出(?:了)?|开具(?:了)?|出具(?:了)?(?!报告)|"
    r"买了|认购了|申购了|购买了|存了|存入|存进来了|转(?:入|进来|过来)了|续(?:好|上|完)了?|"
    r"续贷(?:完成|成功|办完|好了)|贴(?:了|完|好)|贴现(?:了|完成|成功)|上线了|装好|"
    r"装了(?!修)|安装(?:好|完|了)|绑定了|代发(?:已|了|成功)|首笔(?:代发|放款)?(?:完成|"
    r"成功)|钱到了|交割",
    r"(?:has |have |was |were |been |is |are |all |just |got |now |finally |"
    r"already )*(?:signed|disbursed|paid out|funded|drawn(?: down)?|drew(?: down)?|"
    r"finali[sz]ed|sealed|executed|activated|onboarded|booked|credited|"
    r"subscribed)(?! (?:up )?(?:for a follow))|(?:account|accounts|payroll|pos|terminal|"
    r"terminals|guarantee|guarantees|lc|letter of credit|loan|facility|deposit|limit|line|"
    r"cards?|certificate) (?:has |have |was |were |is |are |been |now |all |just |"
    r"finally )*(?:opened|issued|live|set up|released|completed|done|in place|"
    r"up and running|installed|renewed|placed)|(?:took|taken|takes) out(?= (?:a|an|the|"
    r"our|two))|(?:gone|went|is|now) live|up and running|money'?s in|went through|"
    r"wrapped up|all sorted|sorted out|signed up|(?:handed over|got|received|"
    r"collected) (?:the|their|his|her|"
    r"its) (?:\S+ ){0,2}(?:guarantee|lc|card|loan money|certificate|bond)|opened (?:a|an|"
    r"the|their|his|her|its|our|"
    r"\d|two|three|new|both|one)(?= )|issued(?! a complaint)|done deal|deal done|"
    r"deal closed|closed the deal|completed(?! application)|bought|purchased|placed (?:a |"
    r"the |\S+ )?(?:\S+ ){0,2}deposit|deposited|put (?:\S+ ){1,4}(?:in|into|on)(?= (?:a|"
    r"an|our|the|time|fixed|term|deposit|wealth))|(?:moved|"
    r"transferred) (?:\S+ ){1,5}(?:to us|over|in)|funds (?:arrived|released|received|"
    r"landed)|money (?:arrived|landed|in)|paid in|contracts? signed|inked|renewed|"
    r"switched (?:\w+ ){0,3}to us|moved (?:\w+ ){0,4}to us|discounted|installed|all done|"
    r"done(?! by| with)|went live|paperwork (?:done|complete)",
)
_NOT_DONE = re.compile(
    r"(?:(?:去|来|要|想|可以|能|约|再|催|问)$|还没有?|没有?|未|尚未|不|等|待|准备|计划|"
    r"打算|可以|约了|安排|需要?|将|拟|下周|明天|即将|预计|如果|若|就|才能|尽快|争取|之前|"
    r"前|后|希望|考虑|同意|答应|怎么|流程|是否|能否|何时)(?:[\u4e00-\u9fff]{0,4})$"
    r"|\b(?:not|n't|to be|to|will be|yet to be|be|before|once|when|until|if|should be|"
    r"can be|after|hasn'?t|haven'?t|wants? (?:\w+ ){0,3}|waiting (?:for|to) (?:\w+ ){0,3}|"
    r"unless|needs?|expects? (?:\w+ ){0,2}|gets?|pending|almost|nearly|would|will|could|"
    r"can|may|might|should|shall|how|unsigned) ?$"
)
_FUTURE_DONE = re.compile(
    r"到期|\bexpir|\bmatur|去年|上个?月(?!底?刚)|以前|之前|曾|他行|别家|工行|农行|建行|"
    r"中行|招行|\bother bank|\blast year|\bcompetitor|\banother bank|\bicbc|\bccb|\bcmb"
)
_INTERESTED = words(
    r"(?:很|挺|比较|蛮|有点|非常|颇)?感兴趣|有(?!没有)[\u4e00-\u9fff]{0,6}?(?:兴趣|意向|"
    r"意愿|需求|融资需求|贷款需求|想法)|有[^,。;\n]{0,14}(?:需求|意向)|需(?=开|办|贷|做|"
    r"用|融|增|一|\d|补充流动|资金(?!证明)|流动|新增)|意向(?:强|明确|很|较|金额|较强)|"
    r"意愿(?:强|较|很)|有意(?!见|思|外|义)|(?<!想)想(?!法|了想|一下|一想|想|再(?:约|聊|看|谈|等|"
    r"考虑|想|议|商量|比较|对比)|等(?!额)|(?:下周|下个?月|周[一二三四五六日末]|明天|后天|"
    r"月底|年后|节后|过)[^,。;]{0,10}(?:再|约|聊|谈|看|见|答复|决定|考虑|联系|商量)|"
    r"先(?:看|了解下?利|问|考虑|等|比)|约|考虑|不|起|念|必|着|到(?!期|我行)|听|问|知道|"
    r"跟(?:我|老板|股东|"
    r"合伙人|家里)|和(?:我|老板|股东|合伙人|家里)|晚点|改天|通)|需要(?!时间|考虑|再|跟|和|"
    r"等|先|人|请示|商量|研究|老板|汇报|开会|内部|补|提供|提交|我们?(?:再|下|提供|给|补)|"
    r"讨论|上会)|希望(?!下|周|我们?(?:再|下|改|尽快(?:处理|解决)|道歉)|明|尽快(?:处理|"
    r"解决|答复)|再|改天|月)|打算(?!再|考虑|下|等)|计划(?!书|下|再|考虑)|准备(?!好|了|"
    r"材料|资料|下|明|去|再|中|过|会|工作|充分|一下|给|阶段)|愿意|乐意|倾向|"
    r"拟(?=[\u4e00-\u9fff\d])|要(?:贷|做(?!好|个决)|办(?!公)|申请|开(?!会|门|始)|用(?!车)|"
    r"续|存|买|借|增|追|提额|提款|融|一笔|\d|[一二两三五六七八九]百?[千百万十]|保函|贴|"
    r"资金|钱|个\d)|同意|答应|可以(?:考虑)?(?:做|办|试|接受|合作)|没问题|申请(?!表|材料|"
    r"资料|人|书|被拒|没)|求(?:贷|资)|看好|认可|松口|点头|拍板|首肯|初步同意|"
    r"达成[^,。;]{0,4}(?:意向|共识)|谈妥|有戏|试试|试水|先(?:办|做|贷|开|"
    r"存)(?=[一\d笔点])|贷(?=\d|[一二两三四五六七八九十百]+万)|(?:资金|\d+万的?|有)缺口|"
    r"快点批|尽快批|打听|动心|心动|爽快|急需|急着要?|急要|催着|催我们|考虑(?:办|做|申请|"
    r"贷|续|用|开|买|存|增|换|把)|急用|急着|着急用|"
    r"(?<!不)缺(?!点|勤|席|乏|货|陷|少|德)|追加|提额|增额|增加(?:额度|授信)|续贷(?:需求|"
    r"意向|意愿)|"
    r"能不能(?:贷|多|再|给|做|办|提)|问(?:我们|我行|一下|下|了)?(?:能不能|能否|可不可以|"
    r"可否|是否可以|能)(?:贷|多|再|给|做|办|提|装|开|申请|用|买|存|降)|托我(?:们)?办|"
    r"让我(?:们)?(?:办|报|做个?方案|出方案|给方案|提供方案)|就(?:做|办|签|贷|存|开|续|"
    r"合作)(?!完|了)|(?:后|再)存(?=[\d一二三五几])|签意向|要方案|要报价|要求(?:提高|"
    r"增加|办|开|降)",
    r"(?:very |quite |really |highly |definitely |somewhat |also |genuinely |"
    r"seriously )?interested|interest in|(?:strong|some|great|clear|keen|"
    r"real) (?:interest|demand|need)|showed interest|shows interest|keen(?:ly)?|(?:wants?|"
    r"wanted|wishes|wanna|wants|hopes?|hoping|hoped|\w+'d (?:like|love)|would like|"
    r"would love|'d like|looking|aims?|aiming|prefers?) (?:to )?(?!(?:to )?(?:think|wait|"
    r"call|talk|discuss (?:it |this )?(?:with|again)|meet|speak|hear|see (?:us|me|the)|"
    r"consult|check|compare|ask|decide|get back|come back|revisit|chat|reschedule|"
    r"postpone|us to (?:call|come|get|wait|meet)|me to (?:call|come|get|wait|meet)|"
    r"a (?:call|meeting|visit)|another (?:call|meeting|visit)|more time|time|into|at|"
    r"forward)(?![a-z]))\S+|(?<!no )need(?:s|ed|ing)?(?! (?:to )?(?:think|time|wait|"
    r"more time|consult|check|discuss|ask|talk|approval from|a follow|board|his|her|their|"
    r"some time|us to (?:call|come)|follow))(?![a-z])|intends?|intending|"
    r"plans? to (?!think|wait|call|meet|talk)|planning (?:to (?!call|meet|talk)|on|an|a)|"
    r"willing|eager|appl(?:y|ied|ying|ies)(?: for)?|ask(?:ed|s|ing) (?:us )?(?:for|"
    r"to (?:increase|open|borrow|raise|renew|apply|set up|issue|arrange|"
    r"extend))(?! (?:time|a call|another (?:call|meeting|visit)|more time|a follow|"
    r"a callback|me |us to (?:call|come)|a meeting|a visit|call|us to wait))|request(?:ed|"
    r"s|ing)?(?! (?:a |another )?(?:call|meeting|visit|callback))|would (?:borrow|take|"
    r"renew|switch|consider moving|go ahead|use)|ready to (?:sign|go|proceed|apply|borrow|"
    r"start|move)|go(?:es|ing)? ahead|agreed (?:to (?:the|our|apply|open|take|move|renew|"
    r"borrow|switch|sign|a \d|switch|try|use|place|issue|do|proceed)|in principle|"
    r"on the (?:rate|terms|price))|accept(?:ed|s) (?:the|our)|likes? (?:the|our|it)|"
    r"liked (?:the|our|it)|positive|enthusiastic|tempted|requir(?:es?|ed|ing)|fanc(?:y|"
    r"ies|ied)|would (?:put|place|take out|open|move|invest|deposit|buy|happily|gladly|"
    r"sign)|lean(?:s|ed|ing)? (?:towards?|to)|inclined|on board|said yes|green light|"
    r"in need of|(?:wanting|needing|requesting|seeking|wishing)(?! (?:to (?:think|wait|"
    r"call)|a call))|thinking (?:of|about) (?:taking|borrowing|opening|moving|switching|"
    r"renewing|buying|a|an)|could do with|short on|warm(?:ed|ing)? to|"
    r"thumbs up|seeking|seeks|in the market for|"
    r"considering (?:a|an|our|the|moving|switching|taking|borrowing)|up for|open to|"
    r"happy to (?:proceed|go|apply|sign|take|move)|to (?:put|place|deposit|invest|park|"
    r"discount)(?= |$)|short of (?:cash|funds)|could use|looking for|looking to|to renew|"
    r"to increase",
)
_FOLLOW_UP = words(
    r"再(?:约|聊|谈|联系|打|沟通|跟进|去|来|访|议|说|看|跟|拜访|上门|碰|见|电|回访|定|敲|"
    r"细聊|细谈|商量|电联|过去|确认)|下次(?!再说吧)|回访|约(?:了|好|定|在|"
    r"到)?(?=[\u4e00-\u9fff\d]{0,8}(?:见|聊|谈|面|上门|拜访|再|点|周|号|日|天))|约(?:好|"
    r"定)|回头(?:再|联系|聊)|改天|改日|择日|保持联系|跟进|回复我|给(?:我|我们)?(?:答复|"
    r"回复|回话|消息)|等(?:他|她|客户|对方|老板|王总|我)?.{0,4}(?:答复|回复|消息|通知|"
    r"回话)|到时(?:候)?(?:再|联系)|联系我|打给我|回电",
    r"follow(?:ing)?[- ]?(?:ed )?up|call(?:ing)? (?:him |her |them |me |us )?(?:back|"
    r"again)|try again|(?:speak|talk|meet|discuss|visit|chat|connect|touch base|"
    r"check(?: in)?|ring|phone|call) (?:him |her |them )?(?:again|next|on|later|tomorrow|"
    r"in)|next (?:meeting|visit|call|contact|step)|get back|come back|revisit|catch up|"
    r"reconnect|touch base|circle back|callback|call[- ]back|will (?:call|meet|visit|"
    r"speak|talk|discuss|come|ring|get|see|decide|revert|let us know|confirm)|"
    r"agreed to (?:meet|talk|speak|call|discuss|catch|reconvene|revisit)|"
    r"set (?:up )?(?:a |another )(?:meeting|call|visit)|scheduled|arranged|booked (?:a|"
    r"another) (?:meeting|call|visit|slot)|appointment|to (?:meet|call|talk|discuss|visit|"
    r"speak) (?:again|on|next)|reschedul\w+|postponed",
)


def outcome_of(
    text: str, clauses: Sequence[Clause], *, next_contact: bool
) -> tuple[str, tuple[int, int], float] | None:
    """The outcome of a statement with the span of its cue and a confidence, or None."""
    found = _complaint(text) or _no_answer(text) or _not_interested(text)
    if found is not None:
        return found
    done = _done(text, clauses)
    if done is not None:
        return done
    wish = _first(_INTERESTED, text, _NO_WISH)
    if wish is not None:
        return "interested", wish, 0.85
    again = _first(_FOLLOW_UP, text, None)
    if again is not None:
        return "follow_up", again, 0.8
    return ("follow_up", (0, 0), 0.6) if next_contact else None


_NO_WISH = re.compile(
    r"(?:不|没|无|未|别)(?:太|很|再|是很|怎么|大)?$|(?<![跟给和帮向对找让])我们?$|\b(?:i|"
    r"we)(?: also)? $|\b(?:not|no|n't|never|without|nobody|"
    r"don'?t|doesn'?t|didn'?t) (?:\w+ )?$"
)


def _first(
    pattern: re.Pattern[str], text: str, denied: re.Pattern[str] | None
) -> tuple[int, int] | None:
    for match in pattern.finditer(text):
        if denied is None or not denied.search(text[max(0, match.start() - 16) : match.start()]):
            return match.span()
    return None


def _complaint(text: str) -> tuple[str, tuple[int, int], float] | None:
    found = _COMPLAINT.search(text)
    if found is None:
        return None
    denial = _NO_COMPLAINT.search(text)
    if denial is not None:
        rest = (
            text[: denial.start()] + " " * (denial.end() - denial.start()) + text[denial.end() :]
        )
        found = _COMPLAINT.search(rest)
        if found is None:
            return None
    return "complaint", found.span(), 0.9


def _no_answer(text: str) -> tuple[str, tuple[int, int], float] | None:
    found = _NO_ANSWER.search(text)
    if found is None or _REACHED.search(text):
        return None
    return "no_answer", found.span(), 0.9


def _not_interested(text: str) -> tuple[str, tuple[int, int], float] | None:
    found = _NOT_INTERESTED.search(text)
    if found is None or _STILL_INTERESTED.search(text):
        return None
    return "not_interested", found.span(), 0.85


def _done(text: str, clauses: Sequence[Clause]) -> tuple[str, tuple[int, int], float] | None:
    for match in _DONE.finditer(text):
        clause = next((c for c in clauses if c.start <= match.start() < c.end), None)
        start = clause.start if clause is not None else 0
        before = text[start : match.start()]
        if _NOT_DONE.search(before) or _FUTURE_DONE.search(before):
            continue
        if clause is not None and clause.plan:
            continue
        return "done", match.span(), 0.85
    return None
