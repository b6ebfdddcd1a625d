"""What a file is: recognised by its first bytes and its name's ending together; all else is refused.

All kinds are kept as they came and handed out as attachments only; of which a page may show a copy
says `StoredFile.is_picture`.
"""

from pathlib import Path

from django.core.files import File

from common.errors import Refused
from common.pictures import fault_of

HEAD = 16
ZIP, OLE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0",)
OFFICE = "application/vnd.openxmlformats-officedocument."
# Brands of the ISO media box (“ftyp” and what stands behind it); older phones' MOV has none.
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
MOV_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip")

# (content type, endings, ways a file of that kind may begin)
PLAIN = (
    ("application/pdf", (".pdf",), (b"%PDF-",)),
    ("application/ofd", (".ofd",), ZIP),
    ("image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    ("image/png", (".png",), (b"\x89PNG\r\n\x1a\n",)),
    ("image/tiff", (".tif", ".tiff"), (b"II*\x00", b"MM\x00*")),
    ("image/bmp", (".bmp",), (b"BM",)),
    ("audio/mpeg", (".mp3",), (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    ("audio/amr", (".amr",), (b"#!AMR",)),
    (f"{OFFICE}wordprocessingml.document", (".docx",), ZIP),
    (f"{OFFICE}spreadsheetml.sheet", (".xlsx",), ZIP),
    ("application/msword", (".doc",), OLE),
    ("application/vnd.ms-excel", (".xls",), OLE),
    ("application/wps-office.wps", (".wps",), (*OLE, *ZIP)),
    ("application/wps-office.et", (".et",), (*OLE, *ZIP)),
)


def _is_media(head: bytes, *brands: bytes) -> bool:
    return head[4:8] == b"ftyp" and (not brands or head[8:12] in brands)


BOXED = (
    ("image/heic", (".heic", ".heif"), lambda head: _is_media(head, *HEIC_BRANDS)),
    ("image/webp", (".webp",), lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("video/mp4", (".mp4",), _is_media),
    ("video/quicktime", (".mov",), lambda head: _is_media(head) or head[4:8] in MOV_BOXES),
    ("audio/mp4", (".m4a",), _is_media),
)


def checked_kind(name: str, upload: File) -> str:
    """The content type, once a picture is known to open; else Refused."""
    content_type = kind_of(name, upload)
    if fault := fault_of(upload, content_type):
        raise Refused(f"文件“{name}”{fault}。")
    return content_type


def kind_of(name: str, upload: File) -> str:
    """The content type that both the first bytes and the name's ending tell; else Refused."""
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    ending = Path(name).suffix.lower()
    for content_type, endings, beginnings in PLAIN:
        if ending in endings and head.startswith(beginnings):
            return content_type
    for content_type, endings, fits in BOXED:
        if ending in endings and fits(head):
            return content_type
    raise Refused(
        f"文件“{name}”的类型不能接收。可以上传：PDF、OFD，JPG、PNG、HEIC、WEBP、TIF、BMP 图片，"
        "MP4、MOV 录像，MP3、M4A、AMR 录音，Word、Excel、WPS 文档；请确认文件后缀与内容一致。"
    )
