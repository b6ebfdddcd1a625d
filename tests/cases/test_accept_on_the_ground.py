"""验收恢复原状, 验收取缔: 是 in a ledger only when accepted as complete."""

import pytest

from cases.services import completion
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post


@pytest.mark.parametrize("kind", ["restoration", "shutdown"])
def test_only_what_is_complete_is_yes(cast, kind):
    case = making.filed_case(cast)
    assert completion.completed(case, kind) is None
    accept = {"restoration": completion.check_restoration, "shutdown": completion.check_shutdown}[kind]
    values = {"by": cast.brigade_head, "case": case}
    seen = {"finding": "查看现场"}
    accept(**values, result=completion.CheckResult(making.ago(3), False, **seen))
    assert completion.completed(case, kind) is False
    case = accept(
        **values, result=completion.CheckResult(making.ago(1), True, **seen, files=[making.photo()])
    )
    assert completion.completed(case, kind) is True
    assert last_entry(case).happened_on == making.ago(1)
    assert case.files.get().kind.endswith("验收照片")


def test_acceptance_needs_words_and_a_day_that_was(cast, sign_in):
    case = making.filed_case(cast)
    values = {"by": cast.handler, "case": case}
    with pytest.raises(Refused, match="验收情况"):
        completion.check_shutdown(**values, result=completion.CheckResult(making.ago(1), True, finding=" "))
    with pytest.raises(Refused, match="不能晚于今天"):
        completion.check_shutdown(**values, result=completion.CheckResult(making.ago(-1), True, finding="好"))
    response = post(
        sign_in(cast.handler),
        case,
        "check_shutdown",
        happened_on=making.ago(1).isoformat(),
        complete="no",
        finding="井口未封",
    )
    assert response.status_code == 302
    assert case.completion_checks.get().complete is False


@pytest.mark.parametrize("name", ["check_restoration", "check_shutdown"])
def test_who_may(cast, sign_in, name):
    assert_only(cast, sign_in, making.filed_case(cast), name, "handler", "brigade_head")
