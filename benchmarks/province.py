"""A prefecture of 13 counties and its rows, for benchmarks/scale.py: ROWS cases and all that hangs on them.

Everything follows from the number of a row, so two fills are alike. Some counties have more than others.
"""

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from benchmarks.pouring import pour, settle

COUNTIES, TOWNSHIPS = 13, 8
SINCE, LAST = date(2016, 1, 1), date(2026, 11, 20)
DAYS = (LAST - SINCE).days
RARE = "老鹰嘴梁"  # stands in three places
COMMON, TWO = "石灰岩", "后沟"
PEOPLE = ("intake", "handler", "handler", "handler", "brigade_head", "deputy", "chief", "liaison", "checker")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
SPOTS = ("夏家营后沟", "北坡", "石料场东", "河滩", "采坑", "南梁", "旧窑口", "道沟西")
MINERALS = ("石灰岩", "石灰岩", "铁矿", "煤", "建筑用砂", "铝土矿")
VIOLATIONS = ("K14", "K14", "K21", "K22", "K14")
CASE_STATES = (
    *["closed"] * 70,
    *["execution"] * 12,
    *["investigation"] * 10,
    *["decision"] * 2,
    *["closing"] * 2,
    *["proposed"] * 2,
    *["refused"] * 2,
)
CLUE_STATES = (
    *["settled"] * 80,
    *["merged"] * 4,
    *["registered"] * 4,
    *["assigned"] * 6,
    *["verified"] * 3,
    *["pending"] * 2,
    "proposed",
)
UNFILED, CASE_RESTS, CLUE_RESTS = ("proposed", "refused"), ("closed", "refused"), ("settled", "merged")
# Somebody has looked at these on the ground already.
CLUE_CHECKED = (*CLUE_RESTS, "verified", "pending", "proposed")
TRAIL, HEAVY_TRAIL, HEAVY_FILES, HEAVY_PARTIES = 13, 200, 60, 12


def _day(n: int, spread: int) -> date:
    """Evenly over ten years, in no order of n."""
    return SINCE + timedelta(days=n * 7919 % spread)


def _due(day: date, over: bool = False) -> datetime | None:
    """When the first clock of what came in on `day` ends; nothing where it was met."""
    return None if over else _noon(day + timedelta(days=90))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


class Province:
    """The offices and people, and `fill`, which pours the rows; `seconds` says what each part took."""

    def __init__(self, rows: int):
        self.rows, self.seconds = rows, {}
        self.counties, self.police, self.townships, self.people = [], [], [], {}

    def build(self) -> None:
        """Offices, townships, people and their posts."""
        from accounts.models import Region

        Region.objects.create(code="990000", name="演练省", level="province")
        Region.objects.create(code="991100", name="演练市", level="prefecture", parent_id="990000")
        top = self._agency("990000", "演练省厅", None)
        self.prefecture = self._agency("991100", "演练市局", top)
        police = self._agency("991100", "演练市公安局", None, "ga")
        self._person("province", top, 0)
        self._person("prefecture", self.prefecture, 0)
        for n in range(COUNTIES):
            code = f"9911{n + 21:02}"
            Region.objects.create(code=code, name=f"演练{n + 1}县", level="county", parent_id="991100")
            office = self._agency(code, f"演练{n + 1}县局", self.prefecture)
            self.counties.append(office)
            self.police.append(self._agency(code, f"演练{n + 1}县公安局", police, "ga"))
            self.people[office.pk] = [self._person(role, office, k) for k, role in enumerate(PEOPLE)]
            self._person("police", self.police[-1], 0)
            self.townships.append([self._township(code, k, office) for k in range(TOWNSHIPS)])

    def find(self) -> bool:
        """What an earlier `build` and `fill` left in this database; False where there is nothing."""
        from accounts.models import Agency, Label, User

        if not Label.objects.exists():
            return False
        offices = {each.code: each for each in Agency.objects.order_by("pk")}
        self.prefecture = offices["991100-zrzy"]
        for n in range(COUNTIES):
            code = f"9911{n + 21:02}"
            self.counties.append(office := offices[f"{code}-zrzy"])
            self.police.append(offices[f"{code}-ga"])
            self.people[office.pk] = list(User.objects.filter(agency=office).order_by("pk"))
            self.townships.append([offices[f"{code}{100 + k}-zrzy"] for k in range(TOWNSHIPS)])
        return True

    def _township(self, county: str, k: int, office):
        from accounts.models import Region

        code = f"{county}{100 + k}"
        Region.objects.create(code=code, name=f"第{k + 1}镇", level="township", parent_id=county)
        return self._agency(code, f"第{k + 1}自然资源所", office)

    def _agency(self, region: str, name: str, parent, kind: str = "zrzy"):
        from accounts.models import Agency

        made = Agency.objects.create(
            code=f"{region}-{kind}",
            name=name,
            kind=kind,
            region_id=region,
            parent=parent,
            path=f"/{region}{kind}/",
        )
        made.path = f"{parent.path if parent else '/'}{made.pk}/"
        made.save(update_fields=["path"])
        return made

    def _person(self, role: str, agency, k: int):
        from accounts.models import Posting, User

        name = f"{agency.code}-{role}-{k}"
        user = User(username=name, public_id=name[:24], name=f"{SURNAMES[k]}某", agency=agency, password="!")
        User.objects.bulk_create([user])
        post = Posting(user=user, agency=agency, role=role, since=SINCE, basis="before")
        Posting.objects.bulk_create([post])
        return user

    def who(self, role: str, county: int = 0):
        """A person by post, as a request would read them."""
        from accounts.models import User

        office = self.prefecture if role == "prefecture" else self.counties[county]
        return User.objects.filter(postings__role=role, postings__agency=office).order_by("pk").first()

    def fill(self) -> None:
        """Pour everything; the first case of the first county is heavy."""
        from accounts import models as accounts
        from cases import models as cases
        from clues import models as clues
        from registry.models import Party

        several = (
            (Party, self._parties()),
            (accounts.StoredFile, self._stored()),
            (accounts.Label, self._labels()),
            (clues.Clue, self._clues()),
            (clues.ClueParty, self._clue_parties()),
            (clues.ClueFile, self._clue_files()),
            (cases.Case, self._cases()),
            (cases.CaseParty, self._case_parties()),
            (cases.Violation, self._violations()),
            (cases.MineralFinding, self._minerals()),
            (cases.LandFinding, self._land()),
            (cases.Decision, self._decisions()),
            (cases.PenaltyItem, self._items()),
            (cases.Referral, self._referrals()),
            (cases.CaseFile, self._case_files()),
            (cases.Case.labels.through, self._case_labels()),
            (accounts.Grant, self._grants()),
            (accounts.Clock, self._clocks()),
            (accounts.TrailHead, self._heads()),
            (accounts.TrailEntry, self._trail()),
        )
        for model, rows in several:
            start = time.perf_counter()
            count = pour(model, rows)
            self.seconds[model._meta.label_lower] = (count, round(time.perf_counter() - start, 1))
        self._index_words()
        settle(*(model for model, _ in several))

    def _index_words(self) -> None:
        """What rows are found by, as the product makes it of them."""
        from registry.services import words

        start = time.perf_counter()
        count = sum(pour(kept, self._words(kept)) for kept in words.tables())
        self.seconds["words"] = (count, round(time.perf_counter() - start, 1))

    @staticmethod
    def _words(kept):
        from registry.services import words

        keys = kept.owner()._base_manager.order_by("pk").values_list("pk", flat=True)
        for some in words.batches(keys.iterator()):
            for pk, grams in words.fresh(kept, some):
                yield {kept._meta.pk.attname: pk, "grams": " ".join(sorted(grams))}

    # Where row n belongs

    def _county(self, n: int) -> int:
        """The first county has a thirteenth; among the rest the later have more."""
        return 0 if n % COUNTIES == 0 else 1 + (n * n + n // 7) % (COUNTIES - 1)

    def _office(self, n: int):
        return self.counties[self._county(n)]

    def _handler(self, n: int):
        return self.people[self._office(n).pk][1 + n % 3]

    def _township_of(self, n: int) -> str:
        return self.townships[self._county(n)][n % TOWNSHIPS].region_id

    def _place(self, n: int) -> str:
        spot = RARE if n % (self.rows // 3 or 1) == 13 else SPOTS[n * 31 % len(SPOTS)]
        return f"第{n % TOWNSHIPS + 1}镇{spot}{n % 977}号"

    @staticmethod
    def _name(n: int) -> str:
        return SURNAMES[n % 16] + GIVEN[n * 7 % 23] + GIVEN[n * 13 // 23 % 23]

    # The rows, each by its number from 1

    def _parties(self):
        from common.words import fold

        for n in range(1, self.rows + 1):
            firm = n % 5 == 0
            name = f"{self._name(n)}石料有限公司" if firm else self._name(n)
            kind = "organisation" if firm else "person"
            yield {"id": n, "agency_id": self._office(n).pk, "kind": kind, "name": name,
                   "name_fold": fold(name), "identity_index": f"{n:064x}"}  # fmt: skip

    def _stored(self):
        for n in range(1, 2 * self.rows + HEAVY_FILES + 1):
            office = self._office(n)
            yield {"id": n, "sha256": f"{n:064x}", "size": 90_000, "name": f"现场照片{n}.jpg",
                   "content_type": "image/jpeg", "agency_id": office.pk,
                   "stored_by_id": self._handler(n).pk}  # fmt: skip

    def _labels(self):
        for n, office in enumerate(self.counties):
            for k, word in enumerate(("重点", "汛期", "回头看")):
                yield {"id": 3 * n + k + 1, "agency_id": office.pk, "name": word}

    def _clues(self):
        for n in range(1, self.rows * 3 // 2 + 1):
            office, state, day = self._office(n), CLUE_STATES[n * 37 % 100], _day(n, DAYS)
            yield {"id": n, "number": f"演{n % COUNTIES}线〔{day.year}〕{n}号", "agency_id": office.pk,
                   "origin_agency_id": self.townships[self._county(n)][n % 8].pk if n % 3 == 0 else None,
                   "state": state, "source": ("patrol", "drone", "hotline_12345", "letter")[n % 4],
                   "received_on": day, "county_id": office.region_id, "township_id": self._township_of(n),
                   "summary": f"群众反映{self._place(n)}有人盗采{MINERALS[n % 6]}，夜间车辆进出。" * 2,
                   "place": self._place(n), "mineral": MINERALS[n % 6], "violations": [VIOLATIONS[n % 5]],
                   "handler_id": None if state == "registered" else self._handler(n).pk,
                   "look_again_on": LAST if state == "pending" else None, "found_by": self._name(n + 5),
                   "outcome": ("filing", "unfounded", "non_filing")[n % 3] if state == "settled" else "",
                   "registered_by_id": self.people[office.pk][0].pk, "latitude": Decimal("37.1"),
                   "longitude": Decimal("111.3"), "next_due_at": _due(day, state in CLUE_CHECKED),
                   "stage_since": None if state in CLUE_RESTS else day}  # fmt: skip

    def _clue_parties(self):
        for n in range(1, self.rows * 3 // 2 + 1):
            yield {"id": n, "clue_id": n, "party_id": n % self.rows + 1}

    def _clue_files(self):
        for n in range(1, self.rows + 1):
            yield {"id": n, "clue_id": n, "file_id": n}

    def _cases(self):
        for n in range(1, self.rows + 1):
            office, day = self._office(n), _day(n, DAYS)
            state = "execution" if n == COUNTIES else CASE_STATES[n * 37 % 100]
            filed, begun = state not in UNFILED, None if state in CASE_RESTS else day
            flags = [code for code, each in (("must_refer", 29), ("late_decision", 11)) if n % each == 0]
            yield {"id": n, "number": f"演{n % COUNTIES}自然资立〔{day.year}〕{n}号" if filed else "",
                   "agency_id": office.pk, "clue_id": n, "state": state, "source": "patrol",
                   "cause": f"涉嫌未取得采矿许可证擅自开采{MINERALS[n % 6]}案", "facts": self._place(n) * 8,
                   "found_on": day, "filed_on": day if filed else None,
                   "closed_on": min(day + timedelta(80), LAST) if state == "closed" else None,
                   "county_id": office.region_id, "township_id": self._township_of(n),
                   "place": self._place(n), "mineral": MINERALS[n % 6], "handler_id": self._handler(n).pk,
                   "second_handler_id": self._handler(n + COUNTIES).pk if n % 2 else None,
                   "proposed_by_id": self._handler(n).pk, "stage_since": begun, "flags": flags,
                   "next_due_at": _due(day, CASE_STATES[n * 37 % 100] in CASE_RESTS)}  # fmt: skip

    def _case_parties(self):
        pairs = ((n, n) for n in range(1, self.rows + 1))
        second = ((n, n + 1) for n in range(5, self.rows, 5))
        heavy = ((COUNTIES, COUNTIES + k) for k in range(2, HEAVY_PARTIES + 1))
        for pk, (case, party) in enumerate((*pairs, *second, *heavy), 1):
            yield {"id": pk, "case_id": case, "party_id": party}

    def _violations(self):
        for n in range(1, self.rows + 1):
            yield {"id": n, "case_id": n, "code": VIOLATIONS[n % 5], "side": "mining"}

    def _minerals(self):
        for n in range(1, self.rows * 7 // 10 + 1):
            day = _day(n, DAYS)
            yield {"id": n, "case_id": n, "happened_on": day, "recorded_by_id": self._handler(n).pk,
                   "mineral": MINERALS[n % 6], "tonnes": Decimal(n % 900),
                   "value": Decimal(n % 99000)}  # fmt: skip

    def _land(self):
        for n in range(1, self.rows * 3 // 10 + 1):
            yield {"id": n, "case_id": n, "happened_on": _day(n, DAYS), "area": Decimal(n % 90),
                   "recorded_by_id": self._handler(n).pk,
                   "land_class": ("forest", "arable")[n % 2]}  # fmt: skip

    def _decided(self):
        return (n for n in range(1, self.rows + 1) if n % 3)

    def _decisions(self):
        for n in self._decided():
            day = _day(n, DAYS)
            yield {"id": n, "case_id": n, "state": "made", "number": f"演自然资罚〔{day.year}〕{n}号",
                   "decided_on": day, "proposed_by_id": self._handler(n).pk}  # fmt: skip

    def _items(self):
        for pk, n in enumerate(self._decided(), 1):
            yield {"id": pk, "decision_id": n, "party_id": n, "violation_id": n, "side": "mining",
                   "kind": "fine", "amount": Decimal(10_000 + n % 90_000)}  # fmt: skip

    def _referrals(self):
        for pk, n in enumerate(range(20, self.rows + 1, 20), 1):
            state = ("sent", "received", "police_filed", "declined", "proposed")[pk % 5]
            yield {"id": pk, "case_id": n, "agency_id": self._office(n).pk, "state": state,
                   "number": f"演移〔{_day(n, DAYS).year}〕{pk}号",
                   "to_agency_id": self.police[self._county(n)].pk, "crime": "非法采矿罪", "report": "……",
                   "proposed_by_id": self._handler(n).pk, "sent_on": _day(n, DAYS)}  # fmt: skip

    def _grants(self):
        for pk, n in enumerate(range(20, self.rows + 1, 20), 1):
            yield {"id": pk, "kind": "case", "object_id": n, "agency_id": self.police[self._county(n)].pk,
                   "reason": "移送", "since": SINCE, "granted_by_id": self._handler(n).pk}  # fmt: skip

    def _case_files(self):
        for n in range(1, self.rows + 1):
            yield {"id": n, "case_id": n, "file_id": self.rows + n, "kind": "现场照片"}
        for k in range(1, HEAVY_FILES + 1):
            yield {"id": self.rows + k, "case_id": COUNTIES, "file_id": 2 * self.rows + k, "kind": f"证据{k}"}

    def _case_labels(self):
        for n in range(1, self.rows // 20 + 1):
            yield {"id": n, "case_id": n, "label_id": 3 * self._county(n) + n % 3 + 1}

    def _clocks(self):
        """Two for each case, one for each clue; those of what ended are met."""
        from cases.terms import DECIDE
        from clues.terms import CHECK

        pk = 0
        for kind, count, states, rests in (
            ("cases.case", self.rows, CASE_STATES, CASE_RESTS),
            ("clues.clue", self.rows * 3 // 2, CLUE_STATES, CLUE_CHECKED),
        ):
            for n in range(1, count + 1):
                day, over = _day(n, DAYS), states[n * 37 % 100] in rests
                for k, term in enumerate((DECIDE.kind, "other") if kind == "cases.case" else (CHECK.kind,)):
                    pk += 1
                    due = _due(day)
                    yield {"id": pk, "subject_kind": kind, "subject_id": n, "kind": term, "label": "时限",
                           "agency_id": self._office(n).pk, "counted_from": day, "due_at": due,
                           "warn_at": due, "article": "-", "met_at": due if over or k else None,
                           "remind_at": due, "reminded_at": due}  # fmt: skip

    def _heads(self):
        for n in range(1, self.rows + 1):
            yield {"chain": f"cases.case:{n}", "seq": TRAIL, "hash": f"{n:064x}"}

    def _trail(self):
        acts = (("propose_filing", "立案呈批"), ("approve_filing", "批准立案"), ("record_finding", "认定"))
        pk = 0
        for n in range(1, self.rows + 1):
            office, actor, at = self._office(n), self._handler(n), _noon(_day(n, DAYS))
            for seq in range(1, (HEAVY_TRAIL if n == COUNTIES else TRAIL) + 1):
                pk += 1
                act, label = acts[min(seq - 1, 2)]
                yield {"id": pk, "subject_kind": "cases.case", "subject_id": n, "chain": f"cases.case:{n}",
                       "seq": seq, "previous": f"{pk - 1:064x}", "hash": f"{pk:064x}", "act": act,
                       "at": at + timedelta(hours=seq), "actor_id": actor.pk, "agency_id": office.pk,
                       "role": "handler", "label": label, "changes": {"阶段": ["调查", "执行"]},
                       "origin": "10.0.0.1"}  # fmt: skip
