"""The ways of 送达 and what each has to say (行政处罚法 art 61, 民事诉讼法 arts 87–95)."""

from dataclasses import dataclass

from registry import codes

ANNOUNCEMENT = "announcement"
ANNOUNCED = 30  # calendar days after which a 公告 counts as served (民事诉讼法 art 95)


@dataclass(frozen=True)
class Way:
    """One way: what its field `detail` is called, whether it must be filled, and whether files do instead."""

    name: str
    asks: str
    needed: bool = True
    files_do: bool = False


_ASKS = {
    "direct": ("签收人（本人、同住成年家属、法定代表人、收件人员）", False, False),
    "leaving": ("见证人，或者上传拍照、录像", True, True),
    "entrusted": ("受委托的机关", True, False),
    "post": ("邮件号，送达日期为回执上的收件日期", True, False),
    "electronic": ("当事人签订的确认书和接收的系统", True, False),
    ANNOUNCEMENT: ("不能以其他方式送达的原因", True, False),
    "forwarded": ("转交的单位", True, False),
}
WAYS = {code: Way(codes.label("service_modes", code), *asks) for code, asks in _ASKS.items()}
