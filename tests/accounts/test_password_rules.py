"""What a weak password is told, in Chinese."""

import re

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import get_default_password_validators

from accounts.models import HouseMark, User
from accounts.services import passwords
from common.errors import Refused
from config.settings import base

pytestmark = pytest.mark.django_db
PERSON = User(username="zhangsanfeng", name="张三丰真人在此山中居住", phone="13834567890")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("mei-kuang", "密码太短，至少要 12 个字符。"),
        ("123456789012", "密码"),
        ("zhangsanfeng1", "登录名"),
        ("张三丰真人在此山中居住吗", "姓名"),
        ("13834567890a", "联系电话"),
    ],
)
def test_a_weak_password_is_told_why_in_chinese(password, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        passwords.check(password, PERSON)
    assert not re.search("[A-Za-z]{3}", refused.value.sentence)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("aaaaaaaaaaaaaa", "重复"),
        ("ab1!ab1!ab1!ab1!", "重复"),
        ("aaaabbbbccccdddd", "重复"),
        ("Jiao-Cheng 2026!", "所剩太少"),
        ("luliang20262026", "所剩太少"),
        ("山西省吕梁市交城县自然资源局1", "所剩太少"),
        ("kuangan-demo-2026", "所剩太少"),
        ("Handler_handler_9", "登录名"),
    ],
)
def test_what_a_guesser_in_the_office_tries_first_is_refused(cast, password, sentence):
    with pytest.raises(Refused, match=sentence):
        passwords.check(password, cast.handler)


def test_a_place_beside_something_nobody_guesses_passes(cast):
    passwords.check("交城的苹果树今年开了七朵花", cast.handler)


def test_the_people_of_the_demo_keep_the_password_everybody_is_told(cast):
    HouseMark.objects.create(name="demo")
    passwords.check("kuangan-demo-2026", cast.handler)


def test_a_password_is_hashed_by_argon2_and_an_older_hash_still_opens(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    assert make_password("mei-kuang-2026-an").startswith("argon2$argon2id$")
    older = make_password("mei-kuang-2026-an", hasher="pbkdf2_sha256")
    assert check_password("mei-kuang-2026-an", older)


def test_every_rule_explains_itself_in_chinese():
    for rule in get_default_password_validators():
        assert not re.search("[A-Za-z]{3}", str(rule.get_help_text()))


def test_a_good_password_passes():
    passwords.check("mei-kuang-2026-an", PERSON)
