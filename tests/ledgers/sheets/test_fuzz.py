"""500 mutated workbooks: a reading or a sentence, never anything else, never a hang.

The seed is printed when a mutant gets through; FUZZ_SEED repeats its run, FUZZ_ROUNDS lengthens it.
"""

import csv
import io
import os
import random
import re
import time
import zipfile

import openpyxl
import pytest

from ledgers.sheets.limits import Unreadable
from ledgers.sheets.marking import write_marked
from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets import open_documents
from tests.ledgers.sheets.books import FORM, MAY_15, line, official, official_old, parts_of, saved, zipped

SEED = int(os.environ.get("FUZZ_SEED", "20210515"))
ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "500"))
LONGEST = 5
TYPICAL = [
    "", "无", "合计", "小计", "审核人：", "约三亩", "=1+1", "#REF!", "１２３", "-5", "1e400",
    "NaN", "12\n13", "3200立方米", "序号", "罚款金额", "140122198001011234", "是", 0, -1, 1e300,
    True, 10**20, "某" * 40000, "\U0001f600", "2021-02-30", "填报时间：9999年99月99日", "十" * 50,
]  # fmt: skip
NASTY = [
    b"<", b">", b"&", b"\0", b"<!DOCTYPE a>", b"<!--", b"]]>", b"</row>", b'r="A0"',
    b'r="XFD9999999"', b"<row r='-1'>", b'<mergeCell ref="A7:P99999999"/>', b"encoding='x'",
    b'<mergeCell ref="P9:A1"/>', b'ref="ZZZZ1"', b"<c r='B8' t='s'><v>99999</v></c>", b"t='d'",
    b"<c t='e'><v>#N/A</v></c>", b"<f>1</f>", b"s='999'", b"<v>1e999</v>", b"<v>nan</v>",
    b"table:number-rows-repeated='99999999'", b"<table:table-row>", b"</table:table-cell>",
    b"table:number-columns-spanned='99999'", b"office:value-type='float'", b"<table:table>",
    b"&#0;", b"&#x1F600;", b"\xff\xfe", b'<c r="C8"><v>1.5</v></c>', b"<v>-7</v>",
]  # fmt: skip


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """A few small workbooks to start from: .xlsx and .xls, merged, with totals and faults."""
    folder = tmp_path_factory.mktemp("seeds")
    lines = [line(1), line(2, land_area="约三亩"), line(3, county=None), {"serial": "合计"}]

    def merge(sheet):
        sheet.merge_cells("B8:B9")

    below = [["合计"], ["审核人：王某"]]
    return [
        MAY_15,
        saved(official(lines, [{"A": "填报时间：2021.5.15"}], merge), folder / "merged.xlsx"),
        saved(official_old(lines[:3], below), folder / "old.xls"),
    ]


def flipped(rng, data):
    """Bytes changed, cut out, doubled or cut off."""
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 8, 64])):
        at = rng.randrange(max(1, len(data)))
        deed = rng.randrange(5)
        if deed < 3 and data:
            data[at] = rng.randrange(256)
        elif deed == 3:
            del data[at : at + rng.randrange(1, 200)]
        else:
            data[at:at] = data[at : at + rng.randrange(1, 200)]
    return bytes(data[: rng.randrange(len(data) + 1)] if rng.random() < 0.05 else data)


def mutated_bytes(rng, seed, path):
    path.write_bytes(flipped(rng, seed.read_bytes()))


def mutated_parts(rng, seed, path):
    parts = parts_of(seed)
    name = rng.choice(sorted(parts))
    deed = rng.randrange(4)
    if deed == 0:
        del parts[name]
    elif deed == 1:
        parts[name] = flipped(rng, parts[name])
    elif deed == 2:
        parts[name] = parts[rng.choice(sorted(parts))]
    else:
        parts[name.swapcase()] = parts.pop(name)
    zipped(parts, path, rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]))


def mutated_xml(rng, seed, path):
    parts = parts_of(seed)
    name = rng.choice([n for n in sorted(parts) if n.startswith(("xl/", "content")) and n.endswith("xml")])
    data = parts[name]
    for _ in range(rng.randrange(1, 4)):
        tokens = [m.span() for m in re.finditer(rb"<[^>]*>|[^<>]+", data)] or [(0, 0)]
        start, end = rng.choice(tokens)
        inner = rng.choice(NASTY)
        data = data[:start] + rng.choice([b"", inner, inner + data[start:end]]) + data[end:]
    parts[name] = data
    zipped(parts, path)


def mutated_cells(rng, seed, path):
    book = openpyxl.load_workbook(seed)
    sheet = book.active
    for _ in range(rng.randrange(1, 12)):
        row, column = rng.randrange(1, 20), rng.randrange(1, 18)
        value = rng.choice(TYPICAL)
        if rng.random() < 0.1:
            sheet.merge_cells(None, row, column, row + rng.randrange(4), column + rng.randrange(3))
        elif type(sheet.cell(row, column)).__name__ == "Cell":
            sheet.cell(row, column).value = value
    if rng.random() < 0.1:
        sheet.insert_rows(rng.randrange(1, 10), rng.randrange(1, 40))
    if rng.random() < 0.1:
        sheet.delete_cols(rng.randrange(1, 16))
    book.save(path)


MUTATIONS = [mutated_bytes, mutated_parts, mutated_xml, mutated_xml, mutated_cells]


def outcome(path):
    """ "reading" or "sentence"; what is read must also come out as a marked workbook."""
    try:
        reading = read_ledger(path, FORM, max_rows=2000)
    except Unreadable as refusal:
        assert refusal.sentence.endswith("。")
        return "sentence"
    for fault in (*reading.faults, *reading.warnings):
        assert fault.reason.endswith("。")
        assert fault.sheet
        assert fault.row > 0
    write_marked(path, reading, reading.faults, io.BytesIO())
    return "reading"


def ran(seeds, rounds, mutation_of, folder):
    """The outcomes of mutants, none of which may hang or come out as anything else."""
    outcomes = {"reading": 0, "sentence": 0}
    for number in range(rounds):
        rng = random.Random(f"{SEED}-{number}")
        seed = rng.choice(seeds)
        mutate = mutation_of(rng, seed)
        path = folder / f"mutant{seed.suffix}"
        mutate(rng, seed, path)
        started = time.monotonic()
        try:
            outcomes[outcome(path)] += 1
        except BaseException:
            print(f"FUZZ_SEED={SEED}, mutant {number} by {mutate.__name__} of {seed.name}")
            raise
        assert time.monotonic() - started < LONGEST, f"FUZZ_SEED={SEED}, mutant {number} is slow"
    return outcomes


def test_500_mutated_workbooks_give_a_reading_or_a_sentence(seeds, tmp_path):
    def mutation_of(rng, seed):
        return mutated_bytes if seed.suffix == ".xls" else rng.choice(MUTATIONS)

    outcomes = ran(seeds, ROUNDS, mutation_of, tmp_path)
    # Both ways out are really taken: mutants that all break at the door would test only the door.
    assert outcomes["reading"] > ROUNDS * 0.2, outcomes
    assert outcomes["sentence"] > ROUNDS * 0.2, outcomes


@pytest.fixture(scope="module")
def plain_seeds(tmp_path_factory):
    """A text file and an .ods, with faults, a total and signatures."""
    folder = tmp_path_factory.mktemp("plain")
    lines = [line(1), line(2, land_area="约三亩"), {"serial": "合计"}, {"serial": "审核人：王某"}]
    rows = [[column.path[-1] for column in FORM.columns], *([v.get(k) for k in FORM.keys] for v in lines)]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (folder / "text.csv").write_bytes(text.getvalue().encode("gbk"))
    sheet = open_documents.table(*(open_documents.row(*cells) for cells in rows))
    document = open_documents.document(sheet)
    return [folder / "text.csv", open_documents.saved(document, folder / "open.ods")]


def test_300_mutated_texts_and_open_documents_give_a_reading_or_a_sentence(plain_seeds, tmp_path):
    def mutation_of(rng, seed):
        return mutated_bytes if seed.suffix == ".csv" else rng.choice(MUTATIONS[:4])

    outcomes = ran(plain_seeds, ROUNDS * 3 // 5, mutation_of, tmp_path)
    assert min(outcomes.values()) > ROUNDS * 0.1, outcomes
