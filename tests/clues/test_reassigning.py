"""离岗交接 and merged offices: open clues go on in other hands."""

from accounts import fileaccess, reassignment
from accounts.signals import agency_merged
from clues.models import Clue
from clues.services.disposition import approve_disposition
from tests.clues.making import assigned, last_entry, proposed, registered, verified


def work():
    return next(one for one in reassignment.kinds() if one.label == "核查和处理的线索")


def test_open_clues_go_to_the_other_handler(cast):
    open_one, looked = assigned(cast), verified(cast)
    done = approve_disposition(by=cast.deputy, clue=proposed(cast, "non_filing"))
    assert set(work().open_work_of(cast.handler)) == {open_one, looked}
    assert work().move(cast.system_admin, cast.handler, cast.second_handler) == (2, 0)
    assert set(Clue.objects.filter(handler=cast.second_handler)) == {open_one, looked}
    done.refresh_from_db()
    assert done.handler == cast.handler
    entry = last_entry(open_one)
    assert (entry.label, entry.changes["核查人"]) == ("离岗交接", ["李承办", "赵协办"])


def test_to_somebody_who_is_no_handler_they_wait_to_be_assigned(cast):
    clue = assigned(cast)
    assert work().move(cast.system_admin, cast.handler, cast.brigade_head) == (0, 1)
    clue.refresh_from_db()
    assert (clue.state, clue.handler) == ("registered", None)


def test_when_offices_merge_open_clues_move(cast):
    clue = registered(cast, by=cast.neighbour_handler)
    agency_merged.send(
        sender=type(cast.county), by=cast.system_admin, agency=cast.neighbour, into=cast.county
    )
    clue.refresh_from_db()
    assert clue.agency == cast.county
    assert last_entry(clue).label == "机构合并"


def test_files_are_for_those_who_see_the_clue(cast, sign_in):
    from tests.clues.making import jpeg

    clue = registered(cast, files=[jpeg()])
    stored = clue.files.get().file
    for part in ("handler", "chief", "prefecture"):
        assert fileaccess.visible_file(getattr(cast, part), stored.public_id) == stored
    for part in ("neighbour_chief", "police", "system_admin"):
        assert fileaccess.visible_file(getattr(cast, part), stored.public_id) is None
