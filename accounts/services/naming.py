"""Official names and document prefixes of agencies, as a first proposal; every one is editable."""

from accounts.models import Agency, AgencyKind, Region, RegionLevel

K, L = AgencyKind, RegionLevel

# What a prefecture's bureau is called after the reform of 2018 to 2019 differs by province.
PREFECTURE_BUREAU = {"14": "规划和自然资源局", "37": "自然资源和规划局"}
SHORT_PROVINCE = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑",
    "31": "沪", "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫",
    "42": "鄂", "43": "湘", "44": "粤", "45": "桂", "46": "琼", "50": "渝", "51": "川", "52": "黔",
    "53": "滇", "54": "藏", "61": "陕", "62": "甘", "63": "青", "64": "宁", "65": "新",
}  # fmt: skip
PREFIX_TAIL = {
    K.NATURAL_RESOURCES: "自然资",
    K.POLICE: "公",
    K.PROCURATORATE: "检",
    K.CAMPAIGN_OFFICE: "专办",
}
TOWN_ENDINGS = ("街道办事处", "街道", "镇", "乡")


def official_name(kind: str, region: Region) -> str:
    """吕梁市规划和自然资源局, 交城县自然资源局, 天宁自然资源所, 吕梁市公安局离石分局…"""
    maker = {
        K.NATURAL_RESOURCES: _bureau,
        K.POLICE: _police,
        K.PROCURATORATE: lambda region: f"{place(region)}人民检察院",
        K.CAMPAIGN_OFFICE: lambda region: f"{place(region)}专项行动办公室",
    }.get(kind)
    return maker(region) if maker else f"{place(region)}{K(kind).label}局"


def place(region: Region) -> str:
    """The division's name; with its prefecture's where several counties share it (市中区)."""
    if region.level == L.COUNTY:
        same = Region.objects.filter(level=L.COUNTY, name=region.name).exclude(pk=region.pk)
        if same.exists():
            return region.full_name
    return region.name


def bare(region: Region) -> str:
    """A township's name without its kind: 天宁镇 → 天宁."""
    for ending in TOWN_ENDINGS:
        if region.name.endswith(ending) and len(region.name) > len(ending) + 1:
            return region.name.removesuffix(ending)
    return region.name


def _bureau(region: Region) -> str:
    if region.level == L.PROVINCE:
        return f"{region.name}自然资源厅"
    if region.level == L.PREFECTURE:
        return region.name + PREFECTURE_BUREAU.get(region.code[:2], "自然资源局")
    if region.level == L.TOWNSHIP:
        return f"{bare(region)}自然资源所"
    return f"{place(region)}自然资源局"


def _police(region: Region) -> str:
    if region.level == L.PROVINCE:
        return f"{region.name}公安厅"
    if region.level == L.TOWNSHIP:
        return f"{bare(region)}派出所"
    if region.level == L.COUNTY and region.name.endswith("区") and len(region.name) > 2:
        return f"{region.parent.name}公安局{region.name.removesuffix('区')}分局"
    return f"{place(region)}公安局"


def document_prefix(kind: str, region: Region, parent: Agency | None) -> str:
    """交自然资: as few characters of the name as tell it from its neighbours of one prefecture.

    交城 comes first by its code and is 交自然资, so 交口 is 交口自然资.
    """
    tail = PREFIX_TAIL.get(kind, K(kind).label)
    taken = set(_neighbours(kind, region).values_list("document_prefix", flat=True))
    if region.level == L.TOWNSHIP:
        upper = parent.document_prefix if parent else tail
        heads = [upper + region.name[:size] for size in range(1, len(region.name) + 1)]
    else:
        name = SHORT_PROVINCE.get(region.code[:2], "") if region.level == L.PROVINCE else ""
        name = name or region.name
        heads = [name[:size] + tail for size in range(1, len(name) + 1)]
    return next((head for head in heads if head not in taken), heads[-1])


def _neighbours(kind: str, region: Region):
    """Agencies of the same line whose numbers could be taken for this one's."""
    same = Agency.objects.filter(kind=kind)
    if region.level == L.TOWNSHIP:
        return same.filter(region__parent_id=region.parent_id)
    if region.level == L.COUNTY:
        return same.filter(region__code__startswith=region.code[:4])
    return same.filter(region__level__in=[L.PROVINCE, L.PREFECTURE])
