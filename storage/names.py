"""What is in a firm's name: its letters folded, its sound, and the part that tells it apart.

A registered Chinese name is place + brand + trade + legal form, as in 上海 · 华兴 · 机械制造 ·
有限公司. People say and type the middle, so that "core" is what is searched first. Sounds come
from pypinyin over whole phrases, because single characters would read 重庆 as zhongqing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from storage.search_regions import PROVINCES, REGIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

#: from here on characters are written without spaces between words
_FIRST_CJK = "\u2e80"
_MARKS = "Mn"
#: letters between ASCII and the Chinese characters
_ACCENTED = re.compile("[\x80-\u2e7f]")
#: what is neither a letter nor a digit
_NO_LETTERS = re.compile(r"[\W_]+")
#: what folding leaves as it is, but for traditional forms
_FOLDED = re.compile("[0-9a-z\u4e00-\u9fff]*")
#: pinyin's ü, typed as v: 绿 is lv
_TYPED_V = re.compile("(?<=[ln])[üǖǘǚǜ]")
_FULL_PINYIN = 400
_MOST_INITIALS = 80
_LONGEST = 9

# Signs and registry extracts keep the traditional forms; only those common in firms' names.
_TRADITIONAL = str.maketrans(
    "華興機電東國際車業實貿發開關門馬鳥魚鴻龍龜麥齊齒齡麗長張陳陸陽陰際險隊階隨雙雜難離雲電"
    "霧靈靜響順項預頭題顏顧風飛飯飲飼飾餅館驗驛駿騰鮮鳳麵點黨輪軟輸轉軸農進運達遠遞適遙遷選"
    "還邊郵鄭鄧醫釀釋針鈞銀銅鋁鋒錄錦鎖鎮鏈鑄鑫鑽鐵鋼鐘錢鍋練紡紙紅約級純紗納紹終組細結絡絲"
    "綠經維綱網緊線緣縣縱總績織繡續纖羅義習聖聯聲職肅膚膠臨舉艦節範茲莊葉葯蒼蓋蓮藍藝藥蘇蘭"
    "虛號蟲術衛裝裏見規視覺覽觀訂計訊託記訪設許訴診証評詞試詩話詳誠語誤說課調談請諾謝證識譜"
    "護讀變讓豐貝負財貨販貫責貴買費資賓賞賢質賴購贊贏趙車軍軒較載輕輝鏡塗塵墊墻壓壯壽夢奧奮"
    "婦媽學寧寶將專尋對導屬岡島峽巖師帳帶幣幹幾庫應廠廣廬廳彈強徑從復徵恆恒愛態慶懷戰戲戶拋"
    "揚換損搖撥擇擊據擴攝攜數斷時晉曆朧術權條來楊極構槍樂樓標樣樹橋檢櫃歐歡歲歷歸殘殼氣氫漢"
    "湯準溝滅滬滿漁潔潤濟濱瀏灣災為無煙熱燈燒營爐爭爾牆獨獅獎獲獻環現產畢畫當瘋療癒盜盡監盤"
    "眾確碼礎磚礦禮種稱穩窩競筆築簡籌糧紀級興萬與專業嚴喪個豐臨麗舉麼義烏樂喬習鄉書買亂雲亞"
    "產親億僅從侖倉儀們價眾優會傘偉傳傷倫偽體餘儉儲兒兌黨蘭關養內岡冊寫軍農馮沖決況凍淨準涼"
    "減湊凱別刪剛創劃劉則動務勝勞勢勻區協單賣盧衛卻廠廳歷厲縣參雙發變葉號嘆嚇呂嗎啟吳員問喚"
    "單嘗嚮園圍圓圖團聖場壞塊堅壩墳壘壟處備復夠頭誇夾奪奮獎妝婦媽孫學寧寶實寵審憲宮寬賓對尋"
    "榮臘驤瓊瑩瑪璽傢鵬鷹鶴鴨鵝鷗鴿蝦蟻蠶貓豬樺檸櫻鬆禎禪穀穎積窯簾籃糰紋絨綢綺緞縫腦臺葦"
    "薦薩蕭蘋蘿螢蟬襯詠誼諧謙贛跡躍轎鄒鄔鄰醬銘鋪錨鍛鍍鎢鑒閣閱闊陝隴雋韓韻頂頡駱騎驕驢魯"
    "鯉鯨鱗鳴鴛鷺黃壺婭嬌嶺峯巒廟懇擁攬敘曄曉曠桿梔棗楓槳樸櫟渾湧溫滾漿潯澤濰濤瀋瀝瀾煉煥"
    "燁燦燭爍牽瑋璣甌疊盞磯禦稅稜籠繩纜膚艙蓀蔣蔥薔藺蘆蠟裊褲諾譚豎賀賈賴贈踐轄逕遼遜酈醞"
    "鈦鈺鉑鉅銳鋰錫鍵鎂鎬鏈鐳鑰鑼閘閩閻隱雛頻顆餘駝駕驅骯髮鬱鮑鯤鱷鳶鴦鵑鶯鸚鹽黴",
    "华兴机电东国际车业实贸发开关门马鸟鱼鸿龙龟麦齐齿龄丽长张陈陆阳阴际险队阶随双杂难离云电"
    "雾灵静响顺项预头题颜顾风飞饭饮饲饰饼馆验驿骏腾鲜凤面点党轮软输转轴农进运达远递适遥迁选"
    "还边邮郑邓医酿释针钧银铜铝锋录锦锁镇链铸鑫钻铁钢钟钱锅练纺纸红约级纯纱纳绍终组细结络丝"
    "绿经维纲网紧线缘县纵总绩织绣续纤罗义习圣联声职肃肤胶临举舰节范兹庄叶药苍盖莲蓝艺药苏兰"
    "虚号虫术卫装里见规视觉览观订计讯托记访设许诉诊证评词试诗话详诚语误说课调谈请诺谢证识谱"
    "护读变让丰贝负财货贩贯责贵买费资宾赏贤质赖购赞赢赵车军轩较载轻辉镜涂尘垫墙压壮寿梦奥奋"
    "妇妈学宁宝将专寻对导属冈岛峡岩师帐带币干几库应厂广庐厅弹强径从复征恒恒爱态庆怀战戏户抛"
    "扬换损摇拨择击据扩摄携数断时晋历胧术权条来杨极构枪乐楼标样树桥检柜欧欢岁历归残壳气氢汉"
    "汤准沟灭沪满渔洁润济滨浏湾灾为无烟热灯烧营炉争尔墙独狮奖获献环现产毕画当疯疗愈盗尽监盘"
    "众确码础砖矿礼种称稳窝竞笔筑简筹粮纪级兴万与专业严丧个丰临丽举么义乌乐乔习乡书买乱云亚"
    "产亲亿仅从仑仓仪们价众优会伞伟传伤伦伪体余俭储儿兑党兰关养内冈册写军农冯冲决况冻净准凉"
    "减凑凯别删刚创划刘则动务胜劳势匀区协单卖卢卫却厂厅历厉县参双发变叶号叹吓吕吗启吴员问唤"
    "单尝向园围圆图团圣场坏块坚坝坟垒垄处备复够头夸夹夺奋奖妆妇妈孙学宁宝实宠审宪宫宽宾对寻"
    "荣腊骧琼莹玛玺家鹏鹰鹤鸭鹅鸥鸽虾蚁蚕猫猪桦柠樱松祯禅谷颖积窑帘篮团纹绒绸绮缎缝脑台苇"
    "荐萨萧苹萝萤蝉衬咏谊谐谦赣迹跃轿邹邬邻酱铭铺锚锻镀钨鉴阁阅阔陕陇隽韩韵顶颉骆骑骄驴鲁"
    "鲤鲸鳞鸣鸳鹭黄壶娅娇岭峰峦庙恳拥揽叙晔晓旷杆栀枣枫桨朴栎浑涌温滚浆浔泽潍涛沈沥澜炼焕"
    "烨灿烛烁牵玮玑瓯叠盏矶御税棱笼绳缆肤舱荪蒋葱蔷蔺芦蜡袅裤诺谭竖贺贾赖赠践辖径辽逊郦酝"
    "钛钰铂钜锐锂锡键镁镐链镭钥锣闸闽阎隐雏频颗余驼驾驱肮发郁鲍鲲鳄鸢鸯鹃莺鹦盐霉",
)

_FORM = re.compile(
    r"(?:股份|集团|控股)*(?:有限责任公司|有限公司|股份公司|责任公司|集团公司|分公司|公司)$"
    r"|(?:普通|特殊|有限)?合伙企业(?:有限合伙|普通合伙)?$|专业合作社$|合作社$|个人独资企业$|个体工商户$"
    r"|(?:总)?经营部$|商行$|工作室$|事务所$|集团$|加工厂$"
)
_UNIT_OF_PLACE = re.compile(r"(?:特别行政区|自治区|自治州|开发区|高新区|新区|省|市|县|区)")
_OTHER_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}(?:市|县|区)(?=[\u4e00-\u9fff]{2})")
_REGIONS_BY_LETTER = {
    letter: tuple(regions)
    for letter, regions in groupby(sorted(REGIONS, key=itemgetter(0)), itemgetter(0))
}
#: how many characters must be left for a place or a legal form to be taken off
_LEFT = 2


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A text as it is compared: one form per letter, lower case, nothing but letters and digits.

    Full-width letters, accents and the common traditional characters are folded; whatever is
    neither a letter nor a digit becomes a space between Latin words and nothing between Chinese
    characters. "华兴（上海）贸易" gives "华兴上海贸易", "Société  Générale" "societe generale".
    """
    if text.isascii():
        return " ".join(_NO_LETTERS.sub(" ", text.lower()).split())
    if _FOLDED.fullmatch(text):
        return text.translate(_TRADITIONAL)
    text = unicodedata.normalize("NFKC", text).casefold()
    if _ACCENTED.search(text):
        # Only what an accent was taken from is decomposed: Hangul and kana stay whole.
        text = "".join(map(_without_accent, _TYPED_V.sub("v", text)))
    words = _NO_LETTERS.sub(" ", text.translate(_TRADITIONAL)).split()
    folded: list[str] = []
    for word in words:
        if folded and not (is_cjk(word[0]) and is_cjk(folded[-1][-1])):
            folded.append(" ")
        folded.append(word)
    return "".join(folded)


def _without_accent(letter: str) -> str:
    if letter < "\x80" or letter >= _FIRST_CJK:
        return letter
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if unicodedata.category(part) != _MARKS)


def is_cjk(letter: str) -> bool:
    """Whether a letter belongs to a script that writes words without spaces."""
    return letter >= _FIRST_CJK


def doubled(text: str) -> str:
    """The text with every Chinese character twice.

    A trigram index cannot serve fewer than three characters; doubled, the two characters that
    people type for a firm are four.
    """
    if text.isascii():
        return text
    return "".join([letter + letter if letter >= _FIRST_CJK else letter for letter in text])


@lru_cache(maxsize=4096)
def core_of(name: str) -> str:
    """What tells a firm apart: its folded name without place and legal form.

    Both are left on where too little would remain.
    """
    name = fold(name)
    form = _FORM.search(name)
    if form is not None and form.start() >= _LEFT:
        name = name[: form.start()].rstrip()
    return name[place_length(name) :]


def place_length(name: str) -> int:
    """How many characters at the start of a folded name say only where the firm is."""
    start, within_province = 0, True
    for _ in range(3):  # 江苏 + 苏州 + 吴江区
        length, is_province = _one_place(name[start:], bare=within_province)
        if not length or len(name) - start - length < _LEFT:
            break
        start += length
        within_province = is_province
    return start


def _one_place(name: str, *, bare: bool) -> tuple[int, bool]:
    """The length of the place at the start, and whether it is a province.

    Below a city only "区", "县" and the like tell a place from a brand: the 朝阳 of 上海朝阳食品
    is no place.
    """
    for region in _REGIONS_BY_LETTER.get(name[:1], ()):
        if name.startswith(region):
            unit = _UNIT_OF_PLACE.match(name, len(region))
            if unit is None and not bare:
                return 0, False
            return (unit.end() if unit else len(region)), region in PROVINCES
    other = _OTHER_PLACE.match(name)
    return (other.end() if other else 0), False


@lru_cache(maxsize=4096)
def syllables_of(name: str) -> tuple[str, ...]:
    """The name's sounds, one per Chinese character; other words stand as they are."""
    name = fold(name)
    if name.isascii():
        return tuple(name.split())
    return tuple(chain.from_iterable(map(_sounds_of, _phrases(name))))


class Spoken(NamedTuple):
    """A name's sounds as they are looked up."""

    #: without spaces and tones, in lower case
    letters: str
    #: of each syllable, a digit; longer words stand as several
    lengths: str
    #: the first letter of each syllable
    initials: str


@lru_cache(maxsize=4096)
def spoken(name: str) -> Spoken:
    """The name's sounds, whole."""
    name = fold(name)
    if name.isascii():
        return _spoken(name.split())
    parts = [_spoken_phrase(phrase) for phrase in _phrases(name)]
    return Spoken(*map("".join, zip(*parts, strict=True))) if parts else _spoken(())


@lru_cache(maxsize=65_536)
def _spoken_phrase(phrase: str) -> Spoken:
    return _spoken(_sounds_of(phrase))


def _spoken(syllables: Sequence[str]) -> Spoken:
    lengths = (
        "9" * whole + (str(rest) if rest else "")
        for whole, rest in (divmod(len(one), _LONGEST) for one in syllables)
    )
    return Spoken("".join(syllables), "".join(lengths), "".join([one[0] for one in syllables]))


def _phrases(name: str) -> list[str]:
    """A folded name as the dictionary of sounds divides it: the longest phrase from each place on.

    The library's own walk, which copies what is left at every letter, took longer than all the
    rest of what a customer is found by; names that are not Chinese throughout still go through it.
    """
    prefixes, phrases, chinese = _dictionary()
    if not chinese.fullmatch(name):
        from pypinyin.seg.simpleseg import seg  # noqa: PLC0415 - its dictionary is slow to load

        return list(seg(name))
    found: list[str] = []
    start, length = 0, len(name)
    while start < length:
        end, longest = start + 2, 0
        # Most letters begin nothing with the next one, so that is asked first.
        while end <= length and (part := name[start:end]) in prefixes:
            if part in phrases:
                longest = end
            end += 1
        if not longest and end > length:
            # The rest begins a phrase that it does not end: it is read letter by letter.
            found += name[start:]
            break
        found.append(name[start : longest or start + 1])
        start = longest or start + 1
    return found


@lru_cache(maxsize=1)
def _dictionary() -> tuple[set[str], dict[str, Any], re.Pattern[str]]:
    """The beginnings of the phrases, the phrases, and what has a sound in the dictionary."""
    from pypinyin.constants import PHRASES_DICT, RE_HANS  # noqa: PLC0415 - as above
    from pypinyin.seg.mmseg import p_set  # noqa: PLC0415 - as above

    # Asked through its object, the set takes three times as long.
    return p_set._set, PHRASES_DICT, RE_HANS  # noqa: SLF001 - as said


@lru_cache(maxsize=65_536)
def _sounds_of(phrase: str) -> tuple[str, ...]:
    """The sounds of a phrase as the dictionary divides names: they come again and again."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - as above

    return tuple(chain.from_iterable(sound.split() for sound in lazy_pinyin(phrase)))


def pinyin_of(name: str) -> str:
    """The name's pinyin without spaces and tones, in lower case."""
    return spoken(name).letters[:_FULL_PINYIN]


def initials_of(name: str) -> str:
    """The first letters of the name's syllables, in lower case."""
    return spoken(name).initials[:_MOST_INITIALS]
