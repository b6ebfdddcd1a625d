"""Chance that can be repeated: SECURITY_SEED=n runs the same tries again."""

import os
import random

SEED = int(os.environ.get("SECURITY_SEED", "20261130"))


def chance(*words) -> random.Random:
    """Chance of its own for each question, the same in every process and in any order of tests."""
    return random.Random(f"{SEED}:{':'.join(map(str, words))}")


def some(tries, count, *words) -> list:
    """`count` of the tries, chosen by the seed; all where there are fewer."""
    tries = list(tries)
    return chance(*words).sample(tries, min(count, len(tries)))
