"""One slow request never holds a thread for ever: it is stopped with a sentence, nothing of it is kept."""

from types import SimpleNamespace

import pytest
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections, connection, transaction
from django.urls import get_resolver

from accounts.models import ExportLine, Label
from config import time_limit, trouble
from config.time_limit import Request, Stream, TookTooLong, Watch

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


def give_up(answer):
    """As a server closes it, but for the connection, which is the test's."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


def test_what_is_made_while_it_is_sent_keeps_its_place_until_it_is_read_or_given_up(handler, settings):
    begun = [handler.get("/clues/?export=csv") for _ in range(time_limit.EXPORTS_AT_ONCE)]
    assert {answer.wsgi_request.limit for answer in begun} <= time_limit.WATCH.requests
    assert handler.get("/clues/?export=csv").status_code == 503
    assert begun[0].getvalue()
    give_up(begun[1])
    assert not {answer.wsgi_request.limit for answer in begun} & time_limit.WATCH.requests
    again = [handler.get("/clues/?export=csv") for _ in range(time_limit.EXPORTS_AT_ONCE + 1)]
    assert [answer.status_code for answer in again] == [200] * time_limit.EXPORTS_AT_ONCE + [503]
    del again, begun


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


@pytest.mark.parametrize("name", sorted(time_limit.LONG | time_limit.DOWNLOADS))
def test_what_takes_long_where_there_is_much_has_more_time_and_stands_among_the_addresses(name, rf, settings):
    app, _, view = name.partition(":")
    assert get_resolver().namespace_dict[app][1].reverse_dict.getlist(view), name
    request = rf.post("/", content_type="application/x-www-form-urlencoded")
    request.limit, request.resolver_match = Request(1), SimpleNamespace(view_name=name)
    time_limit.TimeLimitMiddleware(None).process_view(request, None, (), {})
    assert request.limit.seconds == settings.EXPORT_SECONDS
