"""The one search of the top bar, over clues."""

from clues.search import search
from tests.clues.making import PERSON_ID, registered


def found(user, words):
    return [hit.thing for hit in search(user, words)]


def test_by_number_place_words_and_party(cast):
    person = {"kind": "person", "name": "欧阳锋某", "identity": PERSON_ID}
    clue = registered(cast, place="磁窑村东沟", summary="有人挖山皮土", parties=[person])
    registered(cast)
    for typed in (clue.number, "磁窑", "山皮土", "欧阳 锋某", PERSON_ID, "磁窑 山皮土"):
        assert found(cast.handler, typed) == [clue.number], typed
    assert found(cast.handler, "磁窑 没有的词") == []
    assert found(cast.handler, "  ") == []


def test_only_what_one_sees(cast):
    clue = registered(cast, place="磁窑村东沟")
    assert found(cast.prefecture, "磁窑") == [clue.number]
    for stranger in (cast.neighbour_chief, cast.police, cast.other_prefecture):
        assert found(stranger, "磁窑") == []
