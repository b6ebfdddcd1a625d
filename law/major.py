"""Penalties that make a decision 重大 by their kind alone: 法制审核 comes before it (行政处罚法 art 58).

自然资源行政处罚办法 art 32 leaves what is 重大 to 自然资源执法监督规定. Its text isn't held: what it lists,
any 没收 whatever its amount, is known from a rule that copies it. The kinds of art 34 on which a hearing may
be asked for weigh on the party's rights as much (行政处罚法 art 58①(二), art 63①). Which fine is 较大数额 no
text held says; a place does (`law.large_fines`).
"""

SUPERVISION = "自然资源执法监督规定"
HEARING = "行政处罚法第五十八条第一款第（二）项、第六十三条第一款；自然资源行政处罚办法第三十四条"
_SUSPENDED = f"{HEARING}第一款第（五）项"
_SHUT = f"{HEARING}第一款第（六）项"

# Kind of penalty, as the code lists call it → by which article it is 重大.
MAJOR: dict[str, str] = {
    "confiscate_income": SUPERVISION,
    "confiscate_minerals": SUPERVISION,
    "confiscate_buildings": SUPERVISION,
    "demolish": SUPERVISION,
    "revoke_licence": f"{SUPERVISION}；{_SUSPENDED}",
    "suspend_licence": _SUSPENDED,
    "lower_grade": _SUSPENDED,
    "suspend_business": _SHUT,
}
