"""An open clock says whose thing it runs on: told by what starts it and by what hands the thing over, and
once a day held against the thing."""

from django.utils import timezone

from accounts.models import Clock
from accounts.services import clocks
from cases.services import reassigning
from clues.services import reassigning as clues_reassigning
from reminders.services import clock_homes
from tests.cases.making import filed_case, sent_referral
from tests.clues.making import registered


def homes(thing) -> set[int]:
    """The offices that the open clocks of a thing name."""
    return set(clocks.of(thing).filter(met_at=None).values_list("agency_id", flat=True))


def test_the_clocks_of_a_case_and_of_its_referral_go_along_to_the_office_that_takes_over(cast):
    referral = sent_referral(cast)
    assert (homes(referral.case), homes(referral)) == ({cast.county.pk}, {cast.county.pk})
    reassigning.move_to_agency(by=cast.chief, agency=cast.county, into=cast.neighbour)
    referral.refresh_from_db()
    assert referral.agency == referral.case.agency == cast.neighbour
    assert (homes(referral.case), homes(referral)) == ({cast.neighbour.pk}, {cast.neighbour.pk})
    assert clock_homes.mend(timezone.now()) == 0


def test_the_clock_of_a_clue_goes_along_and_names_the_township_that_reported(cast):
    clue = registered(cast)
    clue.origin_agency = cast.neighbour
    clue.save()
    assert clock_homes.mend(timezone.now()) == 1
    assert set(clocks.of(clue).values_list("origin_id", flat=True)) == {cast.neighbour.pk}
    clues_reassigning.move_to_agency(by=cast.chief, agency=cast.county, into=cast.neighbour)
    assert homes(clue) == {cast.neighbour.pk}


def test_what_names_another_office_than_its_thing_is_set_right_and_what_is_met_is_left(cast):
    case, met = filed_case(cast), registered(cast)
    clocks.meet_all(thing=met)
    Clock.objects.update(agency=cast.neighbour)
    assert clock_homes.mend(timezone.now()) == clocks.of(case).filter(met_at=None).count() > 0
    assert homes(case) == {cast.county.pk}
    assert set(clocks.of(met).values_list("agency_id", flat=True)) == {cast.neighbour.pk}
