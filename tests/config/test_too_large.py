"""More than we take: a sentence that says what, and the way back to what the browser kept of it."""

import pytest

AS_A_FORM = "application/x-www-form-urlencoded"
HUGE = "summary=" + "x" * (5 * 1024 * 1024 + 1)
MANY = "&".join(f"x{n}=1" for n in range(5000))


@pytest.fixture
def posted(cast, sign_in):
    """`posted(body, referer)` is the page that answers."""

    def post(body, **headers):
        answer = sign_in(cast.intake).post("/clues/new/", body, content_type=AS_A_FORM, headers=headers)
        assert answer.status_code == 400
        return answer.content.decode()

    return post


def test_a_text_that_is_too_long_says_so_and_leads_back_to_the_form(posted):
    page = posted(HUGE, referer="http://testserver/clues/new/?source=patrol#x", host="testserver")
    assert "填写的文字超过 5 MB" in page and "已经保存的内容没有受影响" in page
    assert 'href="/clues/new/?source=patrol"' in page and "暂存在这台电脑的浏览器里" in page
    assert "data-plain" in page, "the script keeps the draft as one that did not arrive"


def test_too_many_fields_are_another_matter(posted):
    assert "提交的栏目太多" in posted(MANY)


def test_a_condition_too_long_for_an_address_says_so(cast, sign_in):
    answer = sign_in(cast.handler).post("/cases/", {"state": "字" * 20_000}, headers={"referer": "x"})
    assert answer.status_code == 400 and "查询条件太长" in answer.content.decode()


@pytest.mark.parametrize("elsewhere", ["", "http://evil.example/x", "http://testserver//evil.example/", "x:"])
def test_it_leads_nowhere_else(posted, elsewhere):
    page = posted(HUGE, referer=elsewhere, host="testserver")
    assert 'href="//' not in page and 'href="http' not in page


def test_only_who_may_search_is_offered_the_search(cast, sign_in):
    for part in ("handler", "reporter", "system_admin", "security_admin", "audit_admin"):
        client = sign_in(getattr(cast, part))
        box = 'action="/search/"' in client.get("/").content.decode()
        assert box is (client.get("/search/").status_code == 200), part
    assert 'action="/search/"' not in sign_in(cast.system_admin).get("/").content.decode()
