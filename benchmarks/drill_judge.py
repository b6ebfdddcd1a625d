"""What had to arrive, worked out from duties, clocks, posts and channels alone, and what did.

Nothing here asks the outbox or the code that fills it: who stands on which level is written down
once more, as the notices and the reminder page say it.
"""

from collections import Counter

# Duties go to who prepares and who checks them, clocks to the liaison alone; then the head.
DESK = {"duty": ("liaison", "checker", "police", "department"), "clock": ("liaison",)}
HEAD, ABOVE = ("brigade_head",), ("prefecture",)
# The drill's two moments: 16:00 on the due day, and 18:00 past.
STAGES = {"day15": False, "over": True}


def recipients_at(moment, stages=tuple(STAGES)) -> list[tuple[str, str, dict]]:
    """(thing, stage, {agency: people}) for everything due at `moment`."""
    from accounts.models import Agency, Clock, Posting
    from campaigns.models import Duty

    holders = {}
    for agency, role, user in Posting.objects.values_list("agency_id", "role", "user_id"):
        holders.setdefault((agency, role), set()).add(user)
    above = dict(Agency.objects.values_list("pk", "parent_id"))
    upper = dict(Duty.objects.values_list("pk", "upper_id"))
    due = []
    for kind, model in (("duty", Duty), ("clock", Clock)):
        for pk, agency in model.objects.filter(due_at=moment).values_list("pk", "agency_id"):
            for stage in stages:
                posts = DESK[kind] + HEAD
                people = {agency: set().union(*(holders.get((agency, r), ()) for r in posts))}
                if STAGES[stage]:
                    up = upper[pk] if kind == "duty" else above[agency]
                    people[up] = set().union(*(holders.get((up, role), ()) for role in ABOVE))
                due.append((f"{kind}:{pk}:{moment:%Y%m%d%H%M}", stage, people))
    return due


def expected(moment, stages=tuple(STAGES)) -> dict[str, set]:
    """The keys that have to arrive in inboxes, by mail and at the gateway."""
    from datetime import UTC

    from reminders.models import Channel, ContactPoint
    from reminders.services import messages

    mail, robot = (Channel.objects.get(kind=kind).pk for kind in ("email", "wecom"))
    reached = set(ContactPoint.objects.values_list("person_id", flat=True))
    keys = {"inbox": set(), "mail": set(), "gateway": set()}
    for thing, stage, people in recipients_at(moment.astimezone(UTC), stages):
        base = f"{thing}:{stage}"
        for agency, persons in people.items():
            keys["inbox"] |= {f"{base}:inbox:{person}" for person in persons}
            keys["mail"] |= {f"{base}:email{mail}:u{person}" for person in persons & reached}
            if persons:
                keys["gateway"].add(f"{base}:wecom{robot}:a{agency}")
    for name in ("mail", "gateway"):
        keys[name] = {messages.key_of(meaning) for meaning in keys[name]}
    return keys


def arrived(mail, http) -> dict[str, list]:
    """The keys that came, as often as they came."""
    from reminders.models import Notice

    return {
        "inbox": list(Notice.objects.values_list("key", flat=True)),
        "mail": [message_id.strip("<>").removesuffix("@kuangantong") for message_id in mail.ids()],
        "gateway": http.keys(),
    }


def judge(moment, mail, http, allowed: int) -> bool:
    """Print and say whether it holds: nothing lost or foreign, no line twice in an inbox, and mail
    and gateway together no more second copies than `allowed`."""
    wanted, came = expected(moment), arrived(mail, http)
    well, copies = True, 0
    for name, keys in wanted.items():
        counts = Counter(came[name])
        lost, foreign = keys - set(counts), set(counts) - keys
        twice = sum(count - 1 for count in counts.values())
        copies += 0 if name == "inbox" else twice
        good = not lost and not foreign and not (name == "inbox" and twice)
        well = well and good
        print(
            f"  {name:8} expected {len(keys):6}  seen {len(came[name]):6}  lost {len(lost):4}  "
            f"foreign {len(foreign):3}  second copies {twice:3}  {'ok' if good else 'NOT OK'}"
        )
    print(f"  second copies by mail and gateway {copies}, allowed {allowed}", end="  ")
    print("ok" if copies <= allowed else "NOT OK")
    return well and copies <= allowed


def judge_duties(counties: int, days: int) -> bool:
    """Every county owes each day of the rule once."""
    from campaigns.models import Duty

    rows = list(Duty.objects.values_list("agency_id", "day"))
    well = len(rows) == len(set(rows)) == counties * days
    print(
        f"  duties   expected {counties * days:6}  made {len(rows):6}  "
        f"twice {len(rows) - len(set(rows)):3}  {'ok' if well else 'NOT OK'}"
    )
    return well
