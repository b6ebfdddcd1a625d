"""Three steps on one page: choose a workbook, see what will happen, done."""

from functools import partial

from django.shortcuts import render

from accounts.acting import act_page
from accounts.services import files
from common import csv_out, xlsx
from common.columns import Column
from common.errors import Refused
from common.lists import exporting
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage
from ledgers.acts import LEDGER_ACTS
from ledgers.forms.import_choices import differs
from ledgers.forms.importing import ChoicesForm, ConfirmForm, UndoForm, UploadForm
from ledgers.models import ImportBatch
from ledgers.services import import_slices, import_undo, importing
from ledgers.services.import_planning import plan_import
from ledgers.services.import_reading import read_kept, wanted_of
from ledgers.sheets.marking import FAULT_HEAD, fault_lines, write_marked
from ledgers.showing.importing import page_of, progress_of

COLUMNS = (
    Column("file", "工作簿", value="file_name", link=lambda batch: batch.get_absolute_url()),
    Column("campaign", "专项行动", value="campaign.name"),
    Column("as_of", "数据截止", value="as_of", kind="date", sortable="as_of"),
    Column("state", "状态", value="get_state_display"),
    Column("by", "导入人", value="imported_by.name"),
    Column("at", "导入时间", value="created_at", kind="datetime", sortable="created_at"),
)


def imports(request):
    """What was imported, newest first."""
    rows = ImportBatch.objects.visible_to(request.user).select_related("campaign", "imported_by")
    rows = rows.defer("report", "rows", "undo", "created")
    page = ListPage(
        request,
        rows,
        Listing(
            columns=COLUMNS,
            name="imports",
            ordering="-pk",
            export_name="导入记录",
            empty=Empty("还没有导入过台账。", "在台账页点“导入台账”，选择办公室现用的工作簿。"),
        ),
    )
    return page.response("ledgers/importing/list.html")


def upload(request, code, agency_code):
    """Step 1: choose a workbook."""
    ledger = request.subject
    return act_page(
        request,
        act=LEDGER_ACTS.get("import_ledger"),
        thing=ledger,
        form_class=UploadForm,
        deed=partial(importing.preview_import, ledger=ledger),
        done="工作簿已读取，还没有写入台账。请核对将要发生的变化。",
        template="ledgers/importing/upload.html",
        context={"step": 1, "ledger": ledger},
    )


def batch(request, public_id):
    """Step 2 or 3: what will happen, or what did."""
    the_batch = request.subject
    return render(request, "ledgers/importing/batch.html", page_of(request, the_batch))


def confirm(request, public_id):
    """Write what the preview showed."""
    the_batch = request.subject
    if request.method == "POST" and differs(request.POST, the_batch):
        return choose(request, public_id)
    long = import_slices.is_long(the_batch.campaign, the_batch.agency, len(the_batch.rows))
    return act_page(
        request,
        act=LEDGER_ACTS.get("import_ledger"),
        thing=the_batch,
        form_class=ConfirmForm,
        deed=partial(importing.confirm_import, batch=the_batch),
        done="已开始写入。" if long else "已写入台账。",
        template="ledgers/importing/batch.html",
        context=page_of(request, the_batch),
    )


def choose(request, public_id):
    """Read the workbook again with what a person settled in the preview; nothing is written."""
    the_batch = request.subject
    return act_page(
        request,
        act=LEDGER_ACTS.get("import_ledger"),
        thing=the_batch,
        form_class=ChoicesForm,
        deed=partial(importing.choose_import, batch=the_batch),
        done="已按所选重新核对，还没有写入。请看过后再写入。",
        template="ledgers/importing/batch.html",
        context=page_of(request, the_batch),
    )


def progress(request, public_id):
    """The piece of the page that says how far the writing is."""
    return render(request, "parts/progress.html", {"progress": progress_of(request.subject)})


def undo(request, public_id):
    """Take a whole import back."""
    the_batch = request.subject
    long = len(the_batch.created) + len(the_batch.undo) > import_slices.AT_ONCE
    return act_page(
        request,
        act=LEDGER_ACTS.get("undo_import"),
        thing=the_batch,
        form_class=UndoForm,
        deed=partial(import_undo.undo_import, batch=the_batch),
        done="已开始撤回。" if long else "这次导入已撤回，台账恢复到导入前。",
    )


def marked(request, public_id):
    """The rejected rows in a workbook of their own, each bad cell red; or as CSV a line for each fault."""
    the_batch = request.subject
    if the_batch.workbook is None:
        raise Refused("这次导入没有保留工作簿，不能下载。")
    exporting.begin(request)
    path = files.path_of(the_batch.workbook.sha256)
    reading = read_kept(the_batch)
    plan = plan_import(
        campaign=the_batch.campaign,
        agency=the_batch.agency,
        reading=reading,
        today=the_batch.as_of,
        wanted=wanted_of(the_batch),
    )
    name = f"{the_batch.file_name.rsplit('.', 1)[0]}-有问题的行"
    what = f"{the_batch.campaign.name}台账导入中有问题的行"
    if (kind := request.GET.get("export")) in csv_out.ENCODINGS:
        content = csv_out.pieces(FAULT_HEAD, fault_lines(plan.rejected), kind)
        return csv_out.as_download(name, content, kind, what=what, rows=len(plan.rejected))
    return xlsx.as_download(
        f"{name}.xlsx", lambda target: write_marked(path, reading, plan.rejected, target), what=what
    )
