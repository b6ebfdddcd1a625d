"""Characters read aloud, without tones."""


def readings(text: str) -> list[str]:
    """The pinyin of each sign; "" where it has none.

    The dictionary is loaded when first asked for: a quarter of what starting any command costs.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    # Not Style.FIRST_LETTER: it stumbles over a character whose pinyin nobody has written down (㐂, 嗧).
    return lazy_pinyin(text, style=Style.NORMAL, errors=lambda rest: [""] * len(rest))
