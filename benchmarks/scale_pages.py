"""The top search, a case's page and the desk; for scale.py."""

from benchmarks.province import COUNTIES, RARE


def run(bench) -> None:
    """Everything but lists."""
    from cases.models import Case
    from clues.models import Clue

    county, prefecture = bench.client("handler"), bench.client("prefecture")
    for whose, client in (("county", county), ("prefecture", prefecture)):
        for word, text in (
            ("rare", RARE),
            ("common", "石灰岩"),
            ("two characters", "后沟"),
            ("split", "第3镇后沟"),
            ("first letters", "lyzl"),
            ("none", "不存在的字"),
        ):
            if bench.only in f"search, {whose}: {word}":
                bench.page(
                    f"search, {whose}: {word}",
                    client,
                    client.post("/search/", {"q": text}).headers["Location"],
                )
    heavy = Case.objects.get(pk=COUNTIES)
    bench.page("case page: 200 entries, 60 files, 12 parties", county, heavy.get_absolute_url())
    plain = Case.objects.get(pk=2 * COUNTIES)
    bench.page("case page: an ordinary one", county, plain.get_absolute_url())
    bench.page("clue page", county, Clue.objects.get(pk=COUNTIES).get_absolute_url())
    for role in ("intake", "handler", "brigade_head", "chief", "prefecture"):
        bench.page(f"desk, {role}", bench.client(role), "/")
