"""Numbers of articles: 第三百四十二条 and 342."""

DIGITS = "零一二三四五六七八九"
PLACES = {"千": 1000, "百": 100, "十": 10}


def to_int(text: str) -> int:
    """三百四十二, 十, 〇, or figures (also full-width) as a number. Raises ValueError for the rest."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, None
    for sign in text.replace("〇", "零").replace("两", "二"):
        if sign in PLACES:
            total += PLACES[sign] * (1 if digit is None else digit)
            digit = None
        else:
            digit = DIGITS.index(sign) or None
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """1 to 9999 as the law writes it: 十, 二十一, 一百零五, 三百四十二."""
    written, gap = "", False
    for sign, worth in PLACES.items():
        digit, number = divmod(number, worth)
        if digit:
            written += ("零" if gap else "") + (DIGITS[digit] if written or digit > 1 or worth > 10 else "")
            written, gap = written + sign, False
        else:
            gap = bool(written)
    return written + (("零" if gap else "") + DIGITS[number] if number else "")
