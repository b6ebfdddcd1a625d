"""执行 and 结案."""

from cases import sections, showing
from cases.forms.closing import ApproveClosingForm, ProposeClosingForm
from cases.forms.decision import ReturnForm
from cases.forms.execution import AcceptanceForm, CarryOutForm, PaymentForm
from cases.services import carrying_out, closing, execution
from cases.views.acting import on_case


def beside_closing(request, case) -> dict:
    """The closing that is to be approved."""
    showing.load(case)
    rows = [*sections.closing_rows(case), *sections.execution_rows(case)]
    return {"summary_title": "呈批内容", "summary": rows, "sheet": "closing"}


record_payment = on_case("record_payment", PaymentForm, execution.record_payment, verb="登记缴纳")
carry_out_item = on_case(
    "carry_out_item",
    CarryOutForm,
    carrying_out.carry_out_item,
    verb="登记执行",
    intro="没收的矿产品、工具、建筑物移交或者处理，或者拆除完毕的，按执行的日期登记。",
)
accept_restoration = on_case(
    "accept_restoration", AcceptanceForm, execution.accept_restoration, verb="登记验收"
)
accept_shutdown = on_case("accept_shutdown", AcceptanceForm, execution.accept_shutdown, verb="登记验收")
propose_closing = on_case(
    "propose_closing", ProposeClosingForm, closing.propose_closing, "结案已呈批，等负责人批准。", verb="呈批"
)
approve_closing = on_case(
    "approve_closing", ApproveClosingForm, closing.approve_closing, "已批准结案。", beside_closing
)
return_closing = on_case(
    "return_closing",
    ReturnForm,
    closing.return_closing,
    "已退回承办人。",
    beside_closing,
    verb="退回",
    grave=True,
)
