"""公安部门处理情况 is confirmed by the county's police liaison, or marked 待公安核对."""

import pytest

from common.digests import digest_of
from common.errors import Forbidden, Refused
from ledgers.models import ImportedValues, LedgerEntry
from ledgers.services.kept import rows_of
from ledgers.services.marking import mark
from ledgers.services.police_half import confirm_police, confirmation_of, police_digest, police_figures
from ledgers.services.verifying import check_submissions
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_detention(cast, campaign, county_ledger):
    """A row whose case public security detained somebody for."""
    case = build.case(cast)
    build.imported(case, criminal_detention=2)
    build.entry(campaign, cast.county, case)
    return county_ledger


def confirm(cast, ledger, by=None):
    rows = rows_of(ledger.campaign, ledger.agency)
    digest = police_digest(rows.form, police_figures(rows))
    return confirm_police(by=by or cast.police, ledger=ledger, digest=digest)


def test_confirmed_figures_stand_with_name_and_time_in_the_submission(cast, with_detention):
    confirm(cast, with_detention)
    submission = acting.submit(cast, with_detention)
    assert submission.police_confirmed_by == cast.police
    assert submission.police_confirmed_at is not None


def test_unconfirmed_figures_may_be_submitted_and_stay_marked(cast, with_detention):
    submission = acting.submit(cast, with_detention)
    assert submission.police_confirmed_at is None


def test_a_figure_that_changed_is_not_confirmed_any_more(cast, with_detention):
    confirm(cast, with_detention)
    ImportedValues.objects.update(values={"criminal_detention": 3})
    mark(LedgerEntry.objects.values_list("pk", flat=True))
    rows = rows_of(with_detention.campaign, with_detention.agency)
    assert confirmation_of(with_detention, rows) is None


def test_what_changed_while_it_was_read_is_not_confirmed(cast, with_detention):
    with pytest.raises(Refused) as refusal:
        confirm_police(by=cast.police, ledger=with_detention, digest=digest_of({}))
    assert "刷新" in refusal.value.sentence


@pytest.mark.parametrize("who", ["liaison", "neighbour_police", "prefecture"])
def test_nobody_else_confirms_the_police_half(cast, with_detention, who):
    with pytest.raises(Forbidden):
        confirm(cast, with_detention, getattr(cast, who))


def test_the_confirmation_is_part_of_what_is_proved(cast, with_detention):
    confirm(cast, with_detention)
    acting.submit(cast, with_detention)
    assert check_submissions() == (1, None)
