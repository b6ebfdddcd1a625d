"""One list page: filters, paging, sorting, selection, export; names never in an address."""

import io
from types import SimpleNamespace
from urllib.parse import unquote

import django_filters
import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from openpyxl import load_workbook

from common.columns import Column
from common.lists import page as pages
from common.lists.declared import BulkAct, Empty, Listing
from common.lists.page import ListPage

COLUMNS = (
    Column("codename", "编号", sortable="codename", link=lambda row: f"/rows/{row.codename}/"),
    Column("name", "名称", sortable="name"),
    Column("kind", "类别", value="content_type.model", sortable="content_type__model"),
    Column("pk", "序号", kind="number", unit="件", default=False),
    Column("secret", "密", value="name", seen_by=lambda user: user.sees_all),
)


class RowFilter(django_filters.FilterSet):
    kind = django_filters.ModelChoiceFilter(
        label="类别", field_name="content_type", queryset=ContentType.objects.filter(app_label="rows")
    )
    party = django_filters.CharFilter(label="当事人", field_name="name", lookup_expr="icontains")
    least = django_filters.NumberFilter(label="至少", field_name="pk", lookup_expr="gte")
    a = django_filters.CharFilter(label="甲")
    b = django_filters.CharFilter(label="乙")
    c = django_filters.CharFilter(label="丙")


@pytest.fixture
def rows(db):
    first = ContentType.objects.create(app_label="rows", model="first")
    second = ContentType.objects.create(app_label="rows", model="second")
    Permission.objects.bulk_create(
        Permission(
            name="孙某" if number % 10 == 0 else f"某人{number}",
            codename=f"row-{number:03}",
            content_type=second if number % 3 == 0 else first,
        )
        for number in range(1, 61)
    )
    return Permission.objects.filter(content_type__app_label="rows").select_related("content_type")


def ask(rows, address="/rows/", *, posted=None, session=None, htmx="", **kwargs):
    factory = RequestFactory()
    extra = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": htmx} if htmx else {}
    request = factory.get(address, **extra) if posted is None else factory.post(address, posted, **extra)
    request.session = {} if session is None else session
    request.user = SimpleNamespace(sees_all=False, pk=1, is_authenticated=False)
    settled = {
        "filterset": RowFilter,
        "columns": COLUMNS,
        "name": "rows",
        "ordering": "codename",
        "search_fields": ("name", "codename"),
        "private": ("party",),
        "export_name": "名册",
    }
    return ListPage(
        request,
        rows,
        Listing(
            **{**settled, **kwargs},
        ),
    )


def shown(page):
    return [line["row"].codename for line in page.lines()]


def html(page):
    return page.response("parts/list.html").content.decode()


def test_a_page_shows_twenty_rows_and_says_how_many_there_are(rows):
    page = ask(rows)
    assert len(shown(page)) == 20 and page.count == 60
    assert page.pager()["last"] == 3
    assert "共 <b>60</b> 条" in html(page)


def test_a_page_costs_the_same_queries_whatever_its_size(rows, django_assert_num_queries):
    for size in (20, 50):
        with django_assert_num_queries(3):  # count, rows, choices of the one filter
            html(ask(rows, f"/rows/?size={size}"))


def test_counting_stops_one_past_the_cap(rows, monkeypatch):
    monkeypatch.setattr(pages, "COUNT_CAP", 30)
    page = ask(rows, "/rows/?page=2")
    assert page.is_capped and page.count == 31
    assert page.pager()["last"] is None and page.pager()["next_url"]


def test_a_page_past_the_end_is_the_last_one(rows):
    assert shown(ask(rows, "/rows/?page=99"))[-1] == "row-060"
    assert shown(ask(rows, "/rows/?page=x"))[0] == "row-001"
    assert shown(ask(rows, "/rows/?page=0"))[0] == "row-001"


def test_the_page_size_is_remembered_and_only_offered_sizes_count(rows):
    session = {}
    assert len(shown(ask(rows, "/rows/?size=50", session=session))) == 50
    assert len(shown(ask(rows, session=session))) == 50
    assert len(shown(ask(rows, "/rows/?size=5000", session=session))) == 50


def test_a_head_sorts_up_then_down_and_blanks_come_last(rows):
    page = ask(rows, "/rows/?sort=-codename")
    assert shown(page)[0] == "row-060"
    assert page.heads()[0]["way"] == "descending" and page.heads()[0]["url"] == "?sort=codename"


def test_an_unknown_sort_is_the_usual_order(rows):
    assert shown(ask(rows, "/rows/?sort=password"))[0] == "row-001"
    assert shown(ask(rows, "/rows/?sort=secret"))[0] == "row-001"


def test_a_filter_narrows_and_its_chip_takes_it_off_again(rows):
    second = ContentType.objects.get(model="second").pk
    page = ask(rows, f"/rows/?kind={second}&sort=name&page=1")
    assert page.count == 20
    (chip,) = page.bar.chips()
    assert chip["label"] == "类别" and chip["url"] == "?sort=name"


def test_a_filter_filled_in_wrongly_shows_nothing_rather_than_everything(rows):
    page = ask(rows, "/rows/?least=many")
    assert page.count == 0
    assert "有条件填得不对" in html(page)


def test_five_filters_stand_in_the_bar_and_the_rest_behind_more(rows):
    page = ask(rows, "/rows/?more=1")
    assert [field.name for field in page.bar.front()] == ["kind", "party", "least", "a"]
    assert [field.name for field in page.bar.rest()] == ["b", "c"]
    assert page.bar.is_open and 'name="b"' in html(page)


def test_what_stands_behind_more_is_made_when_it_is_opened(rows, django_assert_num_queries):
    kind = ContentType.objects.get(model="second").pk
    page = ask(rows, f"/rows/?kind={kind}&least=1", first_filters=2)
    drawn = html(page)
    assert [field.name for field in page.bar.fields] == ["kind", "least"] and 'name="party"' not in drawn
    assert f'hx-get="{page.bar.open_url}"'.replace("&", "&amp;") in drawn and "more=1" in page.bar.open_url
    with django_assert_num_queries(1):
        opened = ask(rows, f"/rows/{page.bar.open_url}", htmx="list-more", first_filters=2)
        text = opened.response("404.html").content.decode()
    assert 'id="list-more"' in text and 'name="least" value="1"' in text and "<table" not in text
    assert 'name="kind"' not in text and 'name="party"' in text


def test_what_is_on_behind_more_stays_on_and_is_said_in_words(rows):
    session = {}
    posted = {"party": "孙某", "least": "1"}
    address = ask(rows, posted=posted, session=session).response("x").headers["Location"]
    page = ask(rows, address, session=session, first_filters=2)
    assert {(chip["label"], chip["text"]) for chip in page.bar.chips()} == {("当事人", "孙某"), ("至少", "1")}
    assert sorted(page.bar.carried()) == [("least", "1"), ("party", "孙某")] and not page.bar.is_open
    assert '<input\n  type="hidden" name="least" value="1">' in html(page)
    opened = ask(rows, f"/rows/{page.bar.open_url}", session=session, first_filters=2)
    assert {field.name: field.value() for field in opened.bar.rest()}["least"] == "1"


def test_that_more_stood_open_is_not_kept_in_the_address(rows):
    answer = ask(rows, "/rows/?more=1&least=1", htmx="list").response("404.html")
    assert 'id="list-more"><input type="hidden" name="more"' in answer.content.decode()
    assert answer.headers["HX-Push-Url"] == "/rows/?least=1"
    assert "HX-Push-Url" not in ask(rows, "/rows/?least=1", htmx="list").response("404.html").headers


def test_more_stands_open_where_something_in_it_is_wrong(rows):
    page = ask(rows, "/rows/?least=many", first_filters=2)
    assert page.bar.is_open and [field.name for field in page.bar.rest()] == ["party", "least", "a", "b", "c"]
    assert "more" not in page.asked.address(sort="name")


def test_a_name_is_posted_and_never_stands_in_the_address(rows):
    session = {}
    posted = {"party": "孙某", "text": "row-0", "least": "1", "csrfmiddlewaretoken": "x"}
    response = ask(rows, posted=posted, session=session).response("parts/list.html")
    address = response.headers["Location"]
    assert response.status_code == 302
    assert "孙某" not in unquote(address) and "row-0" not in address and "least=1" in address
    page = ask(rows, address, session=session)
    assert page.count == 6
    for url in (page.heads()[0]["url"], page.pager()["sizes"][1]["url"], *page.exports.values()):
        assert "孙某" not in unquote(url) and "q=" in url


def test_a_name_put_into_the_address_by_hand_is_not_used(rows):
    page = ask(rows, "/rows/?party=孙某&text=row-001")
    assert page.count == 60 and page.bar.chips() == []
    assert "party" not in page.asked.address(sort="name")


def test_the_chip_of_a_name_drops_it_without_naming_it(rows):
    session = {}
    posted = {"party": "孙某", "text": "row-0"}
    address = ask(rows, posted=posted, session=session).response("x").headers["Location"]
    chips = {chip["name"]: chip["url"] for chip in ask(rows, address, session=session).bar.chips()}
    assert "孙某" not in unquote(chips["party"])
    page = ask(rows, f"/rows/{chips['party']}", session=session)
    assert [chip["name"] for chip in page.bar.chips()] == ["text"] and page.count == 60


def test_a_query_that_is_gone_shows_nothing_and_says_so(rows):
    page = ask(rows, "/rows/?q=gone")
    assert page.count == 0 and "不再保留" in html(page)


def test_a_query_of_one_list_does_not_open_in_another(rows):
    session = {}
    address = ask(rows, posted={"party": "孙某"}, session=session).response("x")["Location"]
    assert ask(rows, address, session=session, name="others").count == 0


def test_only_the_last_thirty_queries_are_kept(rows):
    session = {}
    for number in range(40):
        ask(rows, posted={"party": str(number)}, session=session).response("x")
    assert len(session["list_queries"]) == 30


def test_columns_are_chosen_remembered_and_given_back(rows):
    session = {}
    posted = {"_columns": "1", "_address": "least=1", "col": ["pk", "codename", "secret"]}
    response = ask(rows, posted=posted, session=session).response("x")
    assert response.headers["Location"] == "?least=1"
    assert [column.key for column in ask(rows, session=session).columns] == ["codename", "pk"]
    ask(rows, posted={"_columns": "1", "_reset": "1"}, session=session).response("x")
    assert len(ask(rows, session=session).columns) == 3


def test_a_column_not_for_me_is_neither_offered_nor_exported(rows):
    page = ask(rows)
    assert "secret" not in [choice["column"].key for choice in page.choices()]


def test_ticked_rows_are_exactly_those_posted(rows):
    some = list(rows.values_list("pk", flat=True)[:3])
    assert ask(rows, posted={"pick": some}).picked().count() == 3
    assert ask(rows, posted={"pick": ["1 or 1", "x"]}).picked().count() == 0
    assert ask(rows, posted={"pick": ["a\0b"]}).picked().count() == 0  # PostgreSQL takes no NUL
    assert ask(rows, posted={}).picked().count() == 0


def test_all_that_fit_means_the_filters_of_that_page(rows):
    second = ContentType.objects.get(model="second").pk
    posted = {"_all": "1", "_address": f"kind={second}"}
    assert ask(rows, posted=posted).picked().count() == 20


def test_the_bulk_bar_posts_where_it_says(rows):
    page = html(ask(rows, bulk=(BulkAct("分办", "/assign/"),)))
    assert 'formaction="/assign/"' in page and page.count('name="pick"') == 20


def test_an_export_holds_exactly_the_filtered_rows(rows):
    told = []
    second = ContentType.objects.get(model="second").pk
    page = ask(rows, f"/rows/?kind={second}&export=xlsx&page=2", on_export=told.append)
    response = page.response("parts/list.html")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book["名册"].max_row == 21 and told == [20]
    assert [cell.value for cell in book["名册"][1]] == ["编号", "名称", "类别"]
    about = {line[0].value: line[1].value for line in book["导出说明"]}
    assert about["条件"].startswith("类别：") and about["行数"] == "20"


def test_the_same_rows_leave_as_text_with_commas(rows):
    told = []
    second = ContentType.objects.get(model="second").pk
    for kind, encoding in (("csv", "utf-8-sig"), ("gbk", "gbk")):
        page = ask(rows, f"/rows/?kind={second}&export={kind}&page=2", on_export=told.append)
        response = page.response("parts/list.html")
        head, *lines = b"".join(response.streaming_content).decode(encoding).splitlines()
        assert (head, len(lines), lines[0].split(",")[0]) == ("编号,名称,类别", 20, "row-003")
        assert (response.taken.rows, response.taken.what) == (20, "名册")
        assert f"charset={'utf-8' if kind == 'csv' else 'gb18030'}" in response.headers["Content-Type"]
    assert told == [20, 20]


def test_text_with_commas_leaves_before_all_rows_are_read(rows, django_assert_num_queries):
    response = ask(rows, "/rows/?export=csv").response("parts/list.html")
    content = iter(response.streaming_content)
    with django_assert_num_queries(0):
        assert next(content).decode("utf-8-sig") == "编号,名称,类别\r\n"
    assert next(content).startswith(b"row-001,")


def test_picked_rows_leave_as_text_too(rows):
    pick = list(rows.values_list("pk", flat=True)[:3])
    posted = {"pick": pick, "_export": "sure", "_count": "3", "_kind": "gbk"}
    response = ask(rows, posted=posted).response("parts/list.html")
    assert len(b"".join(response.streaming_content).decode("gbk").splitlines()) == 4
    assert response.taken.conditions == "选中的 3 条"


def test_the_export_button_says_what_it_exports(rows):
    assert "导出全部 60 条" in html(ask(rows))
    assert "导出符合条件的" in html(ask(rows, "/rows/?least=1"))
    assert "export" not in html(ask(rows, export_name=""))


def test_an_empty_list_says_why_and_what_to_do(rows):
    empty = Empty("还没有登记过线索。", "收到举报后先登记。", "登记线索", "/new/")
    nothing = html(ask(rows.none(), empty=empty))
    assert "还没有登记过线索。" in nothing and 'href="/new/"' in nothing
    assert "没有符合这些条件的记录" in html(ask(rows, "/rows/?least=99999999"))


def test_htmx_gets_the_list_alone_and_history_the_whole_page(rows):
    page = ask(rows, htmx="list")
    assert page.response("404.html").content.decode().lstrip().startswith("<section")
    assert "<!doctype" in ask(rows).response("404.html").content.decode()


def test_each_word_of_the_search_must_be_found(rows):
    session = {}
    posted = {"text": "孙某 row-010"}
    address = ask(rows, posted=posted, session=session).response("x").headers["Location"]
    assert shown(ask(rows, address, session=session)) == ["row-010"]


def test_a_row_found_by_two_of_its_parties_comes_once(rows):
    kinds = ContentType.objects.filter(app_label="rows")
    session = {}
    settled = {
        "filterset": None,
        "columns": (Column("model", "类别"),),
        "ordering": "model",
        "search_fields": ("permission__name",),
    }
    response = ask(kinds, posted={"text": "某人"}, session=session, **settled).response("x")
    page = ask(kinds, response.headers["Location"], session=session, **settled)
    assert [line["row"].model for line in page.lines()] == ["first", "second"]
