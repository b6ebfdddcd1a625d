"""What somebody looks for, as words: each costs the database a walk, so there is an end to them."""

MOST_WORDS, LONGEST = 10, 100
SENTENCE = f"一次最多查 {MOST_WORDS} 个词、{LONGEST} 个字。请留下最要紧的几个词再查。"


def fault_of(text: str) -> str:
    """Why this isn't searched for, as a sentence for the person; "" where it is."""
    return SENTENCE if len(text.strip()) > LONGEST or len(text.split()) > MOST_WORDS else ""


def words_of(text: str) -> list[str]:
    """The words to look for; none where there are too many of them (`fault_of` says so)."""
    return [] if fault_of(text) else text.split()
