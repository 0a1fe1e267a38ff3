"""Images are never kept as they came: they are decoded and drawn anew.

So place, camera and person (EXIF, GPS, XMP), colour profiles, and anything hidden before, between or after the pixels
are gone. Only the first frame of an animation is kept.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from rongpei.ground.audit import Refused
from rongpei.ground.files.codes import Format

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096
_DECODERS = {
    Format.JPEG: ("JPEG", "MPO"),
    Format.PNG: ("PNG",),
    Format.WEBP: ("WEBP",),
    Format.GIF: ("GIF",),
    Format.HEIC: ("HEIF",),
}
_MADE = {Format.GIF: Format.PNG, Format.HEIC: Format.JPEG}
_DEEP_MODES = {"I", "F", "I;16", "I;16B", "I;16L", "I;16N"}


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A new image and its format."""

    kind: Format
    content: bytes


def redrawn(content: bytes, kind: Format) -> Redrawn:
    """Decode, turn upright, shrink to 4096 pixels at most, and encode without any metadata.

    Refuses damaged images and those of more than 50 million pixels, before their pixels are decoded.
    """
    if not _can_decode(kind):
        raise Refused(
            _("暂不能处理 HEIC 图片。"),
            remedy=_("请在手机上另存为 JPG，或把相机格式改为“兼容性最佳”。"),
            code="heic",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, checked below, and of broken metadata, thrown away
            with Image.open(BytesIO(content), formats=_DECODERS[kind]) as image:
                _must_be_small(image.size)
                return _encoded(_upright(image), _MADE.get(kind, kind))
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # decoders of damaged data raise whatever comes to them
        raise Refused(
            _("这张图片打不开或不完整，没有保存。"), remedy=_("请重新拍照或导出后再上传。"), code="damaged"
        ) from error


def _can_decode(kind: Format) -> bool:
    Image.init()
    return any(name in Image.OPEN for name in _DECODERS[kind])


def _must_be_small(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Refused:
    return Refused(
        _("图片超过 5000 万像素，没有保存。"),
        remedy=_("请缩小后再上传，长边 4096 像素已经够用。"),
        code="pixels",
    )


def _upright(image: Image.Image) -> Image.Image:
    # Decodes a large JPEG at a half or a quarter of its size at once.
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    image.seek(0)
    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return turned


def _encoded(image: Image.Image, kind: Format) -> Redrawn:
    plain = _simple(image, keeps_alpha=kind != Format.JPEG)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)  # pixels only: `info`, palette and profile stay behind
    out = BytesIO()
    if kind == Format.JPEG:
        bare.save(out, "JPEG", quality=88, optimize=True, progressive=True)
    elif kind == Format.WEBP:
        bare.save(out, "WEBP", quality=88, method=4)
    else:
        bare.save(out, "PNG", optimize=False, compress_level=6)
    return Redrawn(kind, out.getvalue())


def _simple(image: Image.Image, *, keeps_alpha: bool) -> Image.Image:
    if image.mode in _DEEP_MODES:
        lowest, highest = image.convert("F").getextrema()
        scale = 255 / max(float(highest), 255.0)  # type: ignore[arg-type]
        return image.convert("F").point(lambda value: value * scale).convert("L")
    if image.mode == "L":
        return image
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    if keeps_alpha:
        return clear
    white = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(white, clear).convert("RGB")
