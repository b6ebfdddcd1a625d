"""A house in which everything that the trail answers for was done, and the ways to tamper with it.

Each way is raw SQL, as somebody with the database's password would write it, without triggers. It takes
the scene and a random generator, and changes one thing. `tamper_trail.py` and the suite use both.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from accounts.models import TrailEntry, TrailHead, TrailSeal
from accounts.services import hourly, taking_up, trail_hashing
from accounts.services.trail_hashing import GENESIS, HASHED
from ledgers.models import Submission
from ledgers.services.freezing import submission_digest

WAYS: dict[str, Callable] = {}
# What a trail can't show before it is sealed; `verify` says how much that is.
IN_THE_HOUR = "chain and head put right, not sealed yet"
TAIL_IN_THE_HOUR = "tail cut and head put right, not sealed yet"
UNSEALED = (IN_THE_HOUR, TAIL_IN_THE_HOUR)


@dataclass
class Scene:
    """The id of the last entry that a seal covers; those above it belong to the running hour."""

    sealed: int


def sql(statement: str, *params: object) -> None:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def way(name: str) -> Callable:
    """Name a way to tamper."""

    def named(does: Callable) -> Callable:
        WAYS[name] = does
        return does

    return named


def any_row(chance: random.Random, table: str, where: str = "1 = 1") -> int:
    """The id of a random row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY id")  # noqa: S608 - our own words
        return chance.choice([key for (key,) in cursor.fetchall()])


def entry(chance: random.Random, low: int = 0, high: int = 10**9, first: bool = True) -> TrailEntry:
    """A random entry, its id above `low` up to `high`; with first=False not the first of its chain."""
    rows = TrailEntry.objects.filter(pk__gt=low, pk__lte=high, seq__gte=1 if first else 2)
    return rows.get(pk=chance.choice(list(rows.order_by("pk").values_list("pk", flat=True))))


def edit(chance: random.Random, key: int) -> None:
    """Change one column of an entry."""
    column, value = chance.choice(
        [
            ("reason", "改写的说明"),
            ("label", "改写的事项"),
            ("act", "rewritten"),
            ("origin", "10.9.8.7"),
            ("role", "rewritten"),
            ("changes", '{"状态": ["", "改写"]}'),
            ("sealed", '[["accounts.user", 1, "", "00"]]'),
            ("subject_kind", "accounts.region"),
            ("happened_on", "2001-01-01"),
            ("at", "2001-01-01 00:00:00+00:00"),
        ]
    )
    sql(f"UPDATE accounts_trailentry SET {column} = %s WHERE id = %s", value, key)  # noqa: S608


def put_right(chain: str) -> None:
    """Compute every hash of a chain anew, and its head."""
    previous, seq = GENESIS, 0
    for row in TrailEntry.objects.filter(chain=chain).order_by("seq", "pk"):
        seq += 1
        row.seq, row.previous = seq, previous
        previous = trail_hashing.hash_of(*(getattr(row, name) for name in HASHED))
        sql(
            "UPDATE accounts_trailentry SET seq = %s, previous = %s, hash = %s WHERE id = %s",
            seq,
            row.previous,
            previous,
            row.pk,
        )
    sql("UPDATE accounts_trailhead SET seq = %s, hash = %s WHERE chain = %s", seq, previous, chain)


@way("entry edited")
def _edited(scene: Scene, chance: random.Random) -> None:
    edit(chance, entry(chance).pk)


@way("entry deleted")
def _deleted(scene: Scene, chance: random.Random) -> None:
    sql("DELETE FROM accounts_trailentry WHERE id = %s", entry(chance).pk)


@way("entries reordered")
def _reordered(scene: Scene, chance: random.Random) -> None:
    one = entry(chance, first=False)
    other = TrailEntry.objects.get(chain=one.chain, seq=chance.randint(1, one.seq - 1))
    for key, seq in ((one.pk, 10**6), (other.pk, one.seq), (one.pk, other.seq)):
        sql("UPDATE accounts_trailentry SET seq = %s WHERE id = %s", seq, key)


@way("entry moved to another chain")
def _moved(scene: Scene, chance: random.Random) -> None:
    one = entry(chance)
    head = chance.choice(list(TrailHead.objects.exclude(chain=one.chain).order_by("chain")))
    sql(
        "UPDATE accounts_trailentry SET chain = %s, seq = %s, previous = %s WHERE id = %s",
        head.chain,
        head.seq + 1,
        head.hash,
        one.pk,
    )


@way("tail cut")
def _cut(scene: Scene, chance: random.Random) -> None:
    one = entry(chance)
    sql("DELETE FROM accounts_trailentry WHERE chain = %s AND seq >= %s", one.chain, one.seq)


@way("entry inserted")
def _inserted(scene: Scene, chance: random.Random) -> None:
    made = entry(chance)
    head = TrailHead.objects.get(chain=made.chain)
    made.pk, made.seq, made.previous, made.reason = None, head.seq + 1, head.hash, "插入"
    made.hash = trail_hashing.entry_hash(made)
    made.save(force_insert=True)


@way("head's seq")
def _head_seq(scene: Scene, chance: random.Random) -> None:
    chain = entry(chance).chain
    sql("UPDATE accounts_trailhead SET seq = seq + %s WHERE chain = %s", chance.choice([-1, 1, 5]), chain)


@way("head's hash")
def _head_hash(scene: Scene, chance: random.Random) -> None:
    sql(
        "UPDATE accounts_trailhead SET hash = %s WHERE chain = %s",
        f"{chance.random():064}",
        entry(chance).chain,
    )


@way("chain and head put right after sealing")
def _put_right(scene: Scene, chance: random.Random) -> None:
    one = entry(chance, high=scene.sealed)
    sql("UPDATE accounts_trailentry SET reason = '改写' WHERE id = %s", one.pk)
    put_right(one.chain)


@way(IN_THE_HOUR)
def _put_right_in_the_hour(scene: Scene, chance: random.Random) -> None:
    one = entry(chance, low=scene.sealed)
    sql("UPDATE accounts_trailentry SET reason = '改写' WHERE id = %s", one.pk)
    put_right(one.chain)


@way("entry deleted and chain put right after sealing")
def _deleted_right(scene: Scene, chance: random.Random) -> None:
    one = entry(chance, high=scene.sealed)
    sql("DELETE FROM accounts_trailentry WHERE id = %s", one.pk)
    put_right(one.chain)


@way("tail cut and head put right after sealing")
def _cut_right(scene: Scene, chance: random.Random) -> None:
    one = entry(chance, high=scene.sealed)
    sql("DELETE FROM accounts_trailentry WHERE chain = %s AND seq >= %s", one.chain, one.seq)
    put_right(one.chain)


@way(TAIL_IN_THE_HOUR)
def _cut_right_in_the_hour(scene: Scene, chance: random.Random) -> None:
    one = entry(chance, low=scene.sealed)
    sql("DELETE FROM accounts_trailentry WHERE chain = %s AND seq >= %s", one.chain, one.seq)
    put_right(one.chain)


@way("chain, head and seal put right")
def _seal_put_right(scene: Scene, chance: random.Random) -> None:
    """All but the signature."""
    one = entry(chance, high=scene.sealed)
    sql("UPDATE accounts_trailentry SET reason = '改写' WHERE id = %s", one.pk)
    put_right(one.chain)
    for chain, seq, hash in TrailEntry.objects.filter(chain=one.chain).values_list("chain", "seq", "hash"):
        sql("UPDATE accounts_sealedhead SET hash = %s WHERE chain = %s AND seq = %s", hash, chain, seq)
    previous = GENESIS
    for seal in TrailSeal.objects.order_by("number"):
        points = seal.points.order_by("pk").values_list("chain", "seq", "hash")
        root = hourly.root_of(previous, points)
        sql(
            "UPDATE accounts_trailseal SET previous = %s, root = %s WHERE number = %s",
            previous,
            root,
            seal.number,
        )
        previous = root


@way("seals deleted")
def _seals_deleted(scene: Scene, chance: random.Random) -> None:
    number = chance.randint(1, TrailSeal.objects.count())
    sql("DELETE FROM accounts_sealedhead WHERE seal_id >= %s", number)
    sql("DELETE FROM accounts_trailseal WHERE number >= %s", number)


@way("submission")
def _submission(scene: Scene, chance: random.Random) -> None:
    change = chance.choice(
        [
            "data_as_of = '2026-01-01'",
            "filled_by_id = checked_by_id + 1",
            "nil_report = NOT nil_report",
            "public_id = 'another'",
            "correction = '改写'",
            "submitted_at = '2026-01-01 00:00:00+00:00'",
        ]
    )
    key = any_row(chance, "ledgers_submission")
    sql(f"UPDATE ledgers_submission SET {change} WHERE id = %s", key)  # noqa: S608
    if chance.random() < 0.5:
        _digest_anew(key)


@way("submission's row")
def _row(scene: Scene, chance: random.Random) -> None:
    key = any_row(chance, "ledgers_submissionrow")
    with connection.cursor() as cursor:
        cursor.execute("SELECT submission_id FROM ledgers_submissionrow WHERE id = %s", [key])
        (submission,) = cursor.fetchone()
    statement = chance.choice(
        [
            """UPDATE ledgers_submissionrow SET "values" = '{"mining_fine": "1"}' WHERE id = %s""",
            "UPDATE ledgers_submissionrow SET marks = '{}' WHERE id = %s",
            "UPDATE ledgers_submissionrow SET carried_forward = NOT carried_forward WHERE id = %s",
            "DELETE FROM ledgers_submissionrow WHERE id = %s",
        ]
    )
    sql(statement, key)
    if chance.random() < 0.5:
        _digest_anew(submission)


def _digest_anew(key: int) -> None:
    """What whoever knows our code would do: the digest that stands in the submission is right again."""
    one = Submission.objects.get(pk=key)
    before = Submission.objects.filter(agency=one.agency, sequence=one.sequence - 1).first()
    digest = submission_digest(one, one.rows.order_by("position"), before.digest if before else "")
    sql("UPDATE ledgers_submission SET digest = %s WHERE id = %s", digest, key)


def rows(name: str, table: str, *changes: str, delete: bool = True) -> None:
    """A way that changes a column of one row of a table, deletes a row or copies one."""

    def does(scene: Scene, chance: random.Random) -> None:
        key = any_row(chance, table)
        statements = [f"UPDATE {table} SET {change} WHERE id = %s" for change in changes]  # noqa: S608
        if delete:
            statements.append(f"DELETE FROM {table} WHERE id = %s")  # noqa: S608
        sql(chance.choice(statements), key)

    WAYS[name] = does


OTHER = "(SELECT max(id) FROM accounts_user WHERE id <> {column})"
FILE = "(SELECT min(id) FROM accounts_storedfile WHERE id <> {column})"
rows(
    "approval's signer",
    "accounts_approval",
    f"signer_id = {OTHER.format(column='signer_id')}",
    "signed_on = '2020-02-02'",
    "agreed = NOT agreed",
    "opinion = '不同意'",
)
rows(
    "signed paper",
    "accounts_signedpaper",
    "signed_on = '2020-02-02'",
    f"scan_id = {FILE.format(column='scan_id')}",
    delete=False,
)
rows(
    "verdict",
    "ledgers_verdict",
    "accepted = NOT accepted",
    "reason = '改写'",
    f"by_id = {OTHER.format(column='by_id')}",
    "at = '2026-01-01 00:00:00+00:00'",
)
rows(
    "penalty amount",
    "cases_penaltyitem",
    "amount = 83999.99",
    "tonnes = 1",
    "kind = 'warning'",
    "party_id = CASE WHEN party_id IS NULL THEN (SELECT min(id) FROM registry_party) END",
    delete=False,
)
rows("penalty deleted", "cases_penaltyitem")
rows("legal review", "cases_legalreview", "passed = NOT passed", "reviewer = '他人'", "opinion = '改写'")
rows("discussion", "cases_discussion", "agreed = NOT agreed", "attendees = '他人'", "conclusion = '改写'")
rows("reason for taking less", "cases_optout", "reason = '改写'", "kind = 'income'", "article = '改写'")
rows(
    "service on a party",
    "cases_partyservice",
    "happened_on = '2020-02-02'",
    "mode = 'post'",
    "party_id = NULL",
)
rows("prefecture asked", "cases_joining", "asked_on = '2020-02-02'", "joins = TRUE", "reason = '改写'")
rows("file's digest", "accounts_storedfile", "sha256 = '00'", "name = '另一份.pdf'", "size = 1", delete=False)
rows("actor's name", "accounts_user", "name = '他人'", "username = 'someone'", delete=False)
rows(
    "claim",
    "campaigns_lateclaim",
    "sent_at = '2026-01-01 00:00:00+00:00'",
    "recognised = CASE WHEN recognised THEN NULL ELSE NOT coalesce(recognised, FALSE) END",
    "note = '改写'",
    f"scan_id = {FILE.format(column='scan_id')}",
)
rows("paper", "campaigns_dutypaper", f"file_id = {FILE.format(column='file_id')}", "note = '改写'")
rows("paper report", "ledgers_paperreport", "sent_at = '2026-01-01 00:00:00+00:00'")


rows(
    "post",
    "accounts_posting",
    "role = CASE role WHEN 'chief' THEN 'intake' ELSE 'chief' END",
    "basis = CASE basis WHEN 'person' THEN 'before' ELSE 'person' END",
    "since = '2015-01-01'",
    f"user_id = {OTHER.format(column='user_id')}",
    delete=False,
)
rows(
    "confirmation",
    "accounts_confirmation",
    "state = CASE state WHEN 'confirmed' THEN 'waiting' ELSE 'confirmed' END",
    "decided_by_id = CASE WHEN decided_by_id IS NULL THEN person_id END",
    f"asked_by_id = {OTHER.format(column='asked_by_id')}",
)


@way("post invented")
def _post_invented(scene: Scene, chance: random.Random) -> None:
    sql(
        "INSERT INTO accounts_posting (user_id, agency_id, role, since, note, basis)"
        " SELECT id, agency_id, 'brigade_head', '2014-01-01', '', 'person' FROM accounts_user WHERE id = %s",
        any_row(chance, "accounts_user", "agency_id IS NOT NULL"),
    )


@way("row forged in an empty table, server started again")
def _started_again(scene: Scene, chance: random.Random) -> None:
    sql(
        "INSERT INTO accounts_signingauthority"
        " (principal_id, delegate_id, agency_id, since, until, recorded_by_id, recorded_at, version)"
        " SELECT id, %s, agency_id, '2026-01-01', '2027-01-01', id, '2026-01-01 00:00:00+00:00', 1"
        " FROM accounts_user WHERE id = %s",
        any_row(chance, "accounts_user"),
        any_row(chance, "accounts_user", "agency_id IS NOT NULL"),
    )
    taking_up.take_up()


def build(now: datetime) -> Scene:
    """Everything done once by the services; sealed three times; then the deeds of the running hour."""
    from benchmarks import tamper_scene

    cast = tamper_scene.begin()
    taking_up.take_up()
    for hours, done in ((3, tamper_scene.case), (2, tamper_scene.reports), (1, tamper_scene.duties)):
        done(cast)
        hourly.seal_hour(now=now - timedelta(hours=hours))
    sealed = TrailEntry.objects.order_by("-pk").first().pk
    tamper_scene.running_hour(cast)
    return Scene(sealed)
