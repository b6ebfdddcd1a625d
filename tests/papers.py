"""Scans of signed papers as a scanner or a telephone makes them: small, whole, with something on them."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw


def pdf(drawn: bytes = b"100 700 m 300 720 l S", pages: int = 1) -> bytes:
    """A PDF of so many pages with a stroke on each."""
    kids = " ".join(f"{3 + 2 * page} 0 R" for page in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
    ]
    for page in range(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * page} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def picture(kind: str = "JPEG", *, blank: bool = False) -> bytes:
    """A picture of a signed sheet, in one of Pillow's formats."""
    image = Image.new("RGB", (120, 160), "white")
    if not blank:
        ImageDraw.Draw(image).line((20, 120, 100, 140), fill="black", width=3)
    kept = BytesIO()
    image.save(kept, kind)
    return kept.getvalue()


SIGNED = pdf()
HEIC = (Path(__file__).parent / "data" / "photo.heic").read_bytes()
PHOTO, OTHER_PHOTO, DRAWN = picture(), picture(blank=True), picture("PNG")
