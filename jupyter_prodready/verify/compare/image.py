"""Do two pictures show the same? By their pixels, not by their bytes."""

from __future__ import annotations

import base64
import binascii
import io
import re
import struct
import zlib
from typing import TYPE_CHECKING

from .likeness import SAME, Likeness, but_for, differs

if TYPE_CHECKING:
    from PIL.Image import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE = (b"IHDR", b"PLTE", b"tRNS", b"acTL", b"fcTL", b"fdAT")
_PDF_DATE = re.compile(rb"/(?:CreationDate|ModDate) ?\([^)]*\)|/ID ?\[[^\]]*\]")
MAX_PIXEL_BYTES = 400_000_000


def same_image(shown: str, fresh: str) -> Likeness:
    """Both are base64 as nbformat keeps them. Every pixel of every frame must be the same:
    a tolerance would hide a heat map whose values have changed.
    """
    try:
        one, other = base64.b64decode(shown), base64.b64decode(fresh)
    except (binascii.Error, ValueError):
        return SAME if shown == fresh else differs("shows another picture")
    if one == other:
        return SAME
    if one.startswith(_SIGNATURE) and other.startswith(_SIGNATURE):
        content = _png_content(one)
        if content is not None and content == _png_content(other):
            return but_for("metadata of the image")
    return _by_pixels(one, other)


def same_pdf(shown: str, fresh: str) -> Likeness:
    """Both are base64; when it was made does not count."""
    try:
        one, other = base64.b64decode(shown), base64.b64decode(fresh)
    except (binascii.Error, ValueError):
        return SAME if shown == fresh else differs("shows another PDF")
    if _PDF_DATE.sub(b"", one) == _PDF_DATE.sub(b"", other):
        return SAME if one == other else but_for("metadata of the image")
    return differs("shows another PDF")


def _by_pixels(one: bytes, other: bytes) -> Likeness:
    try:
        from PIL import Image
    except ImportError:
        return differs("shows a picture of other bytes (Pillow, which compares pixels, is missing)")
    try:
        with Image.open(io.BytesIO(one)) as mine, Image.open(io.BytesIO(other)) as its:
            return _same_frames(mine, its)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return differs("shows another picture")


def _same_frames(one: Image, other: Image) -> Likeness:
    if one.size != other.size:
        sizes = [f"{width} by {height} pixels" for width, height in (other.size, one.size)]
        return differs(f"shows a picture of {sizes[0]}, the page one of {sizes[1]}")
    frames = getattr(one, "n_frames", 1)
    if frames != getattr(other, "n_frames", 1):
        return differs("shows another picture")
    if one.width * one.height * frames * 8 > MAX_PIXEL_BYTES:
        return differs("shows a picture of other bytes (too large to compare its pixels)")
    for frame in range(frames):
        one.seek(frame)
        other.seek(frame)
        box = _box(one, other)
        if box is not None:
            left, top, right, bottom = box
            return differs(f"shows another picture (from pixel {left}, {top} to {right}, {bottom})")
    return but_for("encoding of the image")


def _box(one: Image, other: Image) -> tuple[int, int, int, int] | None:
    """Around the pixels that differ; None where none do."""
    from PIL import ImageChops

    if one.mode != other.mode or one.mode not in ("RGB", "RGBA", "L"):
        if one.mode == other.mode and one.tobytes() == other.tobytes() and one.mode != "P":
            return None
        if one.mode.startswith(("I", "F")) or other.mode.startswith(("I", "F")):
            return None if one.tobytes() == other.tobytes() else (0, 0, one.width, one.height)
        return _box(one.convert("RGBA"), other.convert("RGBA"))
    difference = ImageChops.difference(one, other)
    return difference.getbbox(alpha_only=False) if one.mode == "RGBA" else difference.getbbox()


def _png_content(data: bytes) -> tuple[bytes, bytes] | None:
    """The chunks that make the picture, without time, text and resolution."""
    place = len(_SIGNATURE)
    heads, packed = [], []
    while place + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        chunk = data[place + 8 : place + 8 + size]
        if kind == b"IDAT":
            packed.append(chunk)
        elif kind in _PICTURE:
            heads.append(kind + chunk)
        place += size + 12
    try:
        unpacker = zlib.decompressobj()
        pixels = unpacker.decompress(b"".join(packed), MAX_PIXEL_BYTES)
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else (b"".join(heads), pixels)
