"""Word lists with a way to search them: what was done, what came of it, what is asked for.

Each list is one pattern over normalised text; the comment beside a list says which reading of the
bank's rules it stands for. A cue that is denied in front ("no complaint", 还没签) does not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says something, at its place in the normalised text."""

    value: str
    start: int
    end: int


def words(*alternatives: str) -> re.Pattern[str]:
    """A pattern of alternatives; English ones stand as whole words."""
    other = [a for a in alternatives if re.search(r"[\u4e00-\u9fff]", a)]
    latin = [a for a in alternatives if a not in other]
    shapes = [rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z])"] if latin else []
    shapes.extend(other)
    return re.compile("|".join(shapes), re.ASCII)


def cues(table: dict[str, re.Pattern[str]], text: str) -> Iterator[Cue]:
    """Every cue of a table in a text, by place; the earlier value in the table wins a draw."""
    found = [
        Cue(value, m.start(), m.end())
        for value, pattern in table.items()
        for m in pattern.finditer(text)
    ]
    found.sort(key=lambda cue: (cue.start, -(cue.end)))
    last = -1
    for cue in found:
        if cue.start >= last:
            last = cue.end
            yield cue


#: how it happened; "other" includes SMS
KINDS = {
    "wechat": words(
        r"微信(?!号)|(?<![a-z])(?:wx|vx|weixin)(?![a-z])|企微|朋友圈",
        r"we ?chat(?:ted|ting)?(?: call| message| msg)?",
    ),
    "email": words(r"邮件|邮箱|电邮|发邮", r"e-?mail(?:ed|s|ing)?", r"mailed"),
    "other": words(
        r"短信|发了?信息|传真|寄了|快递",
        r"sms(?:es|ed)?|text(?:ed)? (?:him|her|them|mr|ms|mrs|the (?:boss|owner|client|"
        r"customer))|texted|messaged(?! on wechat)|text message|whatsapp(?:ed)?|"
        r"fax(?:ed)?|letter to|sent \w+ (?:an? )?(?:text|sms)|"
        r"courier(?:ed)?",
    ),
    "meeting": words(
        r"(?:来|(?<![转存挪搬移放划])到)[了的]?(?:我们?)?(?:行里?(?!业|情|程|政)|网点|支行|分行|"
        r"银行|营业部|营业厅|"
        r"柜台)|来我们?这|来我行|来我们行|(?<![转存挪搬移放划])到我行|到行里|来网点|到网点|"
        r"来支行|到支行|"
        r"来分行|在行里|在我行|在支行|在网点|来访|到访|来银行|到银行(?!贷)|来办公室找我|"
        r"来柜台"
        r"|(?<=[总板人娘])来(?=[签办开存送交拿取])|视频(?!号)|腾讯会议|飞书|钉钉会议|云会议|"
        r"线上会议|线上开会|线上会|开了个?短?会|"
        r"(?<![在正长板总他她])开会|会议|座谈|碰头|请[^,。;]{1,10}(?:吃|喝茶|喝酒|撸串)|"
        r"[来到](?:我们?)?柜面|请到行|请来行|上我们这",
        r"vc(?:'?d)?|video(?: ?call| ?conference| ?meeting| ?chat)?(?:ed)?|zoom(?:ed)?|ms teams|"
        r"teams (?:call|meeting)|tencent meeting|webex|conference call|online meeting"
        r"|(?:came|come|comes|dropped|stopped|walked|popped|visited|visit)(?: by| in|"
        r" over| round)?(?: (?:in)?to)? (?:us|the bank|the branch|our (?:branch|office|"
        r"bank|counter))|came (?:in|over|to see (?:us|me))|walked in|"
        r"dropped into the branch"
        r"|(?:at|in|to) (?:the|our|my) (?:bank|branch|counter)|(?:at|in) our (?:office|place)|"
        r"hosted|invited (?:him|her|them) to (?:the|our) (?:bank|branch)",
    ),
    "call": words(
        r"去了?个?(?=电话)|固话|电话(?!号|是多少|多少|簿|本|错|停机)(?!\S{0,2}(?:号码|是多少|"
        r"多少|给我))|致电|"
        r"打给|通话|通了话|电访|电联|回电|来电|去电|拨打|拨通|外呼|陌call|打来|"
        r"(?<!金)(?<![把将].{5})(?<![万元款钱])打进来|"
        r"打过来|通了[^,。;]{0,5}电话|打了(?:个|通|\d次)|打了?[两三\d几]+(?:次|遍|个|通)|"
        r"打过去|打通|打不通|没打通|没接|不接|"
        r"没人接|无人接听?|未接|占线|关机|空号|不方便接|通电话|停机|无法接通|座机",
        r"(?:re)?call(?:ed|ing)?(?! on\b| in at)(?!-?(?: deposit| option| loan| account|"
        r" report))|cold[- ]call(?:ed)?|phon(?:ed|ing|e)(?! ?(?:number|no\b|numbers|"
        r"factory|parts|case|accessories|maker))|rang|ring|telephon(?:ed|e)|tel'?d|"
        r"dial+ed|voice ?mail|vm|no ans|on the line|by phone|phone call|on the blower|"
        r"spoke on the phone|hung up|picked up(?! (?:the|a|some)(?![a-z]))|no answer|"
        r"didn'?t pick up|"
        r"did not pick up|"
        r"line (?:was )?(?:busy|engaged)|no pick[- ]?up|(?:not|n'?t) (?:answering|"
        r"picking)|kept ringing|rang out|"
        r"switched off|number (?:is |"
        r"was )?(?:not in service|disconnected|invalid)|spoke (?:briefly )?(?:to|with)|"
        r"spoken (?:to|with)",
    ),
    "visit": words(
        r"拜访|走访|上门|登门|实地|现场|双人调查|双人检查|面访|回访|家访|下户|"
        r"尽调(?!报告|材料)|贷前(?!报告)|贷后(?!款|报告)|"
        r"验厂|看仓库|陪访|巡访|[跑走]了(?:趟|一趟)|[在搁](?:他|她|对方|客户|他们|"
        r"人家)?(?:的)?(?:公司|店|厂|"
        r"办公室|家|工地|车间)|跑(?:一)?趟|"
        r"(?<![开转划汇寄发送放]出)(?<![转划汇寄发送放])去了(?!一?个?(?:电话|微信|邮件|信息|"
        r"短信))|去(?:他们|"
        r"他|她)?(?:公司|厂里?|厂区|"
        r"店里|工地|仓库)|到(?:他们|他|她)?(?:公司|厂里?|厂区|店里|工地|仓库)(?!期)|参观|"
        r"亲自送|下(?:了|到)?车间|堵门|进不去|去给[^,。;]{1,8}送|"
        r"看了□*的?(?:厂房|车间|仓库|设备|场地|工地|门店)|"
        r"[到去](?!时)[^,。;到去]{1,8}(?:看了看|转了转|转了一?圈|坐了坐|瞧了瞧)|看厂|验厂|查厂|"
        r"看了(?:厂|车间|仓库|生产线)|见了|见到|见过|见面|见(?:完|了个?|过)面|面谈|"
        r"面见|当面|扫街|陌拜|"
        r"碰了?头|碰了个?面|刚去|刚从|去过|去拜",
        r"(?<=^)at □+(?=[, ])|visit(?:ed|ing|s)?(?! us| the (?:bank|branch))|called on|"
        r"called in at|"
        r"dropped (?:by|in)(?: at| on)?|stopped by|stopped at|(?:popped|dropped|stopped|"
        r"nipped|swung|swing) (?:by|in|into|over|round|past|at)|went (?:to|over|out|down|"
        r"round|by)|(?:look|show|walk)(?:ed|n|ing)? (?:me |us )?(?:round|around|over|"
        r"through) (?:□+|the|their|his|her)|"
        r"drove (?:\S+ ){0,3}to|(?:been|drove|travelled|traveled|headed|got) (?:over |out |"
        r"down )?to|"
        r"at (?:the|their|his|her|its|the client'?s) (?:factory|plant|workshop|warehouse|"
        r"premises|site|shop|depot|farm)|walked into (?!(?:the|our) (?:branch|bank))\w+|"
        r"pop(?:ped)? in (?:on|to) □|at (?:his|her|their) works|轰出|"
        r"took the (?:valuer|surveyor|assessor) round|site (?:visit|inspection|check|walk)|"
        r"walk[- ]?through|nobody at reception|"
        r"on[- ]site|just left (?=□)|"
        r"plant tour|factory tour|toured|swung by|at □+'s (?!bank|branch)\w+|"
        r"(?:met|meeting|lunch|dinner|coffee|tea|chat|talks?) .{0,40}?(?:at|"
        r"in) (?:his|her|their|the|its|□+(?:'s)?) (?:own |new |main |head )?(?:office|"
        r"factory|plant|site|shop|store|warehouse|workshop|premises|hq|headquarters|"
        r"place)|(?:at|in) their (?:office|factory|plant|premises|site|warehouse|shop)|saw|"
        r"due diligence|inspected|came by their",
    ),
}
#: kinds that only count if nothing surer is there: "met", 见
WEAK_KINDS = {
    "meeting": words(
        r"吃了?[个顿]?[早午晚便]?饭|吃饭|喝茶|喝了?(?:个|杯)?(?:茶|咖啡)|饭局|约饭|(?<!在)开会",
        r"beers?|drinks|makan|kopi|supper|met|meet|meeting|lunch(?:ed)?|dinner|dined|"
        r"coffee|tea with|sat down with|catch[- ]?up",
    ),
    "call": words(
        r"联系了|联系上|沟通了|回访了",
        r"spoke|talked|tried (?=□|him|her|them|again|twice|the|mr|ms|to (?:reach|call))|"
        r"reached|contacted",
    ),
    "visit": words(
        r"去看(?:了|看|望|一下|□)|看了?[趟望]|接待了?我们?|上(?=□)|(?:去|"
        r"(?<![催收拿等找联达])到|赴|跑|在)了?(?:的|趟|一趟)?(?=□|厂|公司|他们|她们|客户|店|"
        r"工地|车间|"
        r"现场)|去(?:[\u4e00-\u9fff]{0,4})的|(?<!开始)跑了",
        r"at □+(?!□|(?:'s)? (?:says?|said|wants?|needs?|asked|told|called|emailed|"
        r"texted|is|has|would))|(?:going|go|heading|headed|off) to □+|"
        r"visited|trips? (?:over |out )?to □+|went (?:to )?□+|(?:back|came|coming|"
        r"returned) from □+|went there|been there|"
        r"was there",
    ),
}

#: a plan that only makes sense after a call: 再打, "call back"
CALL_IMPLIED = words(
    r"再打|打过去|接着打|打给|回(?:我|他|她)?(?:个)?电话|回电|(?:在忙|在开会|在开车|忙着)",
    r"call(?:ing)? (?:him |her |them |me |us )?(?:back|again)|ring (?:him |her |them |me |"
    r"us )?(?:back|again)|try again|phone (?:back|again)|callback",
)

PRODUCTS = {
    "trade_finance": words(
        r"信用证|国内证|押汇|福费廷|保理|贸易融资|进口开证|开证|国际结算|跨境|托收|"
        r"打包贷款?|出口信贷|进出口融资|外贸融资|进口代付|信保融资|"
        r"(?<![a-z])l/?cs?(?![a-z])",
        r"letters? of credit|l/?cs?|forfaiting|forfeiting|trade finance|trade financing|"
        r"factoring|import financing|export financing|import loan|export loan|"
        r"documentary (?:collection|credit)|trust receipt|packing (?:loan|credit)|"
        r"bill purchase|invoice financ\w+|cross[- ]border|supply chain financ\w+|"
        r"receivables? financ\w+",
    ),
    "bill_discount": words(
        r"贴现|承兑|银票|商票|电票|票据|汇票|银承|秒贴|贴票",
        r"discount(?:ing|ed)?(?: of)? (?:a |an |some |the |their |of |his |her |"
        r"our )?(?:\S+ )?(?:bills?|drafts?|notes?|acceptances?)|bills? discount(?:ing|"
        r"ed)?|bank(?:er'?s'?)? (?:acceptances?|drafts?)|bank acceptance|"
        r"acceptance (?:bill|draft)s?|commercial (?:bill|draft|paper)s?|draft discount\w*|"
        r"bills?(?: to discount)|discounting|note discount\w*|"
        r"discount (?:\S+ ){0,3}(?:bills?|drafts?|acceptances?|notes?)|bad(?=$|[,.;])",
    ),
    "guarantee": words(
        r"保函|担保函|履约保证|投标保证|质保金保|保证函|非融资性保函",
        r"(?:bank |performance |bid |payment |advance[- ]payment |tender |customs |"
        r"quality |warranty )guarantees?|guarantees?|letters? of guarantee|bid bonds?|"
        r"performance bonds?|tender bonds?|surety bonds?|standby|sblc|l/?g",
    ),
    "payroll": words(
        r"代发|工资(?!贷)|发薪|薪资|薪酬|代发薪|发工资", r"payrolls?|salar(?:y|ies)|wages?"
    ),
    "wealth": words(
        r"理财|基金(?!会)|信托|净值|资管|财富管理|私行|私人银行|结构性(?!存款)|国债|券商|"
        r"投资产品|日日盈|天天利",
        r"wealth(?: management)?(?: products?)?|wmps?|mutual funds?|"
        r"money[- ]market(?: funds?)?|funds?(?= product)|investment (?:products?|funds?|"
        r"portfolio)|structured (?:products?|notes?)|asset management|treasury bonds?|"
        r"private banking|bond funds?|trust products?",
    ),
    "deposit": words(
        r"存款|定期(?!拜访|回访|检查|走访|沟通|联系)|活期|大额存单|存单|协定|通知存款|"
        r"结构性存款|定存|存(?=[\d一二三五两几])|揽存|七天通知|大额|存一年|存半年|存三年|"
        r"存(?:点|些)钱?|存进来|存过来|转存|把钱存",
        r"(?:time |fixed |term |call |notice |agreement |structured |"
        r"large[- ]?(?:denomination )?|demand |new )?deposits?|certificates? of deposit|"
        r"large[- ]denomination cds?|cds?|park(?:ing)? (?:\S+ ){0,4}(?:cash|funds|money)|"
        r"savings account|fds?|idle (?:cash|funds|money)|surplus (?:cash|funds)",
    ),
    "other": words(
        r"保险|信用卡|公务卡|商务卡|(?<![a-z])etc卡?(?![a-z])|融资租赁|租赁(?!合同|协议)|"
        r"贵金属|黄金|"
        r"结汇|售汇|购汇|换汇|外汇|锁汇|掉期|远期|年金|保险箱|车险|财产险|意外险|团险|保单",
        r"insurances?|insured|credit cards?|corporate cards?|business cards? for staff|"
        r"leasing|finance lease|precious metals?|gold bars?|fx|forex|foreign exchange|"
        r"hedg(?:e|ing)|swaps?|forwards?|annuit(?:y|ies)|safe deposit box|pension",
    ),
    "loan": words(
        r"贷(?!前|后)|授信|融资|借款|(?<!有没有)额度(?!查)|循环额|抵押(?!物)|质押|按揭|透支|"
        r"供应链金融|"
        r"并购贷|(?<!存)续做|提款|用信|借新还旧|展期|倒贷|无还本|周转|(?<!连)[续借](?=\d|"
        r"[一二两三四五六七八九十百千]+[万千百])|放款资金|流动资金|"
        r"资金周转|钱周转|借钱|借点钱|借(?!鉴|机|口|此|用|过|助)|缺口|(?<!不)缺钱|"
        r"用款|周转|放款",
        r"renew(?:s|al|ing)? (?:the |their |his |her |of )?(?=\d|¥|rmb)\S+|(?:term |"
        r"working[- ]capital |order |export |bridge |equipment |credit |"
        r"mortgage |business )?(?<!post-)(?<!pre-)loans?|facilit(?:y|ies)|"
        r"(?:credit |revolving |loan |overdraft |bank )?(?<!on the )(?<!bad )(?<!the )"
        r"(?<!tion )(?<!bly )lines?(?! (?:was|is|"
        r"busy|engaged|dead|up|manager|worker|went|kept|rang|all))|"
        r"credit (?:lines?|limits?|facilit\w+)|line of credit|(?:credit|loan|"
        r"facility) (?:agreement|contract|approval)|working capital|overdrafts?|ods?|"
        r"mortgages?|re-?financ(?:e|ing)|revolv(?:er|ing)|renewals?|borrow(?:ing|ed)?|"
        r"lending|lend|"
        r"draw(?:n)?[ -]?down|drew down|bridging|financing|top[- ]up|rollover|roll over|"
        r"limit increase|(?:raise|increase|lift) (?:the|their|his|her|its|our) (?:limit|line)",
    ),
    "settlement": words(
        r"收单|结算|(?<![a-z])pos机?(?![a-z])|扫码|收款码|二维码|聚合支付|网银|企业网银|"
        r"银企直[连联]|现金管理|对公户|对公账户|对公账号|基本户|一般户|户(?:也|都)?开|的户(?=$|"
        r"[也都,])|开户|账户|"
        r"收款(?!人)|资金池|回单|代收|代付|缴费|u盾|收银|刷卡",
        r"settlements?(?: accounts?)?|cash management|acquiring|merchant (?:acquiring|"
        r"services?|accounts?)|qr (?:codes?|payments?|machines?)|(?:internet|online|e-?|"
        r"mobile) ?banking|(?:current|operating|basic|corporate|checking|business|bank|"
        r"company|collection|rmb|new|an|the|general|settlement) accounts?|"
        r"pos(?: terminals?| machines?)?|card terminals?|payment (?:terminals?|gateway|"
        r"collection)|open(?:ed|ing)? (?:\S+ ){0,3}accounts?|account opening|accts?|"
        r"collections?(?= account)|cash pool(?:ing)?|remittances?",
    ),
}

#: what customers already have or tell about; an amount or a product there is not what they want
BACKGROUND = re.compile(
    r"营收|营业额|销售额|年销|产值|注册资本|流水|纳税|利润|货款|应收|订单额?(?!贷)|合同额|"
    r"合同金额|库存|设备(?!贷)|原来|原有|现有|目前|已有|存量|余额|他行|别家|到期|租金"
    r"|(?<![a-z])(?:turnover|revenues?|sales|profits?|balance|existing|"
    r"current(?! account)|outstanding|inventory|receivables?|order(?:s|book)?(?: worth)?|"
    r"contracts?(?: worth)?|tax|expir\w+|matur\w+|due|competitor|other bank|"
    r"registered capital|already ha[sd]|rent)(?![a-z])"
)
#: what makes a sum or a product the wanted one
DEMAND = re.compile(
    r"想|需要|需求|要|申请|续贷|续|增加?到|提到|提高到|提额|增额|新增|希望|打算|计划|意向|"
    r"感兴趣|有意|办|做|贷|存|买|开|借|报|批|签|放款?|拟|准备|推荐|介绍|推|聊|谈"
    r"|(?<![a-z])(?:wants?|wanted|needs?|needed|would like|looking (?:for|to)|interested|"
    r"keen|appl(?:y|ied|ying)|request\w*|ask\w*|plans?|intend\w*|to renew|renew\w*|"
    r"increase\w*|raise\w*|up to|for|signed|opened|issued|disbursed|paid out|drew|"
    r"offer\w*|pitch\w*|quot\w*|discuss\w*|propos\w*|seek\w*|hop(?:es|ing))(?![a-z])"
)
