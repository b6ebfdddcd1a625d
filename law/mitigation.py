"""Grounds of 减轻处罚 that the law names: who may be fined below the interval, and by which article."""

LAW = "行政处罚法"
# Named in the words of a decision made before the ground was a field of its own.
WRITTEN = "written"
GROUNDS: dict[str, tuple[str, str]] = {
    "minor": ("已满十四周岁不满十八周岁", f"{LAW}第三十条"),
    "disabled": ("尚未完全丧失辨认或者控制自己行为能力的精神病人、智力残疾人", f"{LAW}第三十一条"),
    "undone": ("主动消除或者减轻违法行为危害后果", f"{LAW}第三十二条第（一）项"),
    "forced": ("受他人胁迫或者诱骗实施违法行为", f"{LAW}第三十二条第（二）项"),
    "confessed": ("主动供述行政机关尚未掌握的违法行为", f"{LAW}第三十二条第（三）项"),
    "helped": ("配合行政机关查处违法行为有立功表现", f"{LAW}第三十二条第（四）项"),
    "other": ("法律、法规、规章规定其他应当从轻或者减轻行政处罚", f"{LAW}第三十二条第（五）项"),
    WRITTEN: ("写在处罚依据里的情形", f"{LAW}第三十条、第三十二条"),
}


def choices() -> list[tuple[str, str]]:
    """(code, words with article) of each, for a form; not what only older decisions have."""
    return [(code, f"{words}（{article}）") for code, (words, article) in GROUNDS.items() if code != WRITTEN]


def article_of(code: str) -> str:
    """The article of a ground; "" where none is named."""
    return GROUNDS[code][1] if code else ""


def words_of(code: str) -> str:
    """A ground in words with its article; "" where none is named."""
    return "（".join(GROUNDS[code]) + "）" if code else ""
