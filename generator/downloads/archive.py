"""Files as one zip whose bytes depend on nothing but their names and contents.

They depend on the version of zlib too: where a library packs in another way, the files in the zip
are the same, the zip itself is not. So releases keep the zip, and `verify` looks inside.
"""

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
UNIX, PLAIN_FILE = 3, 0o100644 << 16


Member = tuple[str, Iterable[bytes]]  # a file's name, and its content piece by piece


def to_zip(files: Iterable[Member], folder: str) -> bytes:
    """The files in their order, all inside of one folder."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, pieces in files:
            entry = ZipInfo(f"{folder}/{name}", FIRST_DAY)
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w") as inside:
                for piece in pieces:
                    inside.write(piece)
    return target.getvalue()
