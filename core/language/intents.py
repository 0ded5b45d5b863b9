"""What a line is for: a deed to log, a question to look up, a task to remember, or small talk.

A question is put to the bot; a question that the customer asked is part of a report. What has not
happened yet is a task. A bare customer's name is a look-up; no trace of the bank's business is
small talk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.language.cues import words

_REMIND = words(
    r"提醒|记得|别忘|不要忘|勿忘|备忘|待办|记一下(?!拜访)|设个?(?:闹钟|提醒)|定个?(?:闹钟|"
    r"提醒)|(?:帮我|给我)?(?:安排|预约|约)(?:一下|个|一个|下(?![周月个次星礼]))(?:拜访|时间|"
    r"见面|会|面谈|"
    r"上门)?|帮我约|帮我安排|加个?(?:日程|待办|提醒|任务)|新建(?:任务|待办|日程)|日程[::]|"
    r"任务[::]|务必|到时叫我|叫我",
    r"remind(?:er)?|don'?t (?:let me )?forget|remember to|to-?do|nudge me|ping me|"
    r"set (?:a |an )?(?:reminder|alarm|task)|make a note to|note to self|"
    r"add (?:a )?(?:task|reminder|to-?do)|need to remember|schedule (?:a|an|the|my|me|"
    r"visit|call|meeting|another)|put (?:a |an )?\S+ (?:in|on) (?:my|the) (?:diary|"
    r"calendar)|book (?:a|an|me) |plan (?:a|to)|must (?:call|visit|send|email|remember|"
    r"see)|i (?:have to|need to|must|should|gotta)|(?:need|have|got) to (?:visit|call|see|"
    r"meet|send|email|go|drop|take|ring|phone|submit|prepare)|arrange (?:a|an)|"
    r"create (?:a )?(?:task|reminder)|wake me|alert me",
)
_REMINDED = re.compile(
    r"(?:客户|[\u4e00-\u9fff]总|他|她|对方|已|了)提醒(?:我们?|了)?(?!我)|提醒(?:了|过|"
    r"客户|他|对方)(?![\u4e00-\u9fff]{0,6}$)|\breminded\b"
)
#: what was forgotten is asked for: remind me what he said
_REMEMBERED = re.compile(r"\bremind me (?:again )?(?:what|who|when|how|which|where|why)\b")
_ASK_ZH = re.compile(
    r"多少|什么|啥(?!也|都)|哪(?:些|个|家|里|天|位|几|种|儿|一)|谁|哪(?=[??]?$)|"
    r"(?<![比这那好过])几(?:号|点|家|"
    r"个|次|天|"
    r"笔|位|条|单|户|趟|份)(?!前|后|内)|怎么样|怎样|怎么|如何|何时|是否|有没有|有无|是不是|"
    r"能不能|可不可以|"
    r"(?:吗|呢|么)(?:[??]|$)|了没有?(?=[??]?$)|多久|多大|多长|为什么|为何"
)
_LOOK_ZH = re.compile(
    r"^(?:请|麻烦|帮我|帮忙|给我|我想|我要|想|你好[,,]?|那个|hi[, ]*)*(?:查|查询|查下|"
    r"查看|看看|看一下|看下|搜|搜索|找一下|找下|找(?!了|到|过|王|李|张|财务|他|她)|列出|"
    r"列一下|显示|调出|调一下|打开|翻一下|告诉我|问一下|问下|统计|汇总|拉(?:一下|个|一个|出|"
    r"份)|导出|发我(?!的)|给我看|"
    r"把.{2,16}(?:发我|发给我|给我)(?:看看|看一下|看下|一下)?$|"
    r"给我(?=[\u4e00-\u9fff]{2,14}的?(?:电话|地址|资料|信息|名单|联系)))"
)
_LOOK_EN = re.compile(
    r"^(?:please |pls |can you |could you |hey,? |hi,? |so,? |and |"
    r"quick question[:,]? )*(?:what(?!ever)|when(?!ever)|where|who(?!ever)|whose|which|"
    r"how (?:much|many|long|often|big|is|are|was|did|do|does|about|far|old|did)|show|find|"
    r"search|look ?up|lookup|list|display|pull up|check (?!in)|get me|give me|tell me|"
    r"open|fetch|(?:do|does|did|has|have|had|is|are|was|were|will|could) (?:i|we|they|he|"
    r"she|it|you|there|any\w*|the|our|my|this|that|mr|ms|□+)(?:(?<=□)|(?![a-z]))|"
    r"can help (?:me )?(?:check|find|see|look)|"
    r"(?:last|latest) (?:note|visit|call|contact|meeting|talk)s? (?:on|with|to|at)|"
    r"my (?:\w+ )?(?:visits|calls|tasks?|day|week|schedule|meetings|customers|clients|accounts|"
    r"targets?|numbers|"
    r"figures|pipeline|portfolio|kpis?|stats|score|ranking|results|performance|agenda|calendar|"
    r"diary|"
    r"appointments|leads|deposits|loans|to-?dos?|reminders|follow-?ups|plan|overdues?|book)|"
    r"top \d+|"
    r"(?:how'?s|hows)(?! (?:it|life|things|everything|your|you|going|that))|"
    r"(?:any|all|every)(?= (?:\w+ ){0,3}(?:birthdays?|due|overdue|maturing|tasks?|meetings?|"
    r"visits?|complaints?|"
    r"follow-?ups?|expir\w+|leads?|alerts?|appointments?|maturities)(?:\b|$))(?!.*,)|"
    r"(?:latest|updates?|news|status|progress) (?:on|with|from|of)|(?:teams?'?s?|branch|"
    r"our) (?:\w+ )?(?:targets?|progress|numbers|"
    r"performance|ranking|results)|"
    r"(?:outstanding|balance|exposure|limit|loans?|deposits?) (?:\w+ )?(?:of|for|at|with) □+|"
    r"(?:loans?|deposits?|facilities|lcs?|guarantees?|bills) (?:due|maturing|expiring)|"
    r"how am i doing|my (?:\w+ )?pipeline|any (?:\w+ ){1,3}(?:open|left|pending|outstanding)|"
    r"any(?: \w+){1,3}\?|can (?:i|we)|am i|what'?s|who'?s|when'?s|where'?s|"
    r"remind me (?:what|who|when|how|which|where)|info (?:on|about)|details (?:of|on|for)|"
    r"profile (?:of|for)|contact (?:of|for|details|info|number)|phone (?:number )?(?:of|"
    r"for)|address (?:of|for)|history (?:of|for|with)|number (?:of|for))(?:\b|(?<=□))"
)
_ATTRIBUTE = re.compile(
    r"(?:电话|手机号?|号码|联系方式|联系人|地址|邮箱|余额|额度|利率|评级|等级|资料|信息|"
    r"档案|画像|历史|记录|近况|情况|详情|跟进记录|拜访记录|账号|信用代码|法人|法人代表|微信号?|"
    r"生日|编号|批复|合同号|进度|明细|清单|涉诉(?:情况)?|"
    r"客户经理|动态|日均|进展|走势|占比|征信|股东|成立时间|欠息|行业|规模|注册资本|到期日|"
    r"到期时间|贡献度|名单|列表|日程|安排|行程|待办|"
    r"任务|业绩|目标|完成率|排名)(?:[??]|是多少|多少|呢|吗|是啥|是谁|在哪|怎么样|给我|"
    r"发我|发一下|给一下|一下)*$"
    r"|的(?:客户|企业|公司|贷款|授信|任务|拜访|合同|单子)[??]?$"
    r"|(?:电话|手机号?|号码|联系方式|地址|邮箱|余额|额度|资料|信息|名单|列表|报表|"
    r"记录)[^,。]{0,3}(?:给我|发我|给|发|报|说|来|调|找|翻)"
    r"(?:我)?(?:一?下|一?个|出来|过来|一份)*$"
    r"|^(?:把|将).{1,16}(?:调|找|翻|列|拉|查|显示|打)(?:一下|出来|给我|下|给我看)$"
    r"|^我?(?:名下|手里|手上|手头|这边|管|管户)的?[^,。]{0,8}(?:客户|企业|公司|户|商机|线索)$"
    r"|(?:phone|telephone|tel|mobile|contact|address|email|balance|limit|rate|rating|"
    r"grade|profile|history|details|info|information|record|records|number|credit code|"
    r"owner|industry|schedule|agenda|calendar|tasks?|to-?dos|list|status|exposure|"
    r"maturities|overview|summary|numbers|contacts|contact person|person|tel no|"
    r"phone no)(?:,? (?:please|pls))?\??$"
)
_TOLD = re.compile(
    r"(?:客户|[\u4e00-\u9fff](?:总|经理|董|姐|厂长|会计|主任|老板)|他|她|对方|老板|财务|"
    r"厂长|老总)(?:又|还|就|主要|反复|一直|来|来电|打电话|电话|微信|在|想|也|发微信|"
    r"发消息|要求|来行|再次|特意|顺便|今天|下午|上午|昨天|跟我|向我){0,3}(?:问|咨询|关心|"
    r"担心|想知道|想了解|了解|打听|询问)|□(?:这边|那边|公司|财务|老板)?(?:想|来|又|还|也|在|要)"
    r"(?:问|咨询|了解|打听)|问(?:了|起|到|我们?|及|过)|咨询(?:了|过|我行|贷|"
    r"理|如|开|办)|来电(?:问|咨询)|询问了?"
    r"|\b(?:asked|asks|asking|wondered|wonders|enquired|inquired|wanted to know|"
    r"wants to know|curious)\b"
)
_CHAT = re.compile(
    r"^(?:算了|不用了?|不必了?|没事了?|取消吧?|不要了|当我没说|没问题的?$)(?:[吧啊哈,。!~ ]|"
    r"算了|不用|不必|"
    r"没事|取消|不要|了)*$|^(?:never ?mind|forget it|no thanks|cancel that)\b|"
    r"^(?:你好|您好|早上?好?|早安|上午好|下午好|晚上好|中午好|晚安|谢谢|多谢|感谢|辛苦|"
    r"好的|好嘞|好滴|收到|明白|了解|知道了|ok|okay|哈哈|呵呵|嘿嘿|嗯|哦|嗨|在吗|在么|"
    r"你是谁|再见|拜拜|加油|不客气|没事|没关系|行|可以|对|是的|赞|厉害|牛|真棒|太好了|"
    r"周末愉快|新年快乐|节日快乐|生日快乐|好累|累死|无聊|今天天气|天气)"
    r"|^(?:hi|hello|hey|yo|hiya|good (?:morning|afternoon|evening|night|day|job|work)|"
    r"morning|thanks|thank you|thx|ty|cheers|great|nice|cool|ok|okay|k|lol|haha|bye|"
    r"goodbye|see you|see ya|welcome|sure|yes|no|yep|nope|got it|understood|noted|"
    r"well done|my bad|oops|awesome|perfect|happy (?:new year|birthday|holidays|friday)|"
    r"merry christmas|who are you|how are you|what'?s up|what can you do|are you (?:a|"
    r"there)|test|ping|have a (?:nice|good|great)|what an? (?:day|week|morning|mess|"
    r"night)|sounds good|no (?:problem|worries)|see you)\b"
)
_SMALL_TALK = re.compile(
    r"天气|(?:好|真|很|^|[,。])烦(?=$|[,。!])|睡会|想睡|午睡|打盹|饿(?=$|[,。!了])|摸鱼|躺平|"
    r"又?要?加班|好累|好热|好冷|下雨|下雪|堵车|"
    r"下班|周末愉快|吃了吗|中午吃(?:什么|啥)|"
    r"晚上吃(?:什么|啥)|一起吃饭|吃(?:什么|啥)|点外卖|讲个?笑话|笑话|唱歌|你是谁|你叫什么|"
    r"你会(?:做|干)?(?:什么|啥)|你能(?:做|干)什么|你好吗|在吗|几岁|机器人|加油|开心|烦死|"
    r"困死|累死|好困|想休假|想放假|想下班|心情|足球|比赛|股市|彩票|电影|咖啡真|奶茶|祝|"
    r"恭喜|辛苦了|谢谢"
    r"|\b(?:weather|joke|tired|exhausted|hungry|raining|rainy|traffic|football|"
    r"weekend was|movie|sing|bored|boring|your name|who made you|are you (?:a )?(?:robot|"
    r"bot|human|real)|how are you|what can you do|lunch was|coffee machine|long day|"
    r"i need (?:a |an |some |my )?(?:coffee|break|drink|holiday|nap|sleep|rest|raise|beer|tea|"
    r"vacation)|busy day|hot today|cold today|stuck in|happy friday|tgif|good luck|congrat\w*|"
    r"thank(?:s| you)|love you|feel(?:ing)? (?:great|sick|good|bad))\b"
)


#: what I have to do myself: 要给鑫源准备材料
_MY_DUTY = re.compile(
    r"^(?:我们?)?(?:还)?(?:要|得|需要?|该|必须|务必)(?:(?:在|于).{2,8}前)?(?:给|帮|把|去(?!年)|"
    r"跟|找|向|为|准备|"
    r"提交|写|做|打|送|催|联系|带)(?!.*[?吗呢])"
)
#: somebody else's question, told: "Liu Fang called: can we do 2m?"; 老板说钱不够,看能贷多少
_QUOTED = re.compile(
    r"^[^,.:]{2,40}\b(?:called|phoned|rang|texted|emailed|messaged|said|says|wrote|pinged|asks|"
    r"asked)"
    r"(?: me| us)?(?: today| just now)?\s*[:,-]"
    r"|^[^,。]{1,14}(?:来电|打电话来|打来电话|发消息|发微信|来微信|微信里?|电话里?|问我|"
    r"问)(?:说|问|讲)?[:,]"
    r"|(?:总|老板娘?|经理|厂长|会计|主任|董|总监|客户|财务|对方)(?:电话里|微信里)?(?:说|讲|"
    r"表示)(?!了?过?(?:什么|啥))"
    r"[^,。]{2,}[,。]"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a statement when its intent is decided."""

    customer: bool
    name_only: bool
    deed: bool
    plan: bool
    outcome: str | None
    kind: bool
    product: bool
    amount: bool
    future: bool
    past: bool
    any_date: bool
    #: a contact is told of, and then, in another clause, the next one
    contact_then_next: bool


def intent_of(text: str, facts: Facts) -> tuple[str, float]:
    """The intent of a normalised statement, with a confidence."""
    line = text.strip()
    if _MY_DUTY.search(line) and not (facts.deed or facts.past):
        return "task", 0.7
    if facts.name_only:
        return "lookup", 0.9
    if _is_reminder(line):
        return ("lookup", 0.8) if _REMEMBERED.search(line) else ("task", 0.95)
    asked = None if _QUOTED.search(line) else _question(line, facts)
    if asked is not None:
        return asked, 0.9
    return _statement(line, facts)


#: why one can't answer now; about no customer
_BUSY = re.compile(
    r"^我?(?:正?在)?(?:开(?:着)?会|忙|开车|吃饭|培训)(?:着|中|呢)?(?:$|[,。])|"
    r"^(?:(?:又|还|天天|一直)?(?:在|是)?(?:开会|加班|培训)){2,}|"
    r"^我?(?:去)?(?:吃饭|开会|休息|抽烟|午休)(?:去)?了$"
)
#: something to be done for nobody in particular: 中秋前给大客户送月饼
_CHORE = re.compile(
    r"(?:给|把|向|为).{1,10}[送发寄交打办做备]|准备|提交|\b(?:send|prepare|submit|finish)\b"
)
_SOMEDAY = re.compile(r"回头|改天|改日|[得有抽]空|哪天|找个?时间|\bwhen (?:i am |i'm )?free\b")


def _statement(line: str, facts: Facts) -> tuple[str, float]:
    """The intent of what is neither a reminder nor a question."""
    business = facts.customer or facts.kind or facts.product or facts.amount
    chatty = _SMALL_TALK.search(line) is not None
    busy = _BUSY.search(line) and not (facts.customer or facts.product or facts.amount)
    if busy or (_CHAT.search(line) and not (business and len(line) > 6)):
        return "chitchat", 0.9
    reported = (
        facts.past
        or facts.deed
        or facts.contact_then_next
        or facts.outcome in {"complaint", "no_answer", "not_interested", "done", "interested"}
    )
    if business and not reported and (facts.future or facts.any_date or facts.plan):
        return "task", 0.8
    if business and not reported and _SOMEDAY.search(line):
        return "task", 0.6
    told = facts.outcome not in {None, "follow_up"} and len(line) >= 4
    if (
        facts.customer
        or (facts.product and (facts.amount or not chatty))
        or ((business or told) and not chatty)
    ):
        return "log", 0.85 if reported else 0.6
    due = facts.any_date and not reported and _CHORE.search(line) is not None
    if ((facts.plan and facts.future) or due) and not chatty:
        return "task", 0.6
    return "chitchat", 0.7


#: what a question to the bot can be about when it names no customer
_BUSINESS = re.compile(
    r"记了|几条|名下|[abcd]类|没跟|剩|档期|有空|(?:今|明|后)天.{0,6}(?:见|跑|去|事|空)|"
    r"我.{0,4}(?:见|跑|跟)(?=[几哪谁了多])|"
    r"(?:这|本|下|上)个?(?:周|礼拜|星期|月|季).{0,6}(?:见|跑|去|事|做|多少|几)|客户|拜访|跟进|"
    r"联系|待办|任务|日程|行程|安排|业绩|目标|完成|"
    r"贷款|存款|余额|到期|"
    r"逾期|生日|名单|排名|没做|没干|没办|没跑|该做|要做|要跑|这周|本周|下周"
    r"|提醒|活动|线索|商机|额度|产品|利率|走访|回访|投诉|记录|指标|公司|企业|总|经理"
    r"|(?<![a-z])(?:customers?|clients?|visits?|calls?|called|follow\w*|tasks?|to-?dos?|"
    r"schedule|agenda"
    r"|calendar|targets?|performance|loans?|deposit\w*|overdue|matur\w+|birthdays?|"
    r"portfolio|pipeline"
    r"|contact\w*|meetings?|appointments?|due|leads?|report|compan(?:y|ies)|firms?|complaints?"
    r"|products?|next|today|tomorrow|week|plan|rank\w*|numbers)(?![a-z])",
    re.ASCII,
)


def _is_reminder(line: str) -> bool:
    found = _REMIND.search(line)
    if found is not None and _ASK_ZH.search(line) and "提醒" not in line:
        return False
    if found is None or _REMINDED.search(line) or _MY_LIST.match(line):
        return False
    if found[0] == "提醒" and found.start() and line[found.end() : found.end() + 1] not in "我一:":
        return False
    if not line[found.end() :].strip("吧啊哈,。!") and len(line[: found.start()]) > 14:
        return False  # …想转过来两百五十万你记一下: what stands before it is to be noted
    # Behind a report a reminder is its next step; only in front it makes the line a task.
    head = line[: found.start()].rstrip()
    return len(head) <= 14 or not re.search(r"了|过|[,。;,.]", head)


#: 我的待办, "show my to-do list": to be shown, not to be added to
_MY_LIST = re.compile(
    r"(?:我的|看看?|查看?|\b(?:show|list|see|open|what'?s on)\b).{0,8}(?:待办|任务|日程|提醒|"
    r"to-?dos?|reminders|tasks)"
)
_FETCH = re.compile(
    r"查|搜|找|列出|显示|调出|how am i doing|\b(?:show|find|search|look ?up|list|pull up|open|"
    r"details|profile)\b",
    re.ASCII,
)


_ASKED_AT_END = re.compile(
    r"了吗[??]?$|\bhow much(?: ah| ar)?$|(?:有哪些|是谁|有?多少|几[个家笔])$"
)


def _question(line: str, facts: Facts) -> str | None:
    """Lookup or small talk for a question to the bot, None for no question."""
    mark = line.endswith(("?", "?"))
    told = _TOLD.search(line) is not None
    asks = (
        _LOOK_ZH.search(line) is not None
        or _LOOK_EN.search(line) is not None
        or (_ASK_ZH.search(line) is not None and not told)
        or _is_attribute(line, facts)
        or mark
    )
    if not asks or (told and not mark) or (told and facts.deed and facts.customer):
        return None
    strong: object = (
        mark or _ASKED_AT_END.search(line) or _LOOK_ZH.search(line) or _LOOK_EN.search(line)
    )
    if not facts.deed and _ASK_ZH.search(line) and not re.search(r"[,。;,]", line):
        strong = True
    if facts.outcome in {"complaint", "no_answer", "not_interested", "done"} and not strong:
        return None
    if (facts.deed or facts.kind) and not strong and re.search(r"[,。;,]", line):
        return None
    if _SMALL_TALK.search(line) and not facts.customer:
        return "chitchat"
    if _CHAT.search(line) and not (facts.customer or facts.product) and len(line) < 25:
        return "chitchat"
    named = facts.customer or facts.product or facts.kind or _BUSINESS.search(line) is not None
    return "lookup" if named or _FETCH.search(line) else "chitchat"


_GET_READY = re.compile(r"准备|整理|带[上好齐]?|收集?|催|补|写|打印|复印|做")


def _is_attribute(line: str, facts: Facts) -> bool:
    """A name with one of its facts and nothing else: 华兴机械地址, "Brightway phone number"."""
    if facts.deed or facts.past or len(line) > 60 or _GET_READY.match(line):
        return False
    found = _ATTRIBUTE.search(line)
    if found is None or re.search(r"[,。;,]", line):
        return False
    return (
        not line[: found.start()]
        .rstrip()
        .endswith(
            (
                " by",
                "on the",
                "over the",
                "道歉",
                "问候",
                "打",
                "打个",
                "回",
                "回个",
                "接",
                "通",
                "送",
                "收",
                "交",
            )
        )
    )
