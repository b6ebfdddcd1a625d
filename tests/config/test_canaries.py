"""An informant's name, number and letter stand in no byte of the disk, the database or a backup."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.config.houses import SETUP, House, empty_house

NAME, PHONE, IDENTITY = "闻人举报芷若", "18735899761", "141122190001010012"
BODY = "canary-behind-the-weir-8f3a"
ADMINISTRATOR = ("--region", "141122", "--admin-name", "张三", "--admin-username", "zhangsan")
CANARIES = (NAME, PHONE, IDENTITY, BODY)
# Of the letter: whoever has a copy of it would recognise it.
DIGEST = hashlib.sha256(b"%PDF-1.4 " + BODY.encode() * 90000).hexdigest()
# Registered with a letter too large for memory; the same in a form that is refused; the list taken along.
ROAD = (
    SETUP
    + """
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from accounts.models import Agency, Posting, StagedUpload, User, local_today
from clues.models import Clue
name, phone, identity, body = {canaries!r}
agency = Agency.objects.get(code="141122-zrzy")
person = User.objects.create_user("wangdj", "王登记", password="mei-kuang-2026-an", agency=agency)
Posting.objects.create(user=person, agency=agency, role="intake", since=local_today())
client = Client(headers={{"host": "localhost"}})
client.force_login(person, backend="accounts.backends.PersonBackend")
def letter():
    return SimpleUploadedFile(name + ".pdf", b"%PDF-1.4 " + body.encode() * 90000)
rows = {{"party-TOTAL_FORMS": "0", "party-INITIAL_FORMS": "0", "party-MIN_NUM_FORMS": "0",
        "party-MAX_NUM_FORMS": "60", "source": "patrol", "received_on": local_today().isoformat(),
        "place": "东沟口", "informant_name": name, "informant_phone": phone, "informant_identity": identity}}
refused = client.post("/clues/new/", rows | {{"summary": "", "informant_files": letter()}})
assert refused.status_code == 422 and StagedUpload.objects.count() == 1
done = client.post("/clues/new/", rows | {{"summary": "沟内有人采煤", "informant_files": letter()}})
assert done.status_code == 302, done.content.decode()
clue = Clue.objects.get()
assert clue.informant.files.count() == 1
assert b"".join(client.get("/clues/?export=xlsx"))
"""
)


def found_in(folder: Path) -> list[str]:
    """Which canaries stand in which files, in any shape in which they are written here."""
    hits = []
    for path in folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        for canary in (*CANARIES, DIGEST):
            shapes = (canary.encode(), canary.encode("utf-16-le"), json.dumps(canary)[1:-1].encode())
            hits += [f"{path.name}: {canary}" for shape in shapes if shape in raw]
    return hits


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A county in which somebody has reported; and its backup, beside it."""
    place = tmp_path_factory.mktemp("canaries")
    house = empty_house(place / "var")
    house.manage("serve", "--no-serve", *ADMINISTRATOR)
    house.run("-c", ROAD.format(canaries=CANARIES))
    house.manage("backup", place / "backup", "--keys", place / "keys")
    return house, place


def test_the_search_finds_one_that_is_there(tmp_path):
    (tmp_path / "letter").write_bytes(b"%PDF " + NAME.encode())
    assert found_in(tmp_path) == [f"letter: {NAME}"]


def test_no_byte_of_the_house_or_of_its_backup_says_it(county):
    house, place = county
    kept = list((house.folder / "files" / ".staged").iterdir())
    assert len(kept) == 1, "the refused form's letter waits"
    assert sum(1 for path in (place / "backup" / "files").rglob("*") if path.is_file()) == 1
    assert found_in(house.folder) == []
    assert found_in(place / "backup") == []


def test_restored_elsewhere_it_opens_and_still_stands_nowhere(county, tmp_path):
    _, place = county
    other = House(tmp_path / "var")
    other.manage("restore", place / "backup", "--keys", place / "keys")
    read = SETUP + (
        "from accounts.services import files\n"
        "from clues.models import InformantFile\n"
        "print(len(files.open_checked(InformantFile.objects.get().file).read()))\n"
    )
    assert other.run("-c", read).strip() == str(len("%PDF-1.4 ") + 90000 * len(BODY))
    assert found_in(other.folder) == []
