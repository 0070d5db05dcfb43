"""A picture of few colors as a small PNG: vl-convert's own is five times as large."""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGBA, PALETTE, LEFT = 6, 3, 1  # kinds of color; the filter that vl-convert writes
STEPS = 17  # between the 16 shades kept of red, green and blue each
COLORS = 256


def shrink(png: bytes) -> bytes:
    """The picture with a palette: colors that share one of 16 shades a channel become their mean.
    ValueError for a PNG of another form, and for more than 256 colors."""
    import numpy as np  # late: a build whose pictures are kept needs none of it

    chunks = dict(_chunks(png))
    width, height, depth, color = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)
    if (depth, color) != (8, RGBA) or (rows[:, 0] != LEFT).any():
        raise ValueError("found a PNG of another form, expected 8-bit RGBA with the filter Sub")
    steps = rows[:, 1:].reshape(height, width, 4)
    pixels = np.add.accumulate(steps, axis=1, dtype=np.uint8)[:, :, :3]
    shades = ((pixels.astype(np.uint16) + STEPS // 2) // STEPS).astype(np.uint32)
    keys = (shades[:, :, 0] << 8) | (shades[:, :, 1] << 4) | shades[:, :, 2]
    colors, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    if len(colors) > COLORS:
        raise ValueError(f"found {len(colors)} colors, expected {COLORS} at most")
    flat = places.ravel()
    sums = [np.bincount(flat, pixels[:, :, channel].ravel()) for channel in range(3)]
    palette = np.rint(np.stack(sums, axis=1) / counts[:, None])
    lines = np.zeros((height, width + 1), np.uint8)
    lines[:, 1:] = places.reshape(height, width)
    head = struct.pack(">IIBBBBB", width, height, 8, PALETTE, 0, 0, 0)
    return SIGNATURE + b"".join(
        _chunk(name, content)
        for name, content in (
            (b"IHDR", head),
            (b"PLTE", palette.astype(np.uint8).tobytes()),
            (b"IDAT", zlib.compress(lines.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG by name; those of the picture itself joined."""
    place, data = len(SIGNATURE), b""
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        name, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        data += content if name == b"IDAT" else b""
        place += 12 + size
        yield name, data if name == b"IDAT" else content


def _chunk(name: bytes, content: bytes) -> bytes:
    checked = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checked)
