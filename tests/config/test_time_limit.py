"""One slow request never holds a thread for ever: it is stopped with a sentence, nothing of it is kept."""

from types import SimpleNamespace

import pytest
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections, connection, transaction
from django.urls import get_resolver

from accounts.models import ExportLine, Label
from clues.views import clues
from common.lists import exporting
from config import time_limit, trouble
from config.time_limit import ARRIVED, Request, Stream, TookTooLong, Watch

SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(30)",
}


@pytest.fixture
def late(settings):
    """Every request has had its time before it begins."""
    settings.REQUEST_SECONDS = -1


@pytest.fixture
def handler(cast, client):
    """A handler's browser, which sees what a person sees of a fault."""
    client.raise_request_exception = False
    client.force_login(cast.handler, "accounts.backends.PersonBackend")
    return client


def test_a_request_that_took_too_long_ends_with_a_page(handler, late):
    answer = handler.get("/clues/")
    assert answer.status_code == 504
    assert "用的时间太长，已经停下" in answer.content.decode()


def test_a_piece_of_a_page_ends_with_a_sentence(handler, late):
    answer = handler.get("/clues/", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="list")
    assert (answer.status_code, answer["Content-Type"]) == (504, "text/plain; charset=utf-8")
    assert answer.content.decode() == trouble.SENTENCES[trouble.SLOW]


def test_of_a_deed_in_a_piece_of_a_page_it_says_that_nothing_was_saved(handler, late):
    answer = handler.post("/clues/new/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.content.decode()) == (504, trouble.SLOW_DEED)
    assert "这一步没有保存" in trouble.SLOW_DEED


def test_without_a_limit_nobody_is_stopped(handler, settings):
    settings.REQUEST_SECONDS = 0
    assert handler.get("/clues/").status_code == 200


def test_what_was_half_done_is_undone(cast):
    limit = Request(30)
    with pytest.raises(TookTooLong), connection.execute_wrapper(limit), transaction.atomic():
        with transaction.atomic():
            Label.objects.create(agency=cast.county, name="半途")
        limit.seconds = -1
        with transaction.atomic():
            Label.objects.create(agency=cast.county, name="另一半")
    assert not Label.objects.exists()


def test_a_statement_is_ended_while_it_runs(db, monkeypatch):
    monkeypatch.setattr(time_limit, "AGAIN", 0.02)
    limit, watch = Request(0.05), Watch()
    watch.begin(limit)
    with pytest.raises(OperationalError) as no, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SLOW[connection.vendor])
    watch.end(limit)
    assert trouble.page_of(no.value) == trouble.SLOW


def test_a_connection_that_goes_on_to_another_request_is_left_alone(monkeypatch):
    stopped, limit = [], Request(-1)
    limit.database = SimpleNamespace(connection=SimpleNamespace(interrupt=lambda: stopped.append(1)))
    limit.stop()
    limit.end()
    limit.stop()
    assert stopped == [1]


def test_an_export_has_more_time_and_takes_a_place(handler, settings, monkeypatch):
    given = []
    monkeypatch.setattr(
        Request, "__call__", lambda self, execute, *asked: given.append(self) or execute(*asked)
    )
    for _ in range(time_limit.EXPORTS_AT_ONCE + 1):
        assert handler.get("/clues/?export=xlsx").status_code == 200
    assert given[-1].seconds == settings.EXPORT_SECONDS
    handler.get("/clues/")
    assert given[-1].seconds == settings.REQUEST_SECONDS


def test_more_exports_at_once_wait_their_turn_and_lists_go_on(handler, monkeypatch):
    monkeypatch.setattr(time_limit, "EXPORTS_AT_ONCE", 0)
    answer = handler.get("/clues/?export=csv")
    assert (answer.status_code, "正在导出别的" in answer.content.decode()) == (503, True)
    assert not ExportLine.objects.exists()
    for address in ("/clues/", "/clues/?export=anything"):
        assert handler.get(address).status_code == 200


def test_a_page_that_exports_nothing_takes_no_place_whatever_its_address_says(handler, monkeypatch):
    monkeypatch.setattr(time_limit, "EXPORTS_AT_ONCE", 0)
    for address in ("/?export=csv", "/clues/new/?export=xlsx", "/search/?export=csv"):
        answer = handler.get(address)
        assert (answer.status_code, ARRIVED in answer.cookies) == (200, False), address


def test_who_presses_again_while_an_export_goes_on_gets_a_sentence(cast, handler):
    begun = handler.get("/clues/?export=csv")
    again = handler.get("/cases/?export=csv")
    assert (again.status_code, "上一个导出还没有完成" in again.content.decode()) == (503, True)
    assert (ExportLine.objects.count(), ARRIVED in again.cookies) == (1, True)
    handler.force_login(cast.intake, "accounts.backends.PersonBackend")
    assert handler.get("/clues/?export=xlsx").status_code == 200  # somebody else
    assert begun.getvalue()
    handler.force_login(cast.handler, "accounts.backends.PersonBackend")
    assert handler.get("/clues/?export=xlsx").status_code == 200


def test_the_button_is_told_that_the_file_has_come(handler):
    assert handler.get("/clues/?export=xlsx").cookies[ARRIVED].value == "1"
    assert ARRIVED not in handler.get("/clues/").cookies


def give_up(answer):
    """As a server closes it, but for the connection, which is the test's."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


def test_what_is_made_while_it_is_sent_keeps_its_place_until_it_is_read_or_given_up(cast, handler):
    people = (cast.handler, cast.intake, cast.chief)

    def ask(person):
        handler.force_login(person, "accounts.backends.PersonBackend")
        return handler.get("/clues/?export=csv")

    assert len(people) > time_limit.EXPORTS_AT_ONCE
    begun = [ask(person) for person in people[: time_limit.EXPORTS_AT_ONCE]]
    assert {answer.wsgi_request.limit for answer in begun} <= time_limit.WATCH.requests
    assert ask(people[-1]).status_code == 503
    assert begun[0].getvalue()
    give_up(begun[1])
    assert not {answer.wsgi_request.limit for answer in begun} & time_limit.WATCH.requests
    again = [ask(person) for person in people]
    assert [answer.status_code for answer in again] == [200] * time_limit.EXPORTS_AT_ONCE + [503]
    for answer in again:
        give_up(answer)


def test_what_is_made_while_it_is_sent_ends_with_its_time(handler):
    for _ in range(time_limit.EXPORTS_AT_ONCE + 1):
        answer = handler.get("/clues/?export=csv")
        answer.wsgi_request.limit.seconds = -1
        with pytest.raises(TookTooLong):
            answer.getvalue()


def test_a_statement_of_what_is_made_while_it_is_sent_has_the_same_time_and_the_place_goes_once(db):
    limit, ended = Request(30), []

    def pieces():
        yield b"head"
        limit.seconds = -1
        yield connection.cursor().execute("SELECT 1")

    without = Stream(iter([b"head"]), Request(-1), lambda: ended.append(0))
    with pytest.raises(TookTooLong):
        next(without)
    ended.remove(0)
    stream = Stream(pieces(), limit, lambda: ended.append(1))
    assert next(stream) == b"head" and limit not in connection.execute_wrappers
    with pytest.raises(TookTooLong):
        next(stream)
    stream.close()
    del stream
    assert ended == [1] and limit not in connection.execute_wrappers


def shown_limit():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@pytest.mark.postgres
def test_postgresql_itself_ends_a_statement_past_its_time_and_undoes_its_deed(cast, handler, monkeypatch):
    """Also where nobody watches: the server's own limit is what a thread that hangs can't forget."""

    def slow(request):
        with transaction.atomic():
            Label.objects.create(agency=cast.county, name="半途")
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(SLOW["postgresql"])

    monkeypatch.setattr(Watch, "begin", lambda self, request: None)
    monkeypatch.setattr(clues, "clue_page", slow)
    monkeypatch.setattr(Request, "begin", lambda self: self._say("SET statement_timeout = 300"))
    answer = handler.get("/clues/")
    assert (answer.status_code, "用的时间太长，已经停下" in answer.content.decode()) == (504, True)
    assert not Label.objects.exists()


@pytest.mark.postgres
def test_an_export_has_a_limit_of_its_own_and_the_next_request_the_usual_one(handler, settings, monkeypatch):
    usual, given = shown_limit(), []
    monkeypatch.setattr(exporting, "export", seen(exporting.export, given))
    settings.EXPORT_SECONDS = 123
    assert handler.get("/clues/?export=xlsx").status_code == 200
    assert given == [usual, "123s"] and shown_limit() == "123s"
    assert handler.get("/clues/").status_code == 200
    assert shown_limit() == usual


def seen(export, given):
    """`export`, telling the limit before and after it began."""

    def doing(page, rows, kind, chosen=""):
        given.append(shown_limit())
        answer = export(page, rows, kind, chosen)
        given.append(shown_limit())
        return answer

    return doing


@pytest.mark.parametrize("name", sorted(time_limit.LONG))
def test_what_takes_long_where_there_is_much_has_more_time_and_stands_among_the_addresses(
    name, rf, settings, db
):
    app, _, view = name.partition(":")
    assert get_resolver().namespace_dict[app][1].reverse_dict.getlist(view), name
    request = rf.post("/", content_type="application/x-www-form-urlencoded")
    request.limit, request.resolver_match = Request(1), SimpleNamespace(view_name=name)
    time_limit.TimeLimitMiddleware(None).process_view(request, None, (), {})
    assert request.limit.seconds == settings.EXPORT_SECONDS
