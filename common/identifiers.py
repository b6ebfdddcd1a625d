"""Identity card numbers (GB 11643), unified social credit codes (GB 32100), and their masks.

The sentences of errors never repeat the number: they may end up on a page or in a log.
"""

import re
from dataclasses import dataclass
from datetime import date

from common.words import squeeze


class BadIdentifier(ValueError):
    """The number cannot be what it claims to be; the text is a sentence for the person."""


# ---------------------------------------------------------------- identity cards

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
# Provinces, with 81 to 83 for residents from Hong Kong, Macao and Taiwan. A leading 9 is the
# permanent residence card of foreigners. Counties are not checked: old ones remain in numbers.
_PROVINCES = (
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64"),
    *("65", "71", "81", "82", "83"),
)


@dataclass(frozen=True)
class IdCard:
    """What a valid number says: 18 characters, the birth date, 男 or 女, the division's code."""

    normalised: str
    birth: date
    sex: str
    region: str


def check_id_card(text: object, *, today: date | None = None) -> IdCard:
    """Read an 18-digit identity number, typed with spaces, full width or small x as may be.

    Raises BadIdentifier with a sentence saying what is wrong. With `today`, a birth date after
    it is refused too.
    """
    number = squeeze(text).upper()
    if not number:
        raise BadIdentifier("没有填写身份证号码，请填写18位号码。")
    if re.fullmatch(r"[0-9]{15}", number):
        raise BadIdentifier("这是15位的旧号码，请填写18位身份证号码。")
    if len(number) != 18:
        raise BadIdentifier(f"身份证号码应为18位，现在是{len(number)}位，请核对。")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadIdentifier("身份证号码前17位应为数字，末位为数字或X，请核对。")
    if number[:2] not in _PROVINCES and number[0] != "9":
        raise BadIdentifier("身份证号码前两位不是有效的地区代码，请核对。")
    birth = _birth(number[6:14], today)
    if _ID_CHECKS[_weigh(number[:17], _ID_WEIGHTS) % 11] != number[17]:
        raise BadIdentifier("身份证号码末位校验不符，请对照证件逐位核对。")
    return IdCard(number, birth, "男" if int(number[16]) % 2 else "女", number[:6])


def _birth(digits: str, today: date | None) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadIdentifier("身份证号码中的出生日期不存在，请核对第7至14位。") from None
    if today and birth > today:
        raise BadIdentifier("身份证号码中的出生日期晚于今天，请核对第7至14位。")
    return birth


def _weigh(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


# ---------------------------------------------------------------- social credit codes

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class CreditCode:
    """A code of right form: 18 characters, division and organisation parts, and what is odd."""

    normalised: str
    region: str
    organisation: str
    warnings: tuple[str, ...] = ()


def check_credit_code(text: object) -> CreditCode:
    """Read a unified social credit code.

    A wrong form raises BadIdentifier. A wrong check character is only a warning: codes handed
    out in the pilot years fail the check and are valid all the same.
    """
    code = squeeze(text).upper()
    if not code:
        raise BadIdentifier("没有填写统一社会信用代码，请填写18位代码。")
    if len(code) != 18:
        raise BadIdentifier(f"统一社会信用代码应为18位，现在是{len(code)}位，请核对营业执照。")
    wrong = sorted(set(code) - set(_USCC_ALPHABET))
    if wrong:
        raise BadIdentifier(
            f"统一社会信用代码只用数字和除I、O、S、V、Z以外的大写字母，其中的“{'、'.join(wrong)}”请核对。"
        )
    if not code[2:8].isdigit():
        raise BadIdentifier("统一社会信用代码第3至8位应为登记机关的行政区划数字，请核对。")
    return CreditCode(code, code[2:8], code[8:17], _credit_code_warnings(code))


def _credit_code_warnings(code: str) -> tuple[str, ...]:
    warnings = []
    if credit_code_check(code[:17]) != code[17]:
        warnings.append("统一社会信用代码末位校验不符，如与营业执照一致可以保存。")
    if organisation_check(code[8:16]) != code[16]:
        warnings.append("统一社会信用代码中的组织机构代码校验不符，如与营业执照一致可以保存。")
    return tuple(warnings)


def credit_code_check(first17: str) -> str:
    """The 18th character that belongs to the first seventeen (GB 32100)."""
    total = sum(
        _USCC_ALPHABET.index(char) * weight for char, weight in zip(first17, _USCC_WEIGHTS, strict=True)
    )
    return _USCC_ALPHABET[-total % 31]


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714)."""
    total = sum(_ORG_ALPHABET.index(char) * weight for char, weight in zip(first8, _ORG_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


# ---------------------------------------------------------------- masks


def mask_id(number: object) -> str:
    """First and last four characters; a short number keeps only its first."""
    text = squeeze(number)
    if len(text) < 12:
        return text[:1] + "*" * (len(text) - 1)
    return text[:4] + "*" * (len(text) - 8) + text[-4:]


def mask_name(name: object) -> str:
    """The first character and two stars, whatever the length: 张**."""
    text = squeeze(name)
    return text[:1] + "**" if text else ""


def mask_phone(phone: object) -> str:
    """The first three and last four of a full number; of a shorter one the last two."""
    text = squeeze(phone)
    if len(text) < 10:
        return "*" * (len(text) - 2) + text[-2:] if len(text) > 4 else "*" * len(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]
