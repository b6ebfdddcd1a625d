"""Which line of the menu is marked: of the person's own lines the one the page belongs to."""

import pytest
from django.urls import reverse


def marked(client, address: str) -> list[str]:
    """The labels of the marked lines."""
    page = client.get(address)
    assert page.status_code == 200
    return [line["label"] for line in page.context["navigation"] if line["current"]]


@pytest.mark.django_db
def test_duties_belong_to_the_ledgers_of_who_keeps_one_and_stand_alone_for_who_does_not(cast, sign_in):
    duties = reverse("campaigns:duties")
    assert marked(sign_in(cast.liaison), duties) == ["台账"]
    assert marked(sign_in(cast.reporter), duties) == ["报送任务"]
    assert marked(sign_in(cast.reporter), reverse("clues:list")) == ["线索"]
