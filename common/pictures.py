"""Pictures as they come: whether one opens, and a small copy of it to be shown inside a page.

What a page shows is always such a copy, never the bytes that somebody sent: it is upright, of a kind
that every browser knows, and carries no time, place or maker. HEIC is only ever read here (pi-heif has
no encoder). Sizes are looked at before pixels are made: a few bytes may claim a whole wall.
"""

import io
from typing import BinaryIO

from pi_heif import register_heif_opener
from PIL import Image, ImageOps

from common.photos import BROKEN

register_heif_opener(thumbnails=False)

KINDS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
    "image/heic": "HEIF",
}
# Beyond this Pillow stops by itself (DecompressionBombError) for 178 million; an A3 sheet at 600 dots per
# inch has 70 million, a phone's large photo 50 to 108 million.
MOST_PIXELS = 120_000_000
QUALITY = 82

UNOPENED = "打不开，可能没有传完整或者已损坏。请打开原图核对，重新选择或者重新拍照后再上传"
TOO_LARGE = "像素太多（超过 1.2 亿），请把照片改小后再上传，原件照样留好"


class NotShown(Exception):
    """A picture of which no copy can be made; its sentence says why."""


def fault_of(file: BinaryIO, content_type: str) -> str:
    """What is wrong with a picture, as the end of a sentence that begins with its name; "" if it opens.

    Every byte is read, of a JPEG few pixels are kept. What is no picture has no fault. The file is left
    at its beginning.
    """
    if content_type not in KINDS:
        return ""
    try:
        with _opened(file, content_type) as image:
            image.draft("L", (1, 1))
            image.load()
    except NotShown as no:
        return str(no)
    except BROKEN:
        return UNOPENED
    finally:
        file.seek(0)
    return ""


def small_copy(file: BinaryIO, content_type: str, most: int) -> bytes:
    """A JPEG of the picture, at most `most` pixels high and wide. Raises NotShown."""
    try:
        with _opened(file, content_type) as image:
            image.draft("RGB", (most, most))
            image.thumbnail((most, most))
            copy = _on_white(ImageOps.exif_transpose(image))
    except BROKEN:
        raise NotShown(UNOPENED) from None
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _opened(file: BinaryIO, content_type: str) -> Image.Image:
    """The picture before any pixel is made. Raises NotShown for what is no picture, or too large."""
    if content_type not in KINDS:
        raise NotShown(UNOPENED)
    file.seek(0)
    try:
        image = Image.open(file, formats=(KINDS[content_type],))
    except Image.DecompressionBombError:
        raise NotShown(TOO_LARGE) from None
    if image.width * image.height > MOST_PIXELS:
        raise NotShown(TOO_LARGE)
    return image


def _on_white(image: Image.Image) -> Image.Image:
    """Without what shows through; other kinds of pixels become plain ones."""
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        above = image.convert("RGBA")
        below = Image.new("RGB", above.size, "white")
        below.paste(above, mask=above.getchannel("A"))
        return below
    return image.convert("RGB")
