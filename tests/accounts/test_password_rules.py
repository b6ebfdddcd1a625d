"""What a weak password is told, in Chinese."""

import re

import pytest
from django.contrib.auth.password_validation import get_default_password_validators

from accounts.models import User
from accounts.services import passwords
from common.errors import Refused

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


def test_every_rule_explains_itself_in_chinese():
    for rule in get_default_password_validators():
        assert not re.search("[A-Za-z]{3}", str(rule.get_help_text()))


def test_a_good_password_passes():
    passwords.check("mei-kuang-2026-an", PERSON)
