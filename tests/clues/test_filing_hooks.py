"""What cases call down: a clue goes to filing, is settled as filed, or comes back."""

import re

import pytest

from clues.services.filing import hand_back, hand_to_filing, settle_as_filed
from common.errors import Refused, Stale
from tests.clues.making import last_entry, open_clocks, pending, proposed, registered, verified


def test_it_goes_and_is_settled(cast):
    clue = hand_to_filing(by=cast.handler, clue=verified(cast))
    assert clue.state == "filing"
    assert last_entry(clue).label == "呈批立案"
    clue = settle_as_filed(by=cast.deputy, clue=clue, case_number="交自然资立字〔2026〕1号")
    assert (clue.state, clue.outcome) == ("settled", "filing")
    assert last_entry(clue).changes["案号"][1] == "交自然资立字〔2026〕1号"
    assert last_entry(clue).agency == cast.county


def test_it_comes_back_with_the_reason(cast):
    clue = hand_to_filing(by=cast.handler, clue=verified(cast))
    clue = hand_back(by=cast.deputy, clue=clue, reason="事实不清")
    assert clue.state == "verified"
    assert last_entry(clue).reason == "事实不清"


def test_also_from_what_was_put_aside(cast):
    clue = hand_to_filing(by=cast.handler, clue=pending(cast))
    assert open_clocks(clue) == []


@pytest.mark.parametrize("make", [registered, proposed])
def test_not_before_it_was_looked_at_nor_while_it_waits(cast, make):
    with pytest.raises(Refused, match="不能呈批立案"):
        hand_to_filing(by=cast.handler, clue=make(cast))


def test_nothing_is_settled_or_handed_back_that_never_went(cast):
    clue = verified(cast)
    for deed in (
        lambda: settle_as_filed(by=cast.deputy, clue=clue),
        lambda: hand_back(by=cast.deputy, clue=clue, reason="不"),
    ):
        with pytest.raises(Refused):
            deed()


def test_a_stale_clue_is_not_filed(cast):
    clue = verified(cast)
    with pytest.raises(Stale):
        hand_to_filing(by=cast.handler, clue=clue, version=1)


STRONG = re.compile(r'class="button button--act next__button"\s+href="([^"]+)"')


def led(client, clue):
    """Where the strong buttons of 下一步 lead, and every open act as (name, place)."""
    page = client.get(clue.get_absolute_url())
    acts = [(row["name"], row["place"]) for row in page.context["acts"] if row["open"]]
    return STRONG.findall(page.content.decode()), acts


def test_filing_is_the_one_strong_button_of_a_verified_clue(cast, sign_in):
    clue = verified(cast)
    strong, acts = led(sign_in(cast.handler), clue)
    assert strong == [f"/cases/from-clue/{clue.public_id}/"], "there at once, not fetched later"
    assert acts[:2] == [("propose_filing", "lead"), ("propose_disposition", "now")]
    strong, acts = led(sign_in(cast.intake), clue)
    assert strong == [] and "propose_filing" not in dict(acts)


def test_a_clue_that_waits_is_looked_at_again_before_it_is_filed(cast, sign_in):
    clue = pending(cast)
    strong, acts = led(sign_in(cast.handler), clue)
    assert strong == [f"/clues/{clue.public_id}/verify/"]
    assert ("propose_filing", "now") in acts[:3]


def test_who_proposes_otherwise_finds_filing_beside_the_form(cast, sign_in):
    clue = verified(cast)
    page = sign_in(cast.handler).get(f"/clues/{clue.public_id}/propose/").content.decode()
    assert f'href="/cases/from-clue/{clue.public_id}/">呈批立案</a>' in page
