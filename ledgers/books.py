"""The books of a campaign's organisation as one table: key, form, columns, what is searched.

Label, article and rules stand on the models (`ledgers.models.BOOKS`), who keeps them in
`BOOK_ACTS`. Page, list, form, filters and export of every book are driven by this table.
"""

from dataclasses import dataclass, field

from accounts.models import local_today
from common.columns import Column
from ledgers import models
from ledgers.filters import book_filter
from ledgers.forms import organising as forms


@dataclass(frozen=True)
class Book:
    """One book. `add_form` where several rows are added at once; `hint` says what belongs in."""

    model: type
    form: type
    columns: tuple[Column, ...]
    hint: str
    ordering: tuple[str, ...] = ("pk",)
    search: tuple[str, ...] = ()
    searched: str = "查找"
    add_form: type | None = None
    related: tuple[str, ...] = ()
    verb: str = "登记"
    filterset: type = field(init=False, default=None)

    def __post_init__(self):
        object.__setattr__(self, "filterset", book_filter(self.model))

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return self.model.book

    @property
    def label(self) -> str:
        """As it is headed."""
        return str(self.model._meta.verbose_name)

    @property
    def article(self) -> str:
        """By which notice it is kept."""
        return self.model.article

    def rows(self, user, campaign):
        """What the person may read of it in a campaign, with all that the columns read."""
        rows = self.model.objects.visible_to(user).filter(campaign=campaign)
        rows = rows.select_related("agency__region", "campaign", *self.related)
        return rows.prefetch_related("parts") if self.model.part_of else rows

    def all_columns(self) -> tuple[Column, ...]:
        """Its own, then who keeps the row, and whether it stands."""
        return (*self.columns, KEEPER, STATE)


def to_row(row) -> str:
    """A first column leads to the row."""
    return row.get_absolute_url()


def force_words(row) -> list:
    """What is wrong with a 专班: too few people, not filed."""
    return [
        *([(f"不足10人，还差{row.lacking}人", "amber")] if row.lacking else []),
        ("已备案", "green") if row.lodged_on else ("未备案", "amber"),
    ]


def phase_words(row):
    """Whether a phase is running today."""
    today = local_today()
    if today < row.from_day:
        return "未开始"
    return ("进行中", "green") if today <= row.to_day else "已结束"


def open_matters(row) -> int:
    """Follow-ups of a meeting that aren't done."""
    return sum(1 for one in row.parts.all() if one.done_on is None)


def matter_words(row):
    """How many of a meeting's matters are still open."""
    count = open_matters(row)
    if count:
        return f"{count}项未办结", "amber"
    return ("已办结", "green") if row.parts.all() else ""


def minutes_words(row):
    """Whether minutes are there and reported."""
    if row.reported_on:
        return "已报告", "green"
    return "未报告" if row.minutes_id else "没有纪要"


def screening_words(row):
    """Screened, overdue, or still to do."""
    if row.done_on:
        return row.get_found_display(), "red" if row.found == row.Found.TROUBLE else "green"
    late = row.planned_on and row.planned_on < local_today()
    return ("已超期", "red") if late else ("待排查", "")


def verdict_words(row):
    """合格 or until when to rectify."""
    if row.verdict == row.Verdict.PASSED:
        return "合格", "green"
    return f"限期整改至{row.rectify_by}", "amber"


KEEPER = Column("agency", "填写单位", "agency.name", sortable="agency__region_id")
STATE = Column(
    "state", "状态", lambda row: ("已作废", "red") if row.struck_on else "在册", kind="flag", default=False
)
C = Column
BOOKS = {
    book.key: book
    for book in (
        Book(
            models.GroupMember, forms.GroupMemberForm,
            (
                C("name", "姓名", link=to_row), C("post", "单位及职务", kind="wrap"),
                C("body", "机构", "get_body_display", sortable="body"),
                C("rank", "职责", "get_rank_display"), C("phone", "联系电话"),
            ),
            "登记组长、副组长、成员，以及办公室主任、副主任和人员。",
            ordering=("body", "pk"), search=("name", "post"), searched="姓名、单位",
        ),
        Book(
            models.Liaison, forms.LiaisonForm,
            (
                C("name", "姓名", link=to_row), C("phone", "联系电话"),
                C("since", "自", kind="date", sortable="since"),
                C("until", "至", lambda row: row.until or "现在"),
            ),
            "登记联络人，更换的填上结束日期，再登记新的。",
            ordering=("-since",), search=("name", "phone"), searched="姓名、电话",
        ),
        Book(
            models.TaskForce, forms.TaskForceForm,
            (
                C("name", "名称", link=to_row), C("kind", "类别", "get_kind_display"),
                C("people", "人数", lambda row: len(row.parts.all()), kind="number", unit="人"),
                C("lodged_on", "备案日期", kind="date", sortable="lodged_on"),
                C("words", "提示", force_words, kind="flag"),
            ),
            "核查专班和侦办专班分别登记，人员逐个填写。",
            ordering=("kind", "pk"), search=("name", "parts__name"), searched="名称、人员",
        ),
        Book(
            models.Phase, forms.PhaseForm,
            (
                C("name", "阶段", link=to_row),
                C("from_day", "自", kind="date", sortable="from_day"),
                C("to_day", "至", kind="date", sortable="to_day"),
                C("words", "进展", phase_words, kind="flag"),
                C("deliverables", "应完成的工作和报送的材料", kind="wrap"),
            ),
            "按方案登记各阶段的起止日期，写明各单位应完成什么、报送什么。",
            ordering=("from_day", "pk"),
        ),
        Book(
            models.CampaignViolation, forms.ViolationForm,
            (
                C("position", "序号", kind="number", sortable="position"),
                C("text", "方案中的表述", kind="wrap", link=to_row),
                C("codes", "对应的违法类型", lambda row: row.words("codes"), kind="wrap"),
            ),
            "照方案原文登记打击的违法行为，对应到系统的违法类型。", ordering=("position", "pk"),
        ),
        Book(
            models.Meeting, forms.MeetingForm,
            (
                C("held_on", "召开日期", kind="date", sortable="held_on", link=to_row),
                C("kind", "会议", "get_kind_display", sortable="kind"), C("chair", "主持人"),
                C("matters", "研究事项", lambda row: len(row.parts.all()), kind="number",
                  unit="项"),
                C("open", "落实", matter_words, kind="flag"),
                C("minutes", "纪要", minutes_words, kind="flag"),
                C("reported_on", "报告领导小组", kind="date", sortable="reported_on"),
            ),
            "每次会议开完当天登记，议定的事项逐项写明责任单位和时限，办结后填落实情况。",
            ordering=("-held_on", "-pk"), search=("chair", "attendees", "parts__matter"),
            searched="主持人、参加人、事项",
        ),
        Book(
            models.ScreeningTarget, forms.ScreeningForm,
            (
                C("name", "名称", link=to_row),
                C("kind", "类别", "get_kind_display", sortable="kind"),
                C("township", "乡镇（街道）", sortable="township"), C("responsible", "责任人"),
                C("planned_on", "计划完成", kind="date", sortable="planned_on"),
                C("done_on", "排查日期", kind="date", sortable="done_on"),
                C("words", "结果", screening_words, kind="flag"),
                C("result", "情况说明", kind="wrap", default=False),
            ),
            "先列出要排查的村、沟、矿，可以一次登记很多个；排查后逐个填写结果。",
            ordering=("township", "kind", "pk"), search=("township", "name", "responsible"),
            searched="乡镇、名称、责任人", add_form=forms.ScreeningPlanForm, verb="登记排查对象",
        ),
        Book(
            models.CampaignDocument, forms.DocumentForm,
            (
                C("title", "标题", link=to_row),
                C("kind", "类别", "get_kind_display", sortable="kind"),
                C("written_on", "形成日期", kind="date", sortable="written_on"),
                C("reported_on", "报送日期", kind="date", sortable="reported_on"),
                C("paper", "文件", "paper.name", kind="wrap"),
            ),
            "工作方案、使用的表格、工作总结、自评报告等，上传文件。",
            ordering=("-written_on", "-pk"),
            search=("title",), searched="标题", related=("paper",),
        ),
        Book(
            models.Acceptance, forms.AcceptanceForm,
            (
                C("township", "乡镇（街道）", sortable="township", link=to_row),
                C("accepted_on", "验收日期", kind="date", sortable="accepted_on"),
                C("score", "得分", kind="number", unit="分"),
                C("full", "满分", kind="number", unit="分"),
                C("verdict", "结果", verdict_words, kind="flag"),
            ),
            "逐个乡镇（街道）验收，按评分表打分，合计由系统算出。",
            ordering=("-accepted_on", "-pk"),
            search=("township",), searched="乡镇",
        ),
        Book(
            models.Honour, forms.HonourForm,
            (
                C("name", "单位或个人", link=to_row), C("unit", "所在单位"),
                C("kind", "类别", "get_kind_display", sortable="kind"),
                C("reason", "事由", kind="wrap"), C("decided_by", "决定机关"),
                C("decided_on", "决定日期", kind="date", sortable="decided_on"),
            ),
            "表彰奖励和追责问责分别登记。这一本只有本单位和上级单位能看。",
            ordering=("-decided_on", "-pk"), search=("name", "unit"), searched="单位、姓名",
        ),
    )
}  # fmt: skip
