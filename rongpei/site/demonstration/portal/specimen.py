"""A certificate that is none: shapes and a number, stamped as a specimen."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw


def certificate(number: str) -> "ContentFile[bytes]":
    """A specimen drawn by a few lines: a frame, bars in place of words, a number, a stamp. No real document looks so."""
    image = Image.new("RGB", (860, 1120), "#fbf8f1")
    pen = ImageDraw.Draw(image)
    pen.rectangle((32, 32, 828, 1088), outline="#c9b88f", width=3)
    pen.rectangle((240, 110, 620, 160), fill="#3b352d")
    pen.rectangle((330, 190, 530, 206), fill="#b9ad94")
    pen.rectangle((600, 270, 760, 480), fill="#e8dfca", outline="#c9b88f")
    pen.ellipse((645, 300, 715, 370), fill="#c9b88f")
    for row in range(9):
        top = 300 + row * 72
        pen.rectangle((96, top, 200, top + 22), fill="#8d8379")
        if row == 3:
            pen.text((230, top - 4), number, fill="#3b352d", font_size=34)
        else:
            pen.rectangle((230, top, 330 + (row * 67) % 190, top + 22), fill="#5d564c")
    pen.ellipse((560, 860, 720, 1020), outline="#a8201a", width=6)
    pen.text((592, 922), "SPECIMEN", fill="#a8201a", font_size=20)
    made = BytesIO()
    image.save(made, "JPEG", quality=80)
    return ContentFile(made.getvalue(), name="specimen.jpg")
