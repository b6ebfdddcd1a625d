"""Who may come to which address of this app. An address that isn't here is refused."""

from accounts.policy import Entry

POLICY: dict[str, Entry] = {}
