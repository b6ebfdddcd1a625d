"""历史案卷回头看: the files an office had looked at, a new one, how far it is, what was found."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.acting import act_page
from cases.acts import REVIEW_PAST
from cases.forms.past_reviews import PastReviewForm
from cases.models import PastReview, ReviewState
from cases.past_review_lists import LINE_COLUMNS, PAST_CASE_COLUMNS, REVIEW_COLUMNS, PastCaseFilter
from cases.services import past_results, past_reviews
from cases.views.acting import TEMPLATE, crumbs
from common import csv_out, xlsx
from common.lists import exporting
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

NAME = "历史案卷回头看"
EXPORT = "回头看结果"


def past_review_list(request):
    """The office's files, newest first."""
    rows = PastReview.objects.visible_to(request.user).select_related("made_by")
    empty = Empty(
        "还没有核对过历史案卷。",
        "上传案件登记表或者 JSON 文件，逐件核对移送、没收、罚款、告知、期限等问题。",
        "上传案卷",
        reverse("cases:review_past"),
    )
    listing = Listing(columns=REVIEW_COLUMNS, name="past_reviews", empty=empty, noun="份")
    return ListPage(request, rows, listing).response(
        "cases/past_reviews/list.html", {"crumbs": crumbs(None, NAME)}
    )


def review_past(request):
    """Choose a file."""
    return act_page(
        request,
        act=REVIEW_PAST,
        form_class=PastReviewForm,
        deed=past_reviews.start_review,
        done="案卷已读取。",
        template=TEMPLATE,
        cancel_url=reverse("cases:past_reviews"),
        context={"crumbs": _crumbs("上传案卷"), "verb": "开始核对", "busy": "正在读取…", "no_draft": True},
    )


def _crumbs(here: str) -> list[dict]:
    path = crumbs()
    return [*path, {"label": NAME, "url": reverse("cases:past_reviews")}, {"label": here, "url": ""}]


def past_review(request, public_id):
    """What was found, or how far it is; with ?export=xlsx the workbook."""
    review = request.subject
    context = {"review": review, "crumbs": _crumbs(str(review))}
    if review.state != ReviewState.DONE:
        return render(request, "cases/past_reviews/detail.html", context | {"progress": _progress(review)})
    listing = Listing(
        columns=PAST_CASE_COLUMNS,
        filterset=PastCaseFilter,
        name="past_cases",
        ordering="position",
        search_fields=("number",),
        search_label="案号",
        export_name=EXPORT,
        noun="件",
        empty="这份文件里没有案件。",
    )
    page = ListPage(request, past_results.cases_of(review, request.user), listing)
    if request.method == "GET" and request.GET.get("export") in exporting.KINDS:
        return _export(request, review, page)
    return page.response(
        "cases/past_reviews/detail.html", context | {"counts": past_results.counts_of(review)}
    )


def past_review_progress(request, public_id):
    """The piece of the page that says how far it is."""
    return render(request, "parts/progress.html", {"progress": _progress(request.subject)})


def _progress(review) -> dict:
    finished = review.state == ReviewState.DONE
    return {
        "label": review.get_state_display(),
        "done": review.done,
        "total": review.total,
        "unit": "件",
        "url": reverse("cases:past_review_progress", args=[review.public_id]),
        "finished": finished,
        "sentence": "已核对完。",
        "next_url": review.get_absolute_url() if finished else "",
        "next_label": "查看结果",
    }


def _export(request, review, page):
    """The cases that fit, a line each thing that was found."""
    exporting.begin(request)
    now, chips, kind = timezone.localtime(), page.bar.chips(), request.GET["export"]
    filename, nameless = f"{EXPORT}_{now:%Y-%m-%d_%H%M}", page.bar.nameless()
    notes = [
        ("内容", f"{NAME}：{review}"),
        ("核对基准日", f"{review.as_of:%Y-%m-%d}"),
        ("条件", "；".join(f"{chip['label']}：{chip['text']}" for chip in chips) or "全部"),
        ("导出时间", f"{now:%Y-%m-%d %H:%M}"),
        ("导出人", str(request.user)),
    ]

    def lines():
        found = past_results.lines_of(page.rows.iterator(chunk_size=2000))
        return ([column.excel(line) for column in LINE_COLUMNS] for line in found)

    def noted(count):
        past_reviews.note_export(by=request.user, review=review, count=count)
        return count

    if kind in csv_out.ENCODINGS:
        count = noted(sum(1 for _ in lines()))
        content = csv_out.pieces([column.heading for column in LINE_COLUMNS], lines(), kind)
        return csv_out.as_download(filename, content, kind, what=EXPORT, conditions=nameless, rows=count)
    return xlsx.as_download(
        f"{filename}.xlsx",
        lambda target: noted(xlsx.write_list(LINE_COLUMNS, lines(), notes, EXPORT, target)),
        what=EXPORT,
        conditions=nameless,
    )
