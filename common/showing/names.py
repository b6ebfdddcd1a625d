"""Names of files as a list shows them: chat tools call every picture the same."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath


def named_apart(names: Iterable[str]) -> list[str]:
    """The names in their order, equal ones numbered: 微信图片（1）.jpg, 微信图片（2）.jpg."""
    names = list(names)
    several = Counter(names)
    taken, seen = set(names), Counter()
    return [_numbered(name, seen, taken) if several[name] > 1 else name for name in names]


def _numbered(name: str, seen: Counter, taken: set[str]) -> str:
    """The name with the next number that no other file bears."""
    path = PurePath(name)
    while True:
        seen[name] += 1
        apart = f"{path.stem}（{seen[name]}）{path.suffix}"
        if apart not in taken:
            taken.add(apart)
            return apart
