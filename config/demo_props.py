"""Who and what stands in for the real in the demo: its people, drawn photographs and papers."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.models import User


def who(username: str) -> User:
    """A person of the demo, with the posts of today."""
    return User.objects.get(username=username)


def photo(words: str) -> SimpleUploadedFile:
    """A drawn stand-in for a photograph of the place."""
    image = Image.new("RGB", (960, 640), (196, 187, 160))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 640), (220, 260), (420, 430), (640, 180), (960, 640)], fill=(146, 128, 96))
    draw.rectangle([380, 470, 560, 560], fill=(88, 80, 70))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return SimpleUploadedFile(f"{words}.jpg", out.getvalue(), "image/jpeg")


def paper(words: str) -> SimpleUploadedFile:
    """A one-page stand-in for a scan, as a PDF."""
    image = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle([60, 60, 560, 817], outline=(120, 120, 120))
    draw.ellipse([380, 640, 520, 780], outline=(200, 30, 30), width=5)
    out = io.BytesIO()
    image.save(out, "PDF")
    return SimpleUploadedFile(f"{words}.pdf", out.getvalue(), "application/pdf")
