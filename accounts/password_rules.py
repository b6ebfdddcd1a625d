"""Password rules: those whose words Django has no Chinese for, and what an office's guessers try first."""

import re

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from accounts.models import Region, User
from accounts.services import installation
from common.pinyin import readings
from common.words import squeeze

# Fewer different characters than this, or one piece said again and again, is a repeat.
FEWEST_CHARACTERS = 5
# What must be left of a password without the words everybody in the office knows.
LEFT_OVER = 8
HOUSE_WORDS = ("矿案通", "kuangantong", "kuangan", "自然资源", "ziranziyuan", "password", "demo", "admin")
_DIVISION = re.compile("(省|市|县|区|旗|镇|乡|街道|自治.+|特别行政区)$")


class MinimumLength(password_validation.MinimumLengthValidator):
    """Django's rule in Chinese: its catalogue lacks these two sentences."""

    def get_error_message(self):
        """What is wrong."""
        return f"密码太短，至少要 {self.min_length} 个字符。"

    def get_help_text(self):
        """What is asked for."""
        return f"密码至少 {self.min_length} 个字符。"


class NoRepeats:
    """No aaaaaaaaaaaa, no abcabcabcabc."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse one piece said again and again, or too few different characters."""
        several = password in (password + password)[1:-1]
        if several or len(set(password)) < FEWEST_CHARACTERS:
            raise ValidationError("密码里同样的字符重复太多，请换成不重复的。")

    def get_help_text(self) -> str:
        """What is asked for."""
        return "密码不能由几个字符重复而成。"


class NoKnownWords:
    """The sign-in name, the place and the product's words are known to everybody: enough must be left
    without them. The demo's people, whose password everybody is told, are let be."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse a password that is little more than words everybody knows."""
        if user is None or installation.is_demo():
            return
        whole = rest = _letters(password)
        known = {*HOUSE_WORDS, user.username, *_places(user)}
        for word in sorted(map(_letters, known), key=len, reverse=True):
            rest = rest.replace(word, "") if len(word) > 1 else rest
        if rest != whole and (len(rest) < LEFT_OVER or rest.isdigit()):
            raise ValidationError("密码里除了登录名、地名和本系统的名称，所剩太少。请另加别人想不到的内容。")

    def get_help_text(self) -> str:
        """What is asked for."""
        return "密码不能主要由登录名、地名（含拼音）组成。"


def _letters(text: str) -> str:
    """Letters, characters and digits alone, without case."""
    return re.sub(r"\W|_", "", squeeze(text).casefold())


def _places(user: User) -> set[str]:
    """The names of the person's own divisions, with and without 县 or 市, in characters and in pinyin."""
    words: set[str] = set()
    region: Region | None = user.agency.region if user.agency_id else None
    while region is not None:
        for name in (region.name, _DIVISION.sub("", region.name)):
            pinyin = "".join(readings(name))
            words |= {name, pinyin, pinyin.replace("v", "u")}
        region = region.parent
    return words
