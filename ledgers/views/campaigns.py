"""The campaigns, what this person's own ledgers want next, and opening or copying a campaign."""

from functools import partial

from django.urls import reverse
from django.utils import timezone

from accounts.acting import act_page
from common.lists import Empty, ListPage
from ledgers.acts import CAMPAIGN_ACTS, OPEN_CAMPAIGN
from ledgers.columns import CAMPAIGNS
from ledgers.forms.campaigns import AmendCampaignForm, CopyCampaignForm, MembersForm, OpenCampaignForm
from ledgers.models import Campaign
from ledgers.models.organising import organisation_url
from ledgers.services import campaigns
from ledgers.services.copying import copy_campaign as copying
from ledgers.services.ledger_forms import with_form_title
from ledgers.services.members import amend_members as amending
from ledgers.showing.mine import own_ledgers
from ledgers.views.acting import crumbs


def campaign_list(request):
    """专项行动 one's offices take part in, newest first."""
    now = timezone.now()
    page = ListPage(
        request,
        rows=with_form_title(Campaign.objects.visible_to(request.user).select_related("region")),
        columns=CAMPAIGNS,
        name="campaigns",
        ordering=("-from_day", "code"),
        noun="个",
        empty=Empty(
            "您所在的单位还没有参加专项行动。",
            "专项行动由牵头的自然资源部门联络员建立，建立后这里会出现台账。",
        ),
    )
    context = {
        "mine": own_ledgers(request.user, now),
        "now": now,
        "may_open": request.user.holds(*OPEN_CAMPAIGN.roles),
    }
    return page.response("ledgers/campaigns.html", context)


def open_campaign(request):
    """建立专项行动 in one's own region."""
    return act_page(
        request,
        act=OPEN_CAMPAIGN,
        form_class=OpenCampaignForm,
        deed=_opened,
        done="专项行动已建立。区域内的自然资源、公安机构都已列为成员单位，可以修改。",
        cancel_url=reverse("ledgers:campaigns"),
        context={
            "crumbs": crumbs(here=OPEN_CAMPAIGN.label),
            "intro": "往年办过的，在往年专项行动的“组织实施”页点“复制上一次专项行动”更省事。",
        },
    )


def _opened(*, by, version=None, **values):
    return _Organisation(campaigns.open_campaign(by=by, **values))


def copy_campaign(request, code):
    """复制上一次专项行动."""
    return _act(
        request,
        "copy_campaign",
        CopyCampaignForm,
        copying,
        done="已复制为新的专项行动，请核对各阶段日期、领导小组和专班。",
        verb="复制",
        intro="复制：台账表式和设置、成员单位、领导小组、专班及人员（备案日期清空）、阶段安排、打击重点。"
        "不复制：会议、排查结果、总结等材料、验收、表彰和追责。",
    )


def amend_campaign(request, code):
    """修改名称和起止."""
    return _act(
        request,
        "amend_campaign",
        AmendCampaignForm,
        campaigns.amend_campaign,
        done="专项行动已修改。",
        verb="保存修改",
        intro="改了结束日期，报送规则随之延长或者结束：以后的任务撤销或者补上，已到期和已报送的不变。",
    )


def amend_members(request, code):
    """修改成员单位."""
    return _act(
        request,
        "amend_members",
        MembersForm,
        amending,
        done="成员单位已修改。",
        verb="保存修改",
        intro="勾选的参加，去掉勾的移出。已有台账条目、报送、导入或者登记的单位不能移出。",
    )


def _act(request, name, form_class, deed, done, **context):
    campaign, act = request.subject, CAMPAIGN_ACTS.get(name)
    here = organisation_url(campaign)
    path = [*crumbs(campaign), {"label": "组织实施", "url": here}, {"label": act.label, "url": ""}]
    return act_page(
        request,
        act=act,
        thing=campaign,
        form_class=form_class,
        deed=partial(_then, deed, campaign),
        done=done,
        cancel_url=here,
        context={"crumbs": path, **context},
    )


def _then(deed, campaign, **values):
    return _Organisation(deed(campaign=campaign, **values))


class _Organisation:
    """A campaign's organisation, as where an act leads."""

    def __init__(self, campaign):
        self.campaign = campaign

    def get_absolute_url(self):
        """Its address."""
        return organisation_url(self.campaign)
