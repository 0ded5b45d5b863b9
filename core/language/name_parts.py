"""What is distinctive in a company's name: 华兴 in 苏州市华兴精密机械有限公司.

A Chinese firm is named place + brand + trade + form; people say the brand, or brand and trade. The
lists here are the places, trades and forms that are cut away; they need not be complete, because
matching also accepts any beginning of the name behind the place.
"""

from __future__ import annotations

import re
from functools import lru_cache

from core.language.wordlists import listed

_PLACES = listed(
    "北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 "
    "湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 "
    "香港 澳门 石家庄 唐山 秦皇岛 邯郸 保定 沧州 廊坊 太原 大同 沈阳 大连 鞍山 长春 "
    "哈尔滨 大庆 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 "
    "江阴 张家港 常熟 太仓 宜兴 吴江 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 "
    "丽水 义乌 慈溪 余姚 海宁 桐乡 诸暨 合肥 芜湖 蚌埠 马鞍山 安庆 滁州 福州 厦门 莆田 "
    "三明 泉州 漳州 龙岩 宁德 晋江 石狮 南昌 九江 赣州 景德镇 济南 青岛 淄博 烟台 潍坊 "
    "济宁 泰安 威海 日照 临沂 德州 郑州 洛阳 开封 新乡 许昌 南阳 武汉 宜昌 襄阳 荆州 黄石 "
    "长沙 株洲 湘潭 衡阳 岳阳 常德 广州 深圳 珠海 汕头 佛山 江门 湛江 惠州 东莞 中山 肇庆 "
    "清远 揭阳 潮州 南宁 柳州 桂林 北海 海口 三亚 成都 绵阳 德阳 宜宾 泸州 贵阳 遵义 昆明 "
    "大理 拉萨 西安 宝鸡 咸阳 兰州 西宁 银川 乌鲁木齐 浦东 闵行 松江 嘉定 青浦 奉贤 宝山 "
    "徐汇 静安 黄浦 虹口 杨浦 普陀 长宁 金山 崇明 吴中 相城 滨海 朝阳 海淀 南山 宝安 龙岗 "
    "福田 顺德 南海 番禺 萧山 余杭 鄞州 江北 雨花 江宁 浦口"
)
_PLACE = re.compile(
    rf"^(?:中国|(?:{'|'.join(sorted(_PLACES, key=len, reverse=True))})(?:省|市|区|县|"
    rf"自治区|特别行政区)?)"
)
_BRACKETS = re.compile(r"[((][^))]*[))]|\s")
_FORM = re.compile(
    r"(?:(?:股份|责任)?有限(?:责任)?公司|股份公司|总公司|分公司|有限合伙|合伙企业|"
    r"集团公司|集团|控股|公司"
    r"|个体工商户|(?:经营|商|服务)部|合作社|事务所|工作室|工厂|总厂|股份)$"
)
_TRADES = listed(
    "机械 精密机械 机电 电子 科技 技术 贸易 商贸 国际贸易 进出口 物流 运输 供应链 货运 "
    "食品 饮料 餐饮 纺织 服饰 服装 制衣 针织 皮革 鞋业 化工 化学 建材 建筑 建设 工程 装饰 "
    "装修 家具 家居 木业 五金 塑料 塑胶 橡胶 包装 印刷 纸业 纸品 钢铁 钢材 金属 铝业 铜业 "
    "模具 精密 制造 设备 电气 电器 电力 电源 新能源 能源 光电 光伏 照明 半导体 仪器 仪表 "
    "自动化 智能 信息 网络 软件 数码 通信 通讯 传媒 广告 文化 教育 医疗 医药 制药 药业 "
    "生物 器械 健康 农业 农产品 粮油 水产 畜牧 园林 环保 环境 汽车 汽配 汽车零部件 零部件 "
    "船舶 航空 旅游 酒店 置业 地产 房地产 物业 投资 咨询 管理 服务 实业 工业 产业 企业 "
    "材料 新材料 玩具 工艺品 礼品 珠宝 陶瓷 玻璃 石材 涂料 日化 化妆品 茶业 酒业 超市 "
    "百货 连锁 电商 电子商务 冷链 仓储 矿业 石化 油品 燃气 水务 轴承 阀门 泵业 电缆 线缆 "
    "电机 弹簧 紧固件 眼镜 钟表 箱包 家纺 布业 印染 染整 毛巾 袜业 厨具 厨卫 卫浴 门窗 "
    "幕墙 消防 安防 检测 劳务 人力资源 发展 制品 加工"
)
_TRADE_SET = frozenset(_TRADES)
_TRADE_TAIL = re.compile(rf"(?:{'|'.join(sorted(_TRADES, key=len, reverse=True))}|[业厂行店社])$")

_EN_FORM = frozenset(
    listed(
        "co ltd limited company inc corp corporation llc plc group holdings holding the and "
        "of pte gmbh sa ag partners enterprise enterprises joint stock"
    )
)
_EN_TRADE = frozenset(
    listed(
        "logistics machinery machine machines electronics electronic technology technologies "
        "tech trading trade import export imports exports foods food textile textiles garment "
        "garments apparel clothing fashion chemical chemicals building materials material "
        "construction engineering decoration furniture hardware plastics plastic rubber "
        "packaging printing paper steel metal metals aluminium aluminum mould mold tooling "
        "precision manufacturing equipment electric electrical power energy new solar "
        "lighting semiconductor instruments automation intelligent information network "
        "software digital communication communications media advertising culture education "
        "medical pharma pharmaceutical pharmaceuticals biotech bio health agriculture "
        "agricultural grain oil marine auto automotive parts components tourism hotel hotels "
        "property real estate investment consulting management services service industrial "
        "industries industry toys crafts gifts jewelry ceramics glass stone coatings "
        "cosmetics tea wine supermarket retail stores cold chain storage warehousing mining "
        "petrochemical water bearings bearing valves valve pumps pump cable cables motor "
        "motors optical international global supply systems solutions development products "
        "foodstuff seafood beverage freight shipping transport express catering restaurant "
        "environmental home textiles works factory commerce wholesale distribution interior "
        "design fitness optics dyeing knitting leather shoes footwear"
    )
)


@lru_cache(maxsize=4096)
def _syllable(char: str) -> str:
    if not "\u4e00" <= char <= "\u9fff":
        return char
    from pypinyin import Style, pinyin  # noqa: PLC0415 - its dictionary is slow to load

    return str(pinyin(char, style=Style.NORMAL)[0][0])


@lru_cache(maxsize=32_768)
def syllables(text: str) -> tuple[str, ...]:
    """One syllable a character, by each character's usual reading.

    Polyphones are read without context on both sides of a comparison, so they still agree.
    """
    return tuple(_syllable(char) for char in text)


_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@lru_cache(maxsize=2048)
def blurred(syllable: str) -> str:
    """A syllable as a southern tongue or a hasty thumb has it: zh=z, n=ng, l=n, f=h before u."""
    for sharp, flat in _SOUNDS:
        if syllable.startswith(sharp):
            syllable = flat + syllable[2:]
    if syllable.endswith(("ang", "eng", "ing")):
        syllable = syllable[:-1]
    return "n" + syllable[1:] if syllable.startswith("l") else syllable


@lru_cache(maxsize=32_768)
def without_place_and_form(name: str) -> tuple[str, str]:
    """The places in front, and the name without them and without its legal form."""
    name = _BRACKETS.sub("", name)
    places = ""
    while (found := _PLACE.match(name)) and len(name) - found.end() >= 2:
        places += found[0]
        name = name[found.end() :]
    while (tail := _FORM.search(name)) and tail.start() >= 2:
        name = name[: tail.start()]
    return places, name


@lru_cache(maxsize=32_768)
def brand(core: str) -> str:
    """The brand at the head of a name whose place and form are gone: at least two characters."""
    while (tail := _TRADE_TAIL.search(core)) and tail.start() >= 2:
        core = core[: tail.start()]
    return core if len(core) <= 4 else core[:4]


def is_trade(word: str) -> bool:
    """Whether a Chinese word is a mere trade (机械, 贸易)."""
    return word in _TRADE_SET


@lru_cache(maxsize=32_768)
def english_words(name: str) -> tuple[str, ...]:
    """The words of an English name without legal form, in lower case."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", name.lower().replace("&", " and "))
    return tuple(w for w in words if w not in _EN_FORM)


_EN_PLACES = frozenset(
    listed("hong kong hongkong china chinese shaanxi inner mongolia macau eastern")
)


@lru_cache(maxsize=1)
def _place_sounds() -> frozenset[str]:
    """The places as they are written in Latin letters; not at import, which would be slow."""
    return _EN_PLACES | {"".join(syllables(place)) for place in _PLACES}


@lru_cache(maxsize=32_768)
def english_core(name: str) -> tuple[str, ...]:
    """The distinctive words of an English name: neither place, nor trade, nor form."""
    words = english_words(name)
    rest = list(words)
    while len(rest) > 1 and rest[0] in _place_sounds():
        rest = rest[1:]
    core: list[str] = []
    for word in rest:
        if core and word in _EN_TRADE:
            break
        core.append(word)
    return tuple(core)
