"""Gates before a deed of investigation: who may investigate."""

from law.gates.shape import INQUIRY, Asked, Gate

FEWEST = 2


def _too_few(asked: Asked) -> bool:
    native = asked.facts.native
    return native is not None and native.officers is not None and native.officers < FEWEST


GATES = (
    Gate(
        "G03",
        (INQUIRY,),
        "调查取证须有两名持有效执法证的承办人，缺一不能调查。",
        "自然资源行政处罚办法第十七条；行政处罚法第四十二条",
        _too_few,
    ),
)
