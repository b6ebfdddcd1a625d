"""Sealed fields: bound to row and field, found by blind index only, keys apart and 0600."""

import stat
import threading
from pathlib import Path

import pytest
from django.db import connection

from accounts.services import secrets
from common.crypto import Keyring
from common.keyfiles import KeyringError
from common.sealing import CannotDecrypt
from registry.models import Party

NUMBER = "141122190001010012"


@pytest.fixture
def party(cast):
    """A person whose identity number is sealed."""
    party = Party(agency=cast.county, name="张某", name_fold="张某")
    party.identity_sealed = secrets.seal(NUMBER, party, "identity")
    party.identity_index = secrets.blind_index(NUMBER, "identity")
    party.save()
    return party


@pytest.fixture
def own_keys(settings, tmp_path):
    """A folder of keys of this test's own."""
    settings.KEYS_DIR = tmp_path / "keys"
    return Path(settings.KEYS_DIR) / "fields"


@pytest.fixture
def other_keys(own_keys):
    """Keys of another house, in that folder."""
    Keyring.create(own_keys)
    return own_keys


def test_a_sealed_value_opens_again(party):
    fresh = Party.objects.get(pk=party.pk)
    assert secrets.open_sealed(fresh.identity_sealed, fresh, "identity") == NUMBER


def test_the_database_holds_nothing_of_it(party):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_party")
        assert NUMBER not in str(cursor.fetchall())


def test_it_opens_in_no_other_row_and_no_other_field(cast, party):
    other = Party.objects.create(agency=cast.county, name="李某", name_fold="李某")
    for thing, field in ((other, "identity"), (party, "phone")):
        with pytest.raises(CannotDecrypt):
            secrets.open_sealed(party.identity_sealed, thing, field)


def test_a_damaged_value_never_opens_as_something_else(party):
    token = party.identity_sealed
    for broken in (token[:-2], token[:-1] + "A", "v2" + token[2:], NUMBER):
        if broken != token:
            with pytest.raises(CannotDecrypt):
                secrets.open_sealed(broken, party, "identity")


def test_two_seals_of_one_value_differ_and_its_index_does_not(party):
    assert secrets.seal(NUMBER, party, "identity") != secrets.seal(NUMBER, party, "identity")
    index = secrets.blind_index(NUMBER, "identity")
    assert Party.objects.get(identity_index=index) == party
    assert index != secrets.blind_index(NUMBER, "phone")
    assert NUMBER not in index


def test_nothing_entered_stays_nothing(party):
    assert secrets.seal("", party, "phone") == ""
    assert secrets.open_sealed("", party, "phone") == ""
    assert secrets.blind_index("", "phone") == ""


def test_keys_are_files_of_the_owner_only(party, other_keys):
    kept = list(other_keys.glob("*.key"))
    assert {path.name for path in kept} == {"index.key", "field-1.key"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def test_a_key_open_to_others_is_not_used(party, other_keys):
    (other_keys / "field-1.key").chmod(0o644)
    secrets._ring.cache_clear()
    with pytest.raises(KeyringError, match="0600"):
        secrets.seal(NUMBER, party, "identity")


def test_without_its_key_a_value_stays_shut(party, other_keys):
    with pytest.raises(CannotDecrypt):
        secrets.open_sealed(party.identity_sealed, party, "identity")


def test_the_first_use_makes_no_keys(party, own_keys):
    with pytest.raises(KeyringError):
        secrets.seal(NUMBER, party, "identity")
    assert not own_keys.exists()


def test_many_that_start_at_once_make_one_ring(own_keys, monkeypatch):
    monkeypatch.setattr(secrets.KeyMark.objects, "exists", lambda: False)  # a new house, asked in threads
    barrier, indexes = threading.Barrier(8), []

    def first():
        barrier.wait()
        secrets.make_first()
        indexes.append(Keyring(own_keys).blind_index(NUMBER, "identity"))

    threads = [threading.Thread(target=first) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(indexes) == 8 and len(set(indexes)) == 1
    assert [path.name for path in own_keys.parent.iterdir()] == ["fields"]


def test_a_new_master_key_reads_the_old_and_rewraps(party, other_keys):
    token = secrets.seal(NUMBER, party, "identity")
    secrets.ring().add_master_key()
    rewrapped = secrets.rewrap(token, party, "identity")
    assert rewrapped.split(".")[1] == "2"
    for each in (token, rewrapped):
        assert secrets.open_sealed(each, party, "identity") == NUMBER
