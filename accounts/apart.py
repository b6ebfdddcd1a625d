"""Kinds of things that few may read: a paper signed for one of them isn't one of its office's papers.

    apart.register(SecretClue._meta.label_lower)

stands in an app's receivers.py. Who may open such a paper, that app alone says (accounts/fileaccess.py).
"""

KINDS: set[str] = set()


def register(kind: str) -> None:
    """Keep papers signed for things of this kind apart; a second time changes nothing."""
    KINDS.add(kind)
