"""Whether a scan of a paper opens: every page of a PDF, every pixel of a picture.

A file's first bytes say what it claims to be; half of a file begins the same. What nobody can open,
or what is blank, proves no signature.
"""

from typing import BinaryIO

from PIL import Image
from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from common.photos import BROKEN

PICTURES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
}
PDF = "application/pdf"
# An A3 sheet at 600 dots per inch has 70 million; what has more costs more memory than a scan is worth.
MOST_PIXELS = 100_000_000
PAGES_READ = 50
END_OF_PDF, TAIL = b"%%EOF", 2048

NOT_A_SCAN = "不是图片也不是 PDF，请上传 JPG、PNG、WEBP、TIF、BMP 图片或者 PDF"
UNOPENED = "打不开，可能没有传完整或者已损坏，请重新扫描或者拍照后上传"
LOCKED = "设有密码，请去掉密码后上传"
BLANK = "是空白的，请换成签过字的那一张"
TOO_LARGE = "像素太多，请用 300 dpi 重新扫描后上传"


def fault_of(file: BinaryIO, content_type: str) -> str:
    """What is wrong with a scan, as the end of a sentence that begins with its name; "" if it opens.

    The file is left at its beginning.
    """
    if content_type not in (PDF, *PICTURES):
        return NOT_A_SCAN
    file.seek(0)
    try:
        return _pdf_fault(file) if content_type == PDF else _picture_fault(file, PICTURES[content_type])
    except (PyPdfError, *BROKEN):
        return UNOPENED
    finally:
        file.seek(0)


def _pdf_fault(file: BinaryIO) -> str:
    """A reader mends what was cut off, and shows less than there was: the end must be there."""
    file.seek(0, 2)
    file.seek(max(file.tell() - TAIL, 0))
    if END_OF_PDF not in file.read():
        return UNOPENED
    file.seek(0)
    reader = PdfReader(file)
    if reader.is_encrypted:
        return LOCKED
    pages = reader.pages[:PAGES_READ]
    if not pages:
        return UNOPENED
    shown = [_shows_something(page) for page in pages]  # every page is read, not only the first that shows
    return "" if any(shown) else BLANK


def _shows_something(page: PageObject) -> bool:
    """Reads what is drawn on a page; raises what is in BROKEN, or a PyPdfError, where it can't."""
    drawn = page.get_contents()
    return bool((drawn is not None and drawn.get_data().strip()) or page.get("/Annots"))


def _picture_fault(file: BinaryIO, kind: str) -> str:
    with Image.open(file, formats=(kind,)) as image:
        faults = [
            _frame_fault(image, frame) for frame in range(min(getattr(image, "n_frames", 1), PAGES_READ))
        ]
    other = [fault for fault in faults if fault not in ("", BLANK)]
    return other[0] if other else "" if "" in faults else BLANK


def _frame_fault(image: Image.Image, frame: int) -> str:
    if frame:
        image.seek(frame)
    if image.width * image.height > MOST_PIXELS:
        return TOO_LARGE
    image.draft("L", (1, 1))  # of a JPEG every byte is read, and few pixels are kept
    image.load()
    bands = image.getextrema()
    bands = bands if isinstance(bands[0], tuple) else (bands,)
    return BLANK if all(low == high for low, high in bands) else ""
