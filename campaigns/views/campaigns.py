"""Opening, copying and amending a campaign, and who takes part in it."""

from functools import partial

from django.shortcuts import render

from accounts.acting import act_page
from campaigns.acts import CAMPAIGN_ACTS, OPEN_CAMPAIGN
from campaigns.forms.campaigns import AmendCampaignForm, CopyCampaignForm, MembersForm, OpenCampaignForm
from campaigns.forms.counting import CountingForm
from campaigns.models.campaign import organisation_url
from campaigns.services import campaigns
from campaigns.services.copying import copy_campaign as copying
from campaigns.services.counting import amend_counting as amending_counting
from campaigns.services.members import amend_members as amending
from campaigns.showing.counting import page_of
from campaigns.views.acting import crumbs, front_url


def open_campaign(request):
    """建立专项行动 in the user's own region."""
    return act_page(
        request,
        act=OPEN_CAMPAIGN,
        form_class=OpenCampaignForm,
        deed=_opened,
        done="专项行动已建立。区域内的自然资源、公安机构都已列为成员单位，可以修改。",
        cancel_url=front_url(),
        context={
            "crumbs": crumbs(here=OPEN_CAMPAIGN.label),
            "intro": "往年办过的，在往年专项行动的“组织实施”页点“复制上一次专项行动”更省事。",
        },
    )


def _opened(*, by, version=None, **values):
    return _Organisation(campaigns.open_campaign(by=by, draft=campaigns.CampaignDraft(**values)))


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


def counting(request, code):
    """How the campaign counts: the values for everybody, the way to change them for who may."""
    page = page_of(request.user, request.subject)
    page["crumbs"] = _path(request.subject, "计数口径")
    return render(request, "campaigns/organising/counting.html", page)


def amend_counting(request, code):
    """修改计数口径."""
    return _act(
        request,
        "amend_counting",
        CountingForm,
        amending_counting,
        done="计数口径已修改，正在填报的台账随之变化。",
        verb="保存修改",
        intro="改后，正在填报的台账随之变化，比上期减少的数据报送时要说明原因；已报送的各期不变。",
    )


def _path(campaign, here):
    return [
        *crumbs(campaign),
        {"label": "组织实施", "url": organisation_url(campaign)},
        {"label": here, "url": ""},
    ]


def _act(request, name, form_class, deed, done, **context):
    campaign, act = request.subject, CAMPAIGN_ACTS.get(name)
    here = organisation_url(campaign)
    path = _path(campaign, act.label)
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
