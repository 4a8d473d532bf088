"""Do two pictures show the same? By their pixels, not by their bytes."""

from __future__ import annotations

import base64
import binascii
import io
import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE = (b"IHDR", b"PLTE", b"tRNS", b"IDAT")
MAX_PIXEL_BYTES = 400_000_000


def same_image(shown: str, fresh: str) -> str | None:
    """``""`` for equal bytes, the reason where only the pixels are equal, else None.

    Both are base64 as nbformat keeps them.
    """
    if shown == fresh:
        return ""
    try:
        one, other = base64.b64decode(shown), base64.b64decode(fresh)
    except (binascii.Error, ValueError):
        return None
    if one == other:
        return ""
    if one.startswith(_SIGNATURE) and other.startswith(_SIGNATURE):
        content = _png_content(one)
        if content is not None and content == _png_content(other):
            return "metadata of the image"
    pixels = _decoded(one)
    return "encoding of the image" if pixels is not None and pixels == _decoded(other) else None


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


def _decoded(data: bytes) -> tuple[tuple[int, int], bytes] | None:
    """Size and RGBA pixels, where Pillow is installed and can read it."""
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            if width * height * 4 > MAX_PIXEL_BYTES:
                return None
            return image.size, image.convert("RGBA").tobytes()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
