"""Where the demo's firms have their seats: districts around the three branches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A district: what registration and a map know of it."""

    city: str
    city_en: str
    #: what stands before the street in an address
    district: str
    #: six digits of the credit code
    area: str
    telephone: str
    latitude: float
    longitude: float
    streets: tuple[str, ...]


def _places(city: str, city_en: str, telephone: str, *districts: str) -> tuple[Place, ...]:
    found = []
    for line in districts:
        district, area, latitude, longitude, streets = line.split("|")
        found.append(
            Place(
                city,
                city_en,
                district,
                area,
                telephone,
                float(latitude),
                float(longitude),
                tuple(streets.split()),
            )
        )
    return tuple(found)


#: by the city of the branch; firms of neighbouring cities belong to the nearest one
PLACES: dict[str, tuple[Place, ...]] = {
    "上海": _places(
        "上海",
        "Shanghai",
        "021",
        "上海市浦东新区|310115|31.205|121.600|张江路 金科路 川沙路 康桥东路",
        "上海市闵行区|310112|31.113|121.382|申富路 元江路 剑川路 虹梅南路",
        "上海市嘉定区|310114|31.345|121.245|墨玉路 宝安公路 嘉松北路",
        "上海市松江区|310117|31.070|121.290|涞寅路 莘砖公路 荣乐东路",
        "上海市青浦区|310118|31.180|121.190|华腾路 崧泽大道 徐民路",
        "上海市徐汇区|310104|31.175|121.425|漕宝路 宜山路 桂平路",
        "上海市宝山区|310113|31.370|121.440|蕴川路 长江西路 沪太路",
    ),
    "苏州": (
        *_places(
            "苏州",
            "Suzhou",
            "0512",
            "苏州工业园区|320594|31.315|120.720|星湖街 苏虹中路 唯新路 东富路",
            "苏州市吴中区|320506|31.250|120.610|金枫路 吴中大道 东吴南路",
            "苏州市相城区|320507|31.405|120.600|春申路 华元路 澄阳路",
            "苏州市虎丘区|320505|31.335|120.510|大同路 青城山路 鹿山路",
        ),
        *_places(
            "昆山",
            "Kunshan",
            "0512",
            "昆山市|320583|31.385|120.965|城北中路 青阳北路 东城大道",
        ),
        *_places(
            "常熟",
            "Changshu",
            "0512",
            "常熟市|320581|31.655|120.755|黄河路 东南大道 香江路",
        ),
    ),
    "杭州": (
        *_places(
            "杭州",
            "Hangzhou",
            "0571",
            "杭州市滨江区|330108|30.190|120.190|江南大道 滨安路 网商路",
            "杭州市余杭区|330110|30.330|119.990|文一西路 良睦路 荆长路",
            "杭州市萧山区|330109|30.165|120.270|建设一路 金城路 红垦路",
            "杭州市临平区|330113|30.420|120.300|望梅路 东湖北路 宏达路",
            "杭州市钱塘区|330114|30.305|120.360|白杨街 下沙路 文海北路",
        ),
        *_places(
            "绍兴",
            "Shaoxing",
            "0575",
            "绍兴市柯桥区|330603|30.085|120.490|金柯桥大道 群贤路 钱陶公路",
        ),
    ),
}
