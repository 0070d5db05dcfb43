"""Files as one zip whose bytes depend on nothing but their names and contents.

They depend on the version of zlib too: where a library packs in another way, the files in the zip
are the same, the zip itself is not. So releases keep the zip, and `verify` looks inside.
"""

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.model import File

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
UNIX, PLAIN_FILE = 3, 0o100644 << 16
LEVEL = 9


def to_zip(files: Iterable[File], folder: str) -> bytes:
    """The files in their order, all inside of one folder."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for file in files:
            entry = ZipInfo(f"{folder}/{file.path}", FIRST_DAY)
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, file.content)
    return target.getvalue()
