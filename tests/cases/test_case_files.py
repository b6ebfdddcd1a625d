"""上传材料: type- and size-checked, hashed; who may open them."""

import hashlib

import pytest

from cases.services import investigation
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post
from tests.papers import OTHER_PHOTO


@pytest.fixture
def filed(cast):
    """A case with one paper in its file."""
    return investigation.add_case_files(
        by=cast.handler, case=making.filed_case(cast), files=[making.scan("笔录.pdf")], kind="笔录"
    )


def test_several_files_at_once_with_their_digest(cast, sign_in):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "add_case_files",
        kind="现场照片",
        stage="investigation",
        files=[making.photo("一.jpg"), making.photo("二.jpg", OTHER_PHOTO)],
    )
    assert response.status_code == 302
    kept = [one.file for one in case.files.all()]
    assert [one.name for one in kept] == ["一.jpg", "二.jpg"]
    assert kept[1].sha256 == hashlib.sha256(OTHER_PHOTO).hexdigest()
    assert last_entry(case).changes["材料"][1] == ["一.jpg", "二.jpg"]


def test_what_is_not_what_it_claims_is_refused(cast):
    case = making.filed_case(cast)
    with pytest.raises(Refused, match=r"假\.pdf"):
        investigation.add_case_files(
            by=cast.handler, case=case, files=[making.scan("假.pdf", b"MZ program")], kind="x"
        )
    assert not case.files.exists()


def test_its_own_county_and_the_prefecture_open_it_strangers_do_not(cast, sign_in, filed):
    address = filed.files.get().file.get_absolute_url()
    for part in ("handler", "chief", "prefecture", "province"):
        assert sign_in(getattr(cast, part)).get(address).status_code == 200, part
    for part in ("neighbour_chief", "other_prefecture", "police", "procurator", "reporter"):
        assert sign_in(getattr(cast, part)).get(address).status_code == 404, part


def test_who_may_add(cast, sign_in):
    assert_only(cast, sign_in, making.filed_case(cast), "add_case_files", "handler", "legal")
