"""Rule 7: distinct persons ever by date of execution; naming people consumes a base."""

import pytest

from tests.ledgers import build

ADMINISTRATIVE, CRIMINAL, ARREST = "administrative_detention", "criminal_detention", "arrest"


@pytest.fixture
def matter(cast, campaign):
    """A referred matter in a row."""
    case = build.case(cast)
    build.entry(campaign, cast.county, case)
    return build.matter(cast, of=build.referral(cast, case))


def test_a_person_counts_once_however_often_measured(cast, matter, only):
    build.measure(cast, matter, CRIMINAL, "甲", on="05-08")
    build.measure(cast, matter, CRIMINAL, "甲", on="06-08")
    build.measure(cast, matter, CRIMINAL, "乙", on="05-09")
    assert only("05-08").values[CRIMINAL] == 1
    assert only().values[CRIMINAL] == 2


def test_an_arrest_does_not_reduce_the_detentions(cast, matter, only):
    build.measure(cast, matter, CRIMINAL, "甲", on="05-08")
    build.measure(cast, matter, ARREST, "甲", on="06-01")
    values = only().values
    assert (values[CRIMINAL], values[ARREST]) == (1, 1)


def test_a_withdrawn_measure_never_was(cast, matter, only):
    made = build.measure(cast, matter, CRIMINAL, "甲")
    made.withdrawn_at = "2026-05-09T00:00:00Z"
    made.save()
    assert only().values[CRIMINAL] is None


def test_a_person_counts_in_one_row_of_the_campaign(cast, campaign, matter, drawn):
    second = build.case(cast, names=("李某",), agency=cast.neighbour)
    build.entry(campaign, cast.neighbour, second, party="李某")
    other = build.matter(cast, of=build.referral(cast, second))
    build.measure(cast, other, ARREST, "甲", on="06-02")
    build.measure(cast, matter, ARREST, "甲", on="06-01")
    build.measure(cast, other, ARREST, "乙", on="06-02")
    counted = {row.values["party"]: row.values[ARREST] for row in drawn()}
    assert counted == {"张某某": 1, "李某": 1}
    (row,) = drawn(agency=cast.neighbour)
    assert row.values[ARREST] == 1
    left_out = [source for source in row.evidence[ARREST] if not source.counted]
    assert [source.note for source in left_out] == ["此人已计入另一条目，不重复计数"]


def test_in_another_campaign_the_person_counts_again(cast, matter, drawn):
    build.measure(cast, matter, ARREST, "甲")
    other = build.campaign(cast, code="other")
    build.entry(other, cast.county, matter)
    from ledgers.services.drawing import draw

    assert draw(other, as_of=build.day("11-30"))[0].values[ARREST] == 1
    assert drawn()[0].values[ARREST] == 1


def test_a_paper_count_stands_until_people_are_named(cast, matter, only):
    build.measure(cast, matter, CRIMINAL, persons=3, on="05-10")
    assert only().values[CRIMINAL] == 3
    build.measure(cast, matter, CRIMINAL, "甲", on="05-09")
    assert only().values[CRIMINAL] == 3
    for name in "乙丙丁":
        build.measure(cast, matter, CRIMINAL, name, on="05-10")
    assert only().values[CRIMINAL] == 4
    build.measure(cast, matter, CRIMINAL, "戊", on="05-11")
    assert only().values[CRIMINAL] == 5


def test_paper_counts_add_up(cast, matter, only):
    build.measure(cast, matter, ARREST, persons=2, on="05-10")
    build.measure(cast, matter, ARREST, persons=1, on="05-20")
    assert only("05-10").values[ARREST] == 2
    assert only().values[ARREST] == 3


def test_naming_people_consumes_an_imported_base(cast, campaign, only):
    entry = build.imported_entry(campaign, cast, criminal_detention=2, arrest=0)
    assert only().values[CRIMINAL] == 2
    own = build.matter(cast)
    entry.links.create(matter=own)
    build.measure(cast, own, CRIMINAL, "甲", on="05-10")
    assert only().values[CRIMINAL] == 2
    build.measure(cast, own, CRIMINAL, "乙", on="05-10")
    build.measure(cast, own, CRIMINAL, "丙", on="05-15")
    assert only().values[CRIMINAL] == 3
    build.measure(cast, own, CRIMINAL, "丁", on="05-16")
    assert only().values[CRIMINAL] == 4


def test_a_base_named_as_somebody_who_counts_elsewhere_is_consumed_too(cast, campaign, matter, drawn):
    build.measure(cast, matter, ARREST, "甲", on="05-01")
    entry = build.imported_entry(campaign, cast, arrest=1)
    own = build.matter(cast)
    entry.links.create(matter=own)
    build.measure(cast, own, ARREST, "甲", on="05-02")
    assert [row.values[ARREST] for row in drawn()] == [1, 0]


def test_the_sum_never_counts_a_person_twice_whatever_the_order(cast, campaign, drawn):
    people, matters = "甲乙丙丁戊", []
    for number in range(3):
        case = build.case(cast, names=(f"第{number}",))
        build.entry(campaign, cast.county, case, party=f"第{number}")
        matters.append(build.matter(cast, of=build.referral(cast, case)))
    for place, name in enumerate(people):
        for step, matter in enumerate(matters):
            build.measure(cast, matter, ARREST, name, on=f"05-{(place * 7 + step * 5) % 20 + 1:02}")
    assert sum(row.values[ARREST] or 0 for row in drawn()) == len(people)
