"""How far a clue has come: the stepper, what must not be overlooked, what comes next."""

from django.urls import NoReverseMatch, reverse

from accounts import showing
from accounts.acts import Act
from accounts.models import User, local_today
from clues import onward
from clues.acts import ACTS
from clues.models import ENDED, Clue, Informant, Verification
from clues.models import ClueState as S
from clues.services.unfiled import findings_of
from clues.stages import ASSIGNING, path_of, stage_of
from law.findings.codes import NAMES

INFORMANT_ACTS = {"unmask_informant", "answer_informant"}
DESCRIBE = "describe_clue_file"
ON_A_FILE = {DESCRIBE, "open_informant_file"}


def steps(clue: Clue) -> list[dict]:
    """The stages of a clue, as far as it has come."""
    path = path_of(clue.state)
    here, ended = path.index(stage_of(clue.state).step), clue.state in ENDED
    rows = []
    for place, label in enumerate(path):
        state = "done" if ended or place < here else "current" if place == here else "todo"
        if label == ASSIGNING and state == "done" and clue.handler_id is None:
            state = "skipped"
        rows.append({"label": label, "state": state})
    return rows


def flags(clue: Clue, look: Verification | None) -> list[tuple[str, str]]:
    """What must not be overlooked, in words."""
    words = []
    if look and look.ongoing and not look.stopped:
        words.append(("正在实施，尚未制止", "red"))
    elif look and look.ongoing:
        words.append(("正在实施，已制止", "amber"))
    if clue.state == S.PENDING and clue.look_again_on:
        words.append((f"待查，{clue.look_again_on}再查", "amber"))
    if clue.state == S.MERGED:
        words.append((f"已并入{clue.went_into}", ""))
    if clue.outcome and clue.state == S.SETTLED:
        words.append((clue.get_outcome_display(), "green"))
    return words


def unfiled(clue: Clue, look: Verification | None) -> list[dict]:
    """What the law finds in it: found true, and neither filed nor lawfully left unfiled."""
    found = findings_of(clue, look, local_today())
    return [{"text": f"{NAMES[each.code]}：{each.because}依据：{each.article}。"} for each in found]


def next_acts(user: User, clue: Clue, informants: list[Informant]) -> list[dict]:
    """下一步, without the acts on an informant that the person may not know of (`intake.informants_of`)."""
    knows = any(each.clue_id == clue.pk for each in informants)

    def address(act: Act) -> str:
        if act.name in INFORMANT_ACTS and not knows:
            raise NoReverseMatch
        if act.name in ON_A_FILE:
            raise NoReverseMatch  # stands at each file
        if not all(need.met(clue) for need in act.needs):
            raise NoReverseMatch  # most clues are never handed over: nothing is lacking there
        return reverse(f"clues:{act.name}", args=[clue.public_id])

    own = showing.next_acts(ACTS, user, clue, address, first=stage_of(clue.state).first)
    return onward.joined(onward.rows(user, clue), own)
