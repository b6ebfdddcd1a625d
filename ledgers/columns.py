"""What the lists of campaigns and submissions, and their workbooks, can show."""

from accounts import roles
from campaigns.models.campaign import organisation_url
from campaigns.showing.duties import to_the_second
from common.columns import Column
from ledgers import stages
from ledgers.rows import PROXY


def _state(submission):
    """Its label and tone; `last_accepted` is annotated by the list."""
    stage = stages.TOTAL if submission.consolidated else stages.of_answer(submission.last_accepted)
    return stage.label, stage.tone


def _kind(submission) -> list[str]:
    words = ["汇总"] if submission.consolidated else []
    words += ["零报告"] if submission.nil_report else []
    words += ["更正"] if submission.corrects_id else []
    return words + ([PROXY] if submission.proxy_id else [])


def _several_counties(user) -> bool:
    return user.holds(*roles.UPPER)


CAMPAIGNS = (
    Column("name", "专项行动", sortable="name", link=lambda campaign: campaign.get_absolute_url()),
    Column("region", "区域", "region.name"),
    Column("from_day", "开始", kind="date", sortable="from_day"),
    Column("to_day", "结束", lambda campaign: campaign.to_day.isoformat() if campaign.to_day else "长期"),
    Column("form", "台账表式", "form_title"),
    Column("organisation", "组织实施", lambda campaign: "组织实施", link=organisation_url),
)
SUBMISSIONS = (
    Column(
        "sequence",
        "期次",
        lambda submission: f"第{submission.sequence}期",
        link=lambda submission: submission.get_absolute_url(),
    ),
    Column("campaign", "专项行动", "campaign.name", sortable="campaign"),
    Column("agency", "填报单位", "agency.name", sortable="agency__region_id", seen_by=_several_counties),
    Column("state", "状态", _state, kind="flag"),
    Column("data_as_of", "数据截止", kind="date", sortable="data_as_of"),
    Column("filled_at", "填报时间", kind="datetime"),
    Column(
        "submitted_at",
        "报送时间",
        lambda submission: to_the_second(submission.submitted_at),
        sortable="submitted_at",
    ),
    Column("filled_by", "填报人", "filled_by.name"),
    Column("checked_by", "审核人", "checked_by.name"),
    Column("rows", "条目", "row_count", kind="number"),
    Column("kind", "类别", _kind, kind="flag"),
    Column("digest", "摘要", lambda submission: submission.digest[:12], default=False),
)
