"""CONTRIBUTING's recipe for a gate, followed to the letter."""

import re
from pathlib import Path

from law.gates import GATES, Draft, Gate, stops
from law.gates.shape import CLOSING, Asked
from tests.law.making import case_of, decided, miner

RECIPES = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def written_gate():
    """The recipe's example: its check, and the row that is its last expression."""
    recipe = RECIPES[RECIPES.index("**A gate**") :]
    block = re.search(r"```python\n(.*?)```", recipe, re.DOTALL)[1]
    check, row = block.rsplit("\n\n\n", 1)
    names = {"Asked": Asked, "CLOSING": CLOSING, "Gate": Gate}
    exec(check, names)
    return eval(row.strip(), names)


def test_a_gate_of_the_recipe_stops_a_deed_with_its_words_and_article():
    """自然资源行政处罚办法第四十三条"""
    gate = written_gate()
    draft = Draft("closing", closing="已申请法院或政府强制执行")
    items = {"fine": 0, "confiscated_minerals": True}
    waiting = case_of(**miner(dates=decided(), decision=items))
    done = case_of(**miner(dates=decided(handed_over="2025-11-01"), decision=items))
    assert stops(waiting, draft) == []
    (stop,) = stops(waiting, draft, (*GATES, gate))
    assert stop.sentence == "没收的矿产品没有移交，不能结案。"
    assert stop.article == "自然资源行政处罚办法第四十三条"
    assert stops(done, draft, (*GATES, gate)) == []
