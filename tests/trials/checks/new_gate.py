"""没收的矿产品没有移交的, no case is closed: sentence and article reach whoever asks the table."""

from config import procedure
from law.gates import Draft, stops
from tests.law.making import case_of, decided, miner


def test_the_new_gate_stops_a_closing_with_its_words_and_article():
    """自然资源行政处罚办法第四十三条"""
    items = {"fine": 0, "confiscated_minerals": True}
    closing = Draft("closing", closing="已申请法院或政府强制执行")
    (stop,) = stops(case_of(**miner(dates=decided(), decision=items)), closing)
    assert stop.text == "没收的矿产品没有移交，不能结案。依据：自然资源行政处罚办法第四十三条。"
    done = case_of(**miner(dates=decided(handed_over="2025-11-01"), decision=items))
    assert stops(done, closing) == []


def test_the_printed_procedure_names_it():
    assert "| G41 | 结案 | 没收的矿产品没有移交，不能结案。" in procedure.text()
