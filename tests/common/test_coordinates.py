"""Coordinates as offices type them, to CGCS2000; what cannot be in the country is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from common.coordinates import locate, locate_projected
from common.geodesy.grounds import DATUMS, BadCoordinate

LON, LAT = Decimal("111.9089167"), Decimal("37.5555556")
METRE = Decimal("0.00001")
LONGITUDES = st.decimals(Decimal("73.5"), 135, places=7)
LATITUDES = st.decimals(Decimal("18.2"), Decimal("53.5"), places=7)


@pytest.mark.parametrize(
    "typed",
    [
        "111°54′32.1″",
        "111度54分32.1秒",
        "１１１°54’32.1”",
        "111º54‘32.1“",
        "111°54'32.1''",
        "111 54 32.1",
        "111-54-32.1",
        "111:54:32.1",
        "E111°54′32.1″",
        "111°54′32.1″E",
        "东经111°54′32.1″",
        "经度：111°54′32.1″",
        "111°54.535′",
        "111.9089167",
        "111.9089167°",
        111.9089167,
        Decimal("111.9089167"),
    ],
)
def test_every_way_of_typing_one_longitude_gives_the_same(typed):
    assert locate(typed, "北纬37°33′20″").lon == LON


def test_a_point_in_our_own_system_is_kept_exactly():
    point = locate("111.9089167", "37.5555556")
    assert (point.lon, point.lat) == (LON, LAT)
    assert not point.approximate
    assert point.note == ""


@pytest.mark.parametrize(
    ("lon", "lat", "says"),
    [
        ("", "37.5", "没有填写经度"),
        ("111.9", None, "没有填写纬度"),
        ("37.5", "111.9", "填反"),
        ("37°33′20″", "111°54′32.1″", "填反"),
        ("N37.5", "E111.9", "填反"),
        ("W111.9", "37.5", "只接受东经"),
        ("111.9", "37.5S", "只接受东经"),
        ("111°60′", "37.5", "小于60"),
        ("111°54′75″", "37.5", "小于60"),
        ("111°54.5′32″", "37.5", "分带了小数"),
        ("111.9.1", "37.5", "没有看懂"),
        ("村北", "37.5", "没有看懂"),
        ("-111.9", "37.5", "没有看懂"),
        ("139.7", "35.7", "不在我国大陆"),
        ("111.9", "0", "不在我国大陆"),
        ("999.9", "90", "不在我国大陆"),
    ],
)
def test_what_is_no_point_here_is_refused_with_a_sentence(lon, lat, says):
    for datum in DATUMS:
        with pytest.raises(BadCoordinate, match=says) as refusal:
            locate(lon, lat, datum)
        assert str(refusal.value).endswith("。")


def test_an_unknown_system_is_asked_for():
    with pytest.raises(BadCoordinate, match="请选择坐标系"):
        locate("111.9", "37.5", "itrf")


@given(LONGITUDES, LATITUDES)
def test_a_projected_point_of_any_zone_comes_back_where_it_was(lon, lat):
    zone = min(max(round(lon / 3), 25), 45)
    # EPSG 4513 to 4533 are the 3° zones 25 to 45 of CGCS2000, with the zone in the easting.
    to_plane = Transformer.from_crs(4490, 4513 + zone - 25)
    northing, easting = to_plane.transform(float(lat), float(lon))
    point = locate_projected(f"{easting:.3f}", f"{northing:.3f}")
    assert abs(point.lon - lon) < Decimal("0.0000001") * 2
    assert abs(point.lat - lat) < Decimal("0.0000001") * 2


def test_a_zone_may_be_written_before_the_easting_or_beside_it():
    whole = locate_projected("37580000.5", "4157000")
    assert locate_projected("580000.5", "4157000", zone=37) == whole
    assert locate_projected("580000.5米", "4157000m", central_meridian=111) == whole
    assert locate_projected("37580000.5", "4157000", zone=37, central_meridian=111) == whole


def test_a_six_degree_zone_is_known_by_its_number():
    assert locate_projected("19580000.5", "4157000") == locate_projected("37580000.5", "4157000")


@pytest.mark.parametrize(
    ("easting", "northing", "extra", "says"),
    [
        ("580000", "4157000", {}, "没有带号"),
        ("4157000", "37580000", {}, "填反"),
        ("37580000", "415700", {}, "纵坐标应为7位"),
        ("37580000", "4157000", {"zone": 38}, "不一致"),
        ("37580000", "4157000", {"central_meridian": 114}, "不一致"),
        ("99580000", "4157000", {}, "带号应为"),
        ("580000", "4157000", {"zone": 24}, "带号应为"),
        ("580000", "4157000", {"central_meridian": 0}, "中央经线应在"),
        ("37980000", "4157000", {}, "离中央经线太远"),
        ("村北", "4157000", {}, "应为米数"),
        (None, "4157000", {}, "应为米数"),
    ],
)
def test_a_wrong_projected_point_is_refused_with_a_sentence(easting, northing, extra, says):
    with pytest.raises(BadCoordinate, match=says):
        locate_projected(easting, northing, **extra)


def test_map_coordinates_have_no_projection():
    with pytest.raises(BadCoordinate, match="没有投影坐标"):
        locate_projected("37580000", "4157000", "gcj02")


def test_a_map_point_is_brought_back_to_where_it_is():
    # The pair most often published with the algorithm: WGS84 116.404, 39.915.
    point = locate("116.41024449916938", "39.91640428150164", "gcj02")
    assert (point.lon, point.lat) == (Decimal("116.4040000"), Decimal("39.9150000"))
    assert point.approximate
    assert "近似" in point.note


def test_a_point_of_baidus_map_is_brought_back_to_where_it_is():
    # The pairs published with the algorithm: BD-09 to GCJ-02, and back.
    point = locate("116.404", "39.915", "bd09")
    same = locate("116.39762729119315", "39.90865673957631", "gcj02")
    assert (point.lon, point.lat) == (same.lon, same.lat)
    back = locate("116.41036949371029", "39.92133699351021", "bd09")
    there = locate("116.404", "39.915", "gcj02")
    assert abs(back.lon - there.lon) < METRE / 2
    assert abs(back.lat - there.lat) < METRE / 2
    assert point.approximate
    assert "百度" in point.note


def test_a_beijing_54_point_moves_by_some_tens_of_metres_and_says_so():
    point = locate("111.9", "37.5", "beijing54")
    # By the set "Beijing 1954 to WGS 84 (1)": 46 m east and 29 m north.
    assert abs(point.lon - Decimal("111.9005219")) < METRE / 10
    assert abs(point.lat - Decimal("37.5002611")) < METRE / 10
    assert point.approximate


def test_a_xian_80_point_says_that_it_is_approximate():
    assert locate("111.9", "37.5", "xian80").approximate
    projected = locate_projected("37580000.5", "4157000", "xian80")
    assert projected.approximate
    # Its own ellipsoid is three metres larger than ours, so the point is another one.
    assert projected.lat != locate_projected("37580000.5", "4157000").lat


def test_wgs84_degrees_are_taken_as_they_are():
    assert locate("111.9", "37.5", "wgs84") == locate("111.9", "37.5")


@given(LONGITUDES, LATITUDES, st.sampled_from(sorted(DATUMS)))
def test_any_point_of_the_country_is_placed_within_a_kilometre(lon, lat, datum):
    point = locate(lon, lat, datum)
    assert abs(point.lon - lon) < Decimal("0.02")
    assert abs(point.lat - lat) < Decimal("0.01")


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(sorted(DATUMS)))
def test_any_words_give_a_point_or_a_sentence(lon, lat, datum):
    for read in (locate, locate_projected):
        try:
            read(lon, lat, datum)
        except BadCoordinate as refusal:
            assert str(refusal).endswith("。")
