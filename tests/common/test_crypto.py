"""Encrypted values open in their own place only, and closed is closed."""

import os
import stat

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from common.crypto import Keyring
from common.keyfiles import KeyringError
from common.sealing import CannotDecrypt

HERE = "parties|p1|id_number"
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return Keyring.create(tmp_path_factory.mktemp("keys") / "keys")


@QUICK
@given(st.text())
def test_a_value_opens_in_its_own_place(keys, plaintext):
    assert keys.decrypt(keys.encrypt(plaintext, HERE), HERE) == plaintext


@QUICK
@given(st.text(), st.text(max_size=30))
def test_a_value_moved_to_another_place_does_not_open(keys, plaintext, elsewhere):
    assume(elsewhere != HERE)
    token = keys.encrypt(plaintext, HERE)
    with pytest.raises(CannotDecrypt):
        keys.decrypt(token, elsewhere)
    with pytest.raises(CannotDecrypt):
        keys.rewrap(token, elsewhere)


@QUICK
@given(st.text(max_size=20), st.data())
def test_a_single_changed_character_does_not_open(keys, plaintext, data):
    token = keys.encrypt(plaintext, HERE)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("AbZ019-_=.é "))
    assume(other != token[place])
    with pytest.raises(CannotDecrypt):
        keys.decrypt(token[:place] + other + token[place + 1 :], HERE)


@QUICK
@given(st.text(max_size=60))
def test_what_was_never_a_token_does_not_open(keys, text):
    for token in (text, f"v1.1.{text}.{text}"):
        with pytest.raises(CannotDecrypt):
            keys.decrypt(token, HERE)


@pytest.mark.parametrize("token", [None, b"v1.1.a.b", "", "v1.1..", "v2.1.AAAA.AAAA"])
def test_an_empty_field_is_no_value(keys, token):
    with pytest.raises(CannotDecrypt):
        keys.decrypt(token, HERE)


def test_another_spelling_of_the_same_bytes_does_not_open(keys):
    # 28 sealed bytes leave four unused bits in the last character: AAAA and AAAB would both do.
    token = keys.encrypt("", HERE)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = token[:-1] + alphabet[alphabet.index(token[-1]) + 1]
    with pytest.raises(CannotDecrypt):
        keys.decrypt(twin, HERE)


def test_a_damaged_value_is_not_rewrapped(tmp_path):
    keys = Keyring.create(tmp_path)
    parts = keys.encrypt("张三", HERE).split(".")
    parts[3] = ("B" if parts[3][0] != "B" else "C") + parts[3][1:]
    keys.add_master_key()
    with pytest.raises(CannotDecrypt):
        keys.rewrap(".".join(parts), HERE)


def test_two_rotations_at_once_do_not_overwrite_each_other(tmp_path, monkeypatch):
    slow = Keyring.create(tmp_path)
    Keyring(tmp_path).add_master_key()
    before = (tmp_path / "field-2.key").read_bytes()
    monkeypatch.setattr(Keyring, "_read_masters", lambda self: None)
    with pytest.raises(KeyringError, match="已存在"):
        slow.add_master_key()
    assert (tmp_path / "field-2.key").read_bytes() == before


def test_the_two_halves_of_two_values_do_not_make_a_third(keys):
    one, two = (keys.encrypt(value, HERE).split(".") for value in ("张三", "李四"))
    with pytest.raises(CannotDecrypt):
        keys.decrypt(".".join([*one[:3], two[3]]), HERE)


def test_one_value_encrypted_twice_looks_different(keys):
    one, two = keys.encrypt("张三", HERE), keys.encrypt("张三", HERE)
    assert one != two
    assert one.startswith("v1.1.")
    assert "张三" not in one


def test_after_rotation_old_values_open_and_new_ones_use_the_new_key(tmp_path):
    keys = Keyring.create(tmp_path)
    old = keys.encrypt("张三", HERE)
    assert keys.add_master_key() == "2"
    new = keys.encrypt("张三", HERE)
    assert new.startswith("v1.2.")
    assert keys.decrypt(old, HERE) == keys.decrypt(new, HERE) == "张三"


def test_rewrapping_keeps_the_value_and_lets_the_old_key_go(tmp_path):
    keys = Keyring.create(tmp_path)
    old = keys.encrypt("张三", HERE)
    keys.add_master_key()
    renewed = keys.rewrap(old, HERE)
    assert renewed.startswith("v1.2.")
    assert renewed.split(".")[3] == old.split(".")[3]
    assert keys.rewrap(renewed, HERE) == renewed
    (tmp_path / "field-1.key").unlink()
    later = Keyring(tmp_path)
    assert later.decrypt(renewed, HERE) == "张三"
    with pytest.raises(CannotDecrypt):
        later.decrypt(old, HERE)


def test_a_running_process_finds_a_key_that_another_one_made(tmp_path):
    running = Keyring.create(tmp_path)
    other = Keyring(tmp_path)
    other.add_master_key()
    assert running.decrypt(other.encrypt("张三", HERE), HERE) == "张三"


def test_the_tenth_key_is_newer_than_the_ninth(tmp_path):
    keys = Keyring.create(tmp_path)
    for _ in range(9):
        keys.add_master_key()
    assert keys.current_key_id == "10"


def test_other_keys_do_not_open_it(keys, tmp_path):
    with pytest.raises(CannotDecrypt):
        Keyring.create(tmp_path).decrypt(keys.encrypt("张三", HERE), HERE)


@QUICK
@given(st.text(), st.text())
def test_equal_values_have_equal_indexes_and_others_do_not(keys, one, two):
    assert (keys.blind_index(one, "id") == keys.blind_index(two, "id")) == (one == two)


def test_an_index_is_apart_for_each_purpose_and_each_installation(keys, tmp_path):
    assert keys.blind_index("x", "id") != keys.blind_index("x", "phone")
    assert keys.blind_index("bc", "a") != keys.blind_index("c", "ab")
    assert keys.blind_index("x", "id") != Keyring.create(tmp_path).blind_index("x", "id")
    assert len(keys.blind_index("x", "id")) == 64


def test_an_index_stays_the_same_when_master_keys_rotate(tmp_path):
    keys = Keyring.create(tmp_path)
    before = keys.blind_index("x", "id")
    keys.add_master_key()
    assert Keyring(tmp_path).blind_index("x", "id") == before


def test_keys_are_never_overwritten(tmp_path):
    Keyring.create(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(KeyringError, match="不能覆盖"):
        Keyring.create(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_has_lost_a_key_gets_no_new_one_by_accident(tmp_path):
    Keyring.create(tmp_path)
    (tmp_path / "field-1.key").unlink()
    with pytest.raises(KeyringError, match="没有主密钥"):
        Keyring(tmp_path)
    with pytest.raises(KeyringError, match="不能覆盖"):
        Keyring.create(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_key_files_are_for_their_owner_only(tmp_path):
    Keyring.create(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (tmp_path / "keys/index.key").chmod(0o640)
    with pytest.raises(KeyringError, match="权限过宽"):
        Keyring(tmp_path / "keys")


@pytest.mark.parametrize("content", [b"", b"short", b"AAAA", b"\xff" * 32])
def test_a_damaged_key_file_is_refused(tmp_path, content):
    Keyring.create(tmp_path)
    (tmp_path / "index.key").write_bytes(content)
    with pytest.raises(KeyringError, match="恢复密钥备份"):
        Keyring(tmp_path)


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(KeyringError):
        Keyring(tmp_path / "nowhere")


def test_the_keyring_does_not_print_its_keys(keys):
    assert repr(keys).startswith("Keyring('")
    assert "b'" not in repr(keys)
