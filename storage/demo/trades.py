"""What the demo's firms do, and what they may be called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business as it stands in names."""

    zh: str
    short: str
    en: str
    #: section of GB/T 4754
    section: str
    #: what such firms ask a bank for first
    products: tuple[str, ...]


_MAKES = ("loan", "bill_discount", "payroll", "deposit", "settlement")
_SELLS = ("loan", "trade_finance", "settlement", "bill_discount", "other")
_BUILDS = ("guarantee", "loan", "payroll", "settlement")
_SERVES = ("payroll", "deposit", "settlement", "wealth", "other")

TRADES = (
    Trade("机械制造", "机械", "Machinery Manufacturing", "C", _MAKES),
    Trade("精密模具", "模具", "Precision Mould", "C", _MAKES),
    Trade("电子科技", "电子", "Electronics Technology", "C", _MAKES),
    Trade("物流", "物流", "Logistics", "G", ("loan", "settlement", "payroll", "guarantee")),
    Trade("纺织", "纺织", "Textile", "C", (*_MAKES, "trade_finance")),
    Trade("服饰", "服饰", "Garments", "C", (*_MAKES, "trade_finance")),
    Trade("食品", "食品", "Food", "C", _MAKES),
    Trade("塑料制品", "塑料", "Plastics", "C", _MAKES),
    Trade("包装材料", "包装", "Packaging", "C", _MAKES),
    Trade("新材料", "新材", "New Materials", "C", (*_MAKES, "wealth")),
    Trade("汽车零部件", "汽配", "Auto Parts", "C", (*_MAKES, "guarantee")),
    Trade("医疗器械", "医疗", "Medical Devices", "C", (*_MAKES, "wealth")),
    Trade("电气设备", "电气", "Electrical Equipment", "C", (*_MAKES, "guarantee")),
    Trade("自动化设备", "自动化", "Automation", "C", _MAKES),
    Trade("五金制品", "五金", "Hardware", "C", _MAKES),
    Trade("家具", "家具", "Furniture", "C", (*_MAKES, "trade_finance")),
    Trade("印务", "印务", "Printing", "C", _MAKES),
    Trade("光电科技", "光电", "Optoelectronics", "C", (*_MAKES, "wealth")),
    Trade("仪器仪表", "仪表", "Instruments", "C", _MAKES),
    Trade("化工", "化工", "Chemicals", "C", _MAKES),
    Trade("建筑工程", "建工", "Construction", "E", _BUILDS),
    Trade("装饰工程", "装饰", "Interior Engineering", "E", _BUILDS),
    Trade("国际贸易", "国贸", "International Trading", "F", _SELLS),
    Trade("贸易", "贸易", "Trading", "F", _SELLS),
    Trade("电子商务", "电商", "E-Commerce", "F", (*_SELLS, "payroll")),
    Trade("建材", "建材", "Building Materials", "F", _SELLS),
    Trade("冷链物流", "冷链", "Cold Chain Logistics", "G", ("loan", "payroll", "settlement")),
    Trade("供应链管理", "供应链", "Supply Chain Management", "L", _SELLS),
    Trade("软件", "软件", "Software", "I", _SERVES),
    Trade("信息技术", "信息", "Information Technology", "I", _SERVES),
    Trade("环保设备", "环保", "Environmental Equipment", "N", _BUILDS),
    Trade("检测技术服务", "检测", "Testing Services", "M", _SERVES),
    Trade("餐饮管理", "餐饮", "Catering Management", "H", ("payroll", "settlement", "loan")),
    Trade("人力资源", "人力", "Human Resources", "L", _SERVES),
    Trade("文化传媒", "传媒", "Culture Media", "R", _SERVES),
    Trade("农业发展", "农业", "Agriculture", "A", ("loan", "deposit", "settlement")),
)
MACHINERY, ELECTRONICS, LOGISTICS = TRADES[0], TRADES[2], TRADES[3]

#: sole traders: what they sell and what their shops are called
SHOPS = (
    (Trade("五金", "五金", "Hardware", "F", ("settlement", "loan")), "经营部", "Store"),
    (Trade("食品", "食品", "Food", "F", ("settlement", "deposit")), "商行", "Shop"),
    (Trade("汽车配件", "汽配", "Auto Parts", "F", ("loan", "settlement")), "经营部", "Store"),
    (Trade("茶叶", "茶叶", "Tea", "F", ("settlement", "deposit")), "商行", "Shop"),
)

_FIRST = (
    "恒:Heng 瑞:Rui 鑫:Xin 明:Ming 东:Dong 金:Jin 宏:Hong 信:Xin 嘉:Jia 立:Li 天:Tian 永:Yong "
    "凯:Kai 德:De 润:Run 科:Ke 正:Zheng 海:Hai 博:Bo 盛:Sheng 鼎:Ding 锦:Jin 铭:Ming 卓:Zhuo "
    "启:Qi 睿:Rui 沐:Mu 岚:Lan 澄:Cheng 霖:Lin 弘:Hong 裕:Yu 源:Yuan 佳:Jia 安:An 远:Yuan"
)
#: first and second characters of brands, with their pinyin
FIRST = tuple(tuple(pair.split(":")) for pair in _FIRST.split())
_SECOND = (
    "达:da 丰:feng 泰:tai 诚:cheng 源:yuan 隆:long 维:wei 晨:chen 宇:yu 成:cheng 利:li 和:he "
    "通:tong 祥:xiang 力:li 锐:rui 康:kang 创:chuang 美:mei 江:jiang 捷:jie 腾:teng 舟:zhou "
    "越:yue 川:chuan 禾:he 宁:ning 景:jing 航:hang 铂:bo 拓:tuo 邦:bang"
)
SECOND = tuple(tuple(pair.split(":")) for pair in _SECOND.split())
#: brands that carry a meaning in English
MEANT = (
    ("蓝桥", "Bluebridge"), ("绿原", "Greenfield"), ("金帆", "Goldsail"), ("晨光", "Dawnlight"),
    ("北辰", "Northstar"), ("易联", "Easylink"), ("速达", "Swiftgo"), ("铭匠", "Mastercraft"),
    ("橡木", "Oakwood"), ("白鹭", "Egret"), ("沃野", "Fairfield"), ("优选", "Topchoice"),
    ("新纪元", "New Era"), ("长虹桥", "Rainbow Bridge"), ("云帆", "Cloudsail"),
    ("青石", "Bluestone"), ("银河湾", "Galaxy Bay"), ("安捷", "Safejet"), ("山川", "Ridgeway"),
    ("四季", "Four Seasons"),
)  # fmt: skip
_FAMOUS = (
    "德邦 恒源 恒力 正泰 海康 海美 东江 金龙 天和 永康 信达 信泰 天泰 科达 金利 金美 科锐 "
    "金力 永和 润泰 海达 海航 海通 东航 天合 天康 金通 安利 安泰 安康 安达 瑞康 远洋 德力 "
    "嘉里 正邦 海宁 海安 江海 永丰 远东 明泰 恒泰 恒隆 恒信 华兴 华星 百维 天源 天美 天通 "
    "天宁 远景 源泰 永宁 海丰 海利 东丰 东源 东宁 东美 启东 启明 远达 远航 安源 安宁 安通 "
    "德康 德源 德宁 嘉禾 嘉康 嘉宁 立邦 凯德 "
)
#: what chance would put together and is too well known
FAMOUS = frozenset(_FAMOUS.split())
