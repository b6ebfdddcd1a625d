"""The books of a campaign's organisation as one table: key, form, columns, what is searched.

Label, article and rules stand on the models (`campaigns.models.BOOKS`), who keeps them in
`BOOK_ACTS`. Page, list, form, filters and export of every book are driven by this table.
"""

from dataclasses import dataclass, field

from campaigns import models
from campaigns.book_words import (
    clue_words,
    force_words,
    item_words,
    minutes_words,
    outcome_words,
    phase_words,
    rectification_words,
    screening_words,
    to_row,
    watched_words,
)
from campaigns.filters import book_filter
from campaigns.forms import key_points
from campaigns.forms import organising as forms
from campaigns.forms.meetings import MeetingForm
from common.columns import Column


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


KEEPER = Column("agency", "填写单位", "agency.name", sortable="agency__region_id")
STATE = Column(
    "state", "状态", lambda row: ("已作废", "red") if row.struck_on else "在册", kind="flag", default=False
)
BOOKS = {
    book.key: book
    for book in (
        Book(
            models.GroupMember, forms.GroupMemberForm,
            (
                Column("name", "姓名", link=to_row), Column("post", "单位及职务", kind="wrap"),
                Column("body", "机构", "get_body_display", sortable="body"),
                Column("rank", "职责", "get_rank_display"), Column("phone", "联系电话"),
            ),
            "登记组长、副组长、成员，以及办公室主任、副主任和人员。",
            ordering=("body", "pk"), search=("name", "post"), searched="姓名、单位",
        ),
        Book(
            models.Liaison, forms.LiaisonForm,
            (
                Column("name", "姓名", link=to_row), Column("phone", "联系电话"),
                Column("since", "自", kind="date", sortable="since"),
                Column("until", "至", lambda row: row.until or "现在"),
            ),
            "登记联络人，更换的填上结束日期，再登记新的。",
            ordering=("-since",), search=("name", "phone"), searched="姓名、电话",
        ),
        Book(
            models.TaskForce, forms.TaskForceForm,
            (
                Column("name", "名称", link=to_row), Column("kind", "类别", "get_kind_display"),
                Column("people", "人数", lambda row: len(row.parts.all()), kind="number", unit="人"),
                Column("lodged_on", "备案日期", kind="date", sortable="lodged_on"),
                Column("words", "提示", force_words, kind="flag"),
            ),
            "核查专班和侦办专班分别登记，人员逐个填写。",
            ordering=("kind", "pk"), search=("name", "parts__name"), searched="名称、人员",
        ),
        Book(
            models.Phase, forms.PhaseForm,
            (
                Column("name", "阶段", link=to_row),
                Column("from_day", "自", kind="date", sortable="from_day"),
                Column("to_day", "至", kind="date", sortable="to_day"),
                Column("words", "进展", phase_words, kind="flag"),
                Column("deliverables", "应完成的工作和报送的材料", kind="wrap"),
            ),
            "按方案登记各阶段的起止日期，写明各单位应完成什么、报送什么。",
            ordering=("from_day", "pk"),
        ),
        Book(
            models.CampaignViolation, forms.ViolationForm,
            (
                Column("position", "序号", kind="number", sortable="position"),
                Column("text", "方案中的表述", kind="wrap", link=to_row),
                Column("codes", "对应的违法类型", lambda row: row.words("codes"), kind="wrap"),
            ),
            "照方案原文登记打击的违法行为，对应到系统的违法类型。", ordering=("position", "pk"),
        ),
        Book(
            models.KeyArea, key_points.KeyAreaForm,
            (
                Column("name", "区域名称", link=to_row),
                Column("kind", "重点范围", "get_kind_display", sortable="kind", kind="wrap"),
                Column("township", "乡镇（街道）", sortable="township"),
                Column("responsible", "包联责任人"),
                Column("since", "列入日期", kind="date", sortable="since"),
                Column("words", "现状", watched_words, kind="flag"),
                Column("situation", "掌握的情况", kind="wrap", default=False),
            ),
            "按方案的三类重点范围登记重点区域，情况变了随时修改，不再列为重点的填移出日期。",
            ordering=("kind", "township", "pk"), search=("township", "name", "responsible"),
            searched="乡镇、名称、责任人",
        ),
        Book(
            models.KeyPerson, key_points.KeyPersonForm,
            (
                Column("name_masked", "姓名", link=to_row), Column("identity_masked", "证件号码"),
                Column("kind", "重点范围", "get_kind_display", sortable="kind", kind="wrap"),
                Column("township", "乡镇（街道）", sortable="township"),
                Column("responsible", "包联责任人"),
                Column("since", "列入日期", kind="date", sortable="since"),
                Column("words", "现状", watched_words, kind="flag"),
            ),
            "按方案的三类重点范围登记重点人员。姓名和证件号码加密保存、页面隐去，查看须写明事由；导出留有记录。",
            ordering=("kind", "township", "pk"), search=("township", "responsible"),
            searched="乡镇、责任人",
        ),
        Book(
            models.Meeting, MeetingForm,
            (
                Column("held_on", "召开日期", kind="date", sortable="held_on", link=to_row),
                Column("kind", "会议", "get_kind_display", sortable="kind"), Column("chair", "主持人"),
                Column("items", "研究事项", lambda row: len(row.parts.all()), kind="number",
                  unit="项"),
                Column("open", "落实", item_words, kind="flag"),
                Column("minutes", "纪要", minutes_words, kind="flag"),
                Column("reported_on", "报告领导小组", kind="date", sortable="reported_on"),
            ),
            "每次会议开完当天登记，议定的事项逐项写明责任单位和时限，办结后填落实情况。",
            ordering=("-held_on", "-pk"), search=("chair", "attendees", "parts__title"),
            searched="主持人、参加人、事项",
        ),
        Book(
            models.ScreeningTarget, forms.ScreeningForm,
            (
                Column("name", "名称", link=to_row),
                Column("kind", "类别", "get_kind_display", sortable="kind"),
                Column("township", "乡镇（街道）", sortable="township"), Column("responsible", "责任人"),
                Column("planned_on", "计划完成", kind="date", sortable="planned_on"),
                Column("done_on", "排查日期", kind="date", sortable="done_on"),
                Column("words", "结果", screening_words, kind="flag"),
                Column("clue", "线索", clue_words),
                Column("result", "情况说明", kind="wrap", default=False),
            ),
            "先列出要排查的村、沟、矿，可以一次登记很多个；排查后逐个填写结果，有问题的一键登记线索。",
            ordering=("township", "kind", "pk"), search=("township", "name", "responsible"),
            searched="乡镇、名称、责任人", add_form=forms.ScreeningPlanForm, verb="登记排查对象",
            related=("clue",),
        ),
        Book(
            models.Rectification, key_points.RectificationForm,
            (
                Column("name", "点位名称", link=to_row),
                Column("township", "乡镇（街道）", sortable="township"),
                Column("measure", "整治措施", "get_measure_display", sortable="measure"),
                Column("responsible", "责任人"),
                Column("due_on", "整改期限", kind="date", sortable="due_on"),
                Column("done_on", "完成日期", kind="date", sortable="done_on"),
                Column("words", "进展", rectification_words, kind="flag"),
                Column("problem", "存在的问题", kind="wrap", default=False),
            ),
            "该关闭、该拆除、该整改的逐个登记，整改完成后填写情况，验收后填销号日期和验收人。",
            ordering=("township", "pk"), search=("township", "name", "responsible"),
            searched="乡镇、名称、责任人",
        ),
        Book(
            models.CampaignDocument, forms.DocumentForm,
            (
                Column("title", "标题", link=to_row),
                Column("kind", "类别", "get_kind_display", sortable="kind"),
                Column("written_on", "形成日期", kind="date", sortable="written_on"),
                Column("reported_on", "报送日期", kind="date", sortable="reported_on"),
                Column("paper", "文件", "paper.name", kind="wrap"),
            ),
            "工作方案、使用的表格、工作总结、自评报告等，上传文件。",
            ordering=("-written_on", "-pk"),
            search=("title",), searched="标题", related=("paper",),
        ),
        Book(
            models.TownshipInspection, forms.InspectionForm,
            (
                Column("township", "乡镇（街道）", sortable="township", link=to_row),
                Column("inspected_on", "验收日期", kind="date", sortable="inspected_on"),
                Column("score", "得分", kind="number", unit="分"),
                Column("full", "满分", kind="number", unit="分"),
                Column("outcome", "结果", outcome_words, kind="flag"),
            ),
            "逐个乡镇（街道）验收，按评分表打分，合计由系统算出。",
            ordering=("-inspected_on", "-pk"),
            search=("township",), searched="乡镇",
        ),
        Book(
            models.Honour, forms.HonourForm,
            (
                Column("name", "单位或个人", link=to_row), Column("unit", "所在单位"),
                Column("kind", "类别", "get_kind_display", sortable="kind"),
                Column("reason", "事由", kind="wrap"), Column("decided_by", "决定机关"),
                Column("decided_on", "决定日期", kind="date", sortable="decided_on"),
            ),
            "表彰奖励和追责问责分别登记。这一本只有本单位和上级单位能看。",
            ordering=("-decided_on", "-pk"), search=("name", "unit"), searched="单位、姓名",
        ),
    )
}  # fmt: skip
