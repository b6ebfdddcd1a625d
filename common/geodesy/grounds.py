"""What every step of reading a coordinate knows: the systems in use, the bounds, how it says no."""

from decimal import Decimal

# code: the words on screen
DATUMS = {
    "cgcs2000": "2000国家大地坐标系",
    "wgs84": "WGS84（手持定位仪、照片）",
    "xian80": "西安80坐标系",
    "beijing54": "北京54坐标系",
    "gcj02": "高德、腾讯地图坐标（GCJ-02）",
    "bd09": "百度地图坐标（BD-09）",
}
NOTES = {
    "xian80": "由西安80坐标近似换算，没有公开的转换参数，误差可达百米，请以测绘成果为准。",
    "beijing54": "由北京54坐标按邻近地区参数近似换算，误差可达数十米，请以测绘成果为准。",
    "gcj02": "由地图坐标近似换算，误差约数米，请以现场测量为准。",
    "bd09": "由百度地图坐标近似换算，误差约数米，请以现场测量为准。",
}
WEST, EAST = Decimal("73.4"), Decimal("135.1")
SOUTH, NORTH = Decimal("18.1"), Decimal("53.6")


class BadCoordinate(ValueError):
    """No point in mainland China can be read from this; the text is a sentence for the person."""
