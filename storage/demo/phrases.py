"""What staff of the demo's bank wrote after a visit or a call."""

from __future__ import annotations

#: outcome → notes in Chinese and in English, after the product that they are about;
#: {who}, {wan} and {m} are filled in
NOTES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "interested": (
        (
            "loan|{who}想续贷{wan}万,关心利率,下周给方案",
            "loan|新接了订单,需要流动资金{wan}万,愿意提供近三个月流水",
            "loan|厂房要扩建,问固定资产贷款,约{wan}万",
            "payroll|对代发工资有兴趣,员工约80人,要和财务再商量",
            "deposit|{who}问大额存单利率,手上有{wan}万闲置资金",
            "bill_discount|想办银承贴现,每月约{wan}万票据",
        ),
        (
            "loan|{who} wants to renew {m}m, cares about the rate, proposal next week",
            "loan|New export orders, asks for a {m}m working capital line",
            "payroll|Interested in payroll for 80 staff, will talk to finance",
            "deposit|Has {m}m idle cash, asked about certificates of deposit",
        ),
    ),
    "follow_up": (
        (
            "{who}出差,约下周再谈",
            "资料还差两年审计报告,补齐后再联系",
            "财务说等年底预算定了再说",
            "已送产品手册,约好再访",
        ),
        (
            "{who} is travelling, will talk again next week",
            "Still missing two audited reports, will call when they are in",
            "Left the brochure, agreed to meet again",
        ),
    ),
    "not_interested": (
        ("嫌利率高,他行已给更低报价", "暂无融资需求", "他行授信未到期,明年再看"),
        ("Rate too high, another bank quoted lower", "No need for funds at present"),
    ),
    "no_answer": (("无人接听", "{who}在开会,未接", "电话占线"), ("No answer", "Line busy")),
    "done": (
        (
            "loan|合同已签,{wan}万已放款",
            "settlement|基本户已开立",
            "payroll|代发工资协议已签",
            "guarantee|保函已开出",
        ),
        (
            "loan|Contract signed, {m}m paid out",
            "settlement|Account opened",
            "payroll|Payroll agreement signed",
        ),
    ),
    "complaint": (
        ("反映网银转账常失败,已转客服", "抱怨审批太慢,{who}不满意"),
        ("Complains that approvals take too long", "Online transfers keep failing"),
    ),
}

PURPOSES_ZH = (
    "谈续贷方案", "送合同", "收审计报告", "看新厂房", "谈代发工资", "介绍贴现产品",
    "催补资料", "节日拜访",
)  # fmt: skip
PURPOSES_EN = (
    "Renewal proposal",
    "Bring the contract",
    "Collect the audit report",
    "See the plant",
)
