"""What staff of the demo's bank wrote after a visit or a call, and what they promised next.

A note begins with the product that it is about, if it is about one. `{who}` is the person met,
`{wan}` an amount in ten thousand yuan, `{m}` the same in millions; a note with an amount makes the
record carry it.
"""

from __future__ import annotations

from typing import NamedTuple


class Phrases(NamedTuple):
    """The same matter in the two languages, by chance not sentence by sentence."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


#: how a note may begin, by the kind of contact
OPENINGS: dict[str, Phrases] = {
    "visit": Phrases(
        ("拜访{who},", "上门见到{who},", "{who}带着看了车间,", "到公司见{who},", ""),
        ("Visited {who}. ", "Met {who} on site. ", "Plant tour with {who}. ", ""),
    ),
    "call": Phrases(
        ("电话联系{who},", "致电{who},", "{who}来电,", ""),
        ("Called {who}. ", "{who} rang back. ", "Phone call with {who}. ", ""),
    ),
    "wechat": Phrases(
        ("微信和{who}沟通,", "微信回复{who},", "{who}微信说,"),
        ("WeChat with {who}. ", "{who} wrote on WeChat. "),
    ),
    "email": Phrases(("邮件发{who},", "{who}邮件回复,"), ("Mailed {who}. ", "{who} replied. ")),
    "meeting": Phrases(
        ("{who}来行里谈,", "和{who}及财务开会,", "约{who}在支行面谈,"),
        ("{who} came to the branch. ", "Meeting with {who} and finance. "),
    ),
    "other": Phrases(("园区沙龙上碰到{who},",), ("Met {who} at the park's event. ",)),
}

NOTES: dict[str, Phrases] = {
    "interested": Phrases(
        (
            "loan|想续贷{wan}万,关心利率,下周给方案",
            "loan|新接了订单,需要流动资金{wan}万,愿意提供近三个月流水",
            "loan|厂房要扩建,问固定资产贷款,约{wan}万",
            "loan|准备添两台设备,想做{wan}万设备贷,分三年还",
            "loan|年底备货资金紧张,想要{wan}万信用贷款",
            "loan|他行{wan}万下月到期,利率合适愿意转过来",
            "payroll|对代发工资有兴趣,员工约80人,要和财务再商量",
            "payroll|新招了一批工人,想把工资放到我们行代发",
            "deposit|问大额存单利率,手上有{wan}万闲置资金",
            "deposit|月底有{wan}万回款,可以做七天通知存款",
            "bill_discount|想办银承贴现,每月约{wan}万票据",
            "bill_discount|收了下游{wan}万银票,问今天的贴现价格",
            "guarantee|中标了一个项目,需要{wan}万履约保函",
            "guarantee|投标要用保函,问手续和费率",
            "wealth|闲钱想买短期对公理财,先试{wan}万",
            "settlement|想开一般户,问企业网银和手续费减免",
            "settlement|门店要收款码,希望当天到账",
            "trade_finance|美国客户要开信用证,问押汇,金额约{wan}万",
            "trade_finance|想锁远期汇率,每季度收汇约{wan}万",
            "other|老板打听企业主保险和个人按揭,转给零售同事",
        ),
        (
            "loan|Wants to renew {m}m, cares about the rate, proposal next week",
            "loan|New export orders, asks for a {m}m working capital line",
            "loan|Two new machines planned, {m}m equipment loan over three years",
            "loan|Other bank's {m}m matures next month, would move if the rate is right",
            "payroll|Interested in payroll for 80 staff, will talk to finance",
            "deposit|Has {m}m idle cash, asked about certificates of deposit",
            "bill_discount|Receives about {m}m of bank drafts a month, wants discounting",
            "guarantee|Won a tender, needs a {m}m performance bond",
            "wealth|Would try {m}m of short-term wealth products",
            "settlement|Wants a second account, asked about online banking fees",
            "trade_finance|L/C from a US buyer, about {m}m, asked about negotiation",
            "other|Owner asked about key-person insurance, passed on to retail",
        ),
    ),
    "follow_up": Phrases(
        (
            "在外地出差,约回来再谈",
            "loan|资料还差两年审计报告,补齐后再联系",
            "loan|额度方案在股东那里,等回音",
            "loan|补了近半年流水,还缺纳税申报表",
            "财务说等下月预算定了再说",
            "已送产品手册,约好再访",
            "deposit|定期下月到期,到期前再谈续存",
            "payroll|代发名单人事还在整理",
            "guarantee|保函格式甲方要改,等新版本",
            "settlement|开户资料带去核对,公章还没取回",
            "trade_finance|信用证条款还在和买方谈",
            "bill_discount|票据还没收到,收到后通知我们",
            "老板在忙年检,下次再细聊",
            "介绍了普惠政策,要回去算一下",
        ),
        (
            "Travelling now, will talk again next week",
            "loan|Still missing two audited reports, will call when they are in",
            "loan|Shareholders are reading our proposal",
            "Left the brochure, agreed to meet again",
            "deposit|Time deposit matures next month, talk before then",
            "payroll|HR is still preparing the payroll list",
            "guarantee|Buyer wants another wording for the bond, waiting for it",
            "settlement|Account papers checked, company seal still missing",
            "Explained the small-business policy, they will do their sums",
        ),
    ),
    "not_interested": Phrases(
        (
            "loan|嫌利率高,他行已给更低报价",
            "暂无融资需求,今年以稳为主",
            "loan|他行授信未到期,明年再看",
            "loan|不愿意追加抵押,先放一放",
            "deposit|存款集中在集团账户,动不了",
            "wealth|不考虑理财,资金都在周转",
            "payroll|工资一直在他行发,换行麻烦",
            "bill_discount|贴现价格比他行高,这次不做",
            "说近期订单少,不打算扩张",
        ),
        (
            "loan|Rate too high, another bank quoted lower",
            "No need for funds at present",
            "loan|Other bank's line still runs, try again next year",
            "loan|Does not want to give more collateral",
            "deposit|Cash is pooled with the group, nothing to place",
            "payroll|Payroll stays where it is, changing is too much trouble",
        ),
    ),
    "no_answer": Phrases(
        ("无人接听", "电话占线,晚点再打", "手机关机", "前台说在开会,请留言", "响铃未接,发了短信"),
        (
            "No answer",
            "Line busy, will try later",
            "Phone switched off",
            "In a meeting, left a message",
        ),
    ),
    "done": Phrases(
        (
            "loan|合同已签,{wan}万已放款",
            "loan|续贷办完,{wan}万无缝衔接",
            "loan|贷后检查,开工正常,库存合理",
            "settlement|基本户已开立,网银已激活",
            "payroll|代发工资协议已签,首批92人",
            "guarantee|{wan}万保函已开出",
            "deposit|{wan}万大额存单已办",
            "bill_discount|贴现{wan}万,当天到账",
            "trade_finance|信用证项下{wan}万已议付",
            "wealth|{wan}万理财已购买,六个月",
            "送对账单,余额核对无误",
        ),
        (
            "loan|Contract signed, {m}m paid out",
            "loan|Renewal completed, {m}m",
            "loan|Post-loan check: plant busy, stock reasonable",
            "settlement|Account opened, online banking active",
            "payroll|Payroll agreement signed, 92 staff to start",
            "guarantee|Bond of {m}m issued",
            "deposit|{m}m certificate of deposit placed",
            "bill_discount|{m}m discounted, paid the same day",
            "Delivered the statements, balances agree",
        ),
    ),
    "complaint": Phrases(
        (
            "settlement|反映网银转账常失败,已转客服",
            "loan|抱怨审批太慢,答应本周给答复",
            "settlement|投诉柜台排队久,已致歉",
            "loan|对提前还款违约金有意见,要书面说明",
        ),
        (
            "loan|Complains that approvals take too long, promised an answer this week",
            "settlement|Online transfers keep failing, passed to the service desk",
            "loan|Unhappy with the early repayment fee, wants it in writing",
        ),
    ),
}

#: what was promised, by product; "" for any
PURPOSES: dict[str, Phrases] = {
    "loan": Phrases(
        ("谈续贷方案", "送贷款合同", "收审计报告", "看新厂房和设备", "催补流水和报表"),
        (
            "Renewal proposal",
            "Bring the loan contract",
            "Collect the audit report",
            "See the plant",
        ),
    ),
    "deposit": Phrases(("谈到期续存", "报大额存单利率"), ("Talk about renewing the deposit",)),
    "payroll": Phrases(
        ("谈代发工资", "取代发名单"), ("Payroll agreement", "Collect the payroll list")
    ),
    "bill_discount": Phrases(("报贴现价格", "办理贴现"), ("Quote discount rates",)),
    "guarantee": Phrases(("定保函格式", "送保函正本"), ("Agree the wording of the bond",)),
    "wealth": Phrases(("介绍对公理财",), ("Present wealth products",)),
    "settlement": Phrases(("办理开户", "装收款码"), ("Open the account",)),
    "trade_finance": Phrases(("谈信用证条款", "谈远期结汇"), ("Terms of the letter of credit",)),
    "": Phrases(("回访", "送产品手册", "补资料", "节前走访"), ("Call back", "Bring the brochure")),
}
