"""A digest of plain values, to see later that they are still the same."""

import hashlib
import json


def digest_of(body: object) -> str:
    """SHA-256 of canonical JSON, in hex: keys sorted, no blanks, characters as they are."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


# A fixed encoder, made once: rows by the hundred thousand go through it.
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
