"""The code of templates: compiled once a process, and once for all builds that share a cache.

To compile them takes longer than to print a small site with them. The code is the same in every
language, whose words and functions are looked up when a template runs.
"""

import base64
import hashlib
import inspect
import sys
from functools import cache
from importlib.metadata import version
from types import CodeType
from typing import ClassVar, Protocol

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Kept(Protocol):
    """Where code is kept between builds, as text, by key."""

    def get(self, key: str) -> str | None:
        """The text kept under `key`, or None."""

    def put(self, key: str, text: str) -> None:
        """Keep a text under `key`."""


class Compiled(BytecodeCache):
    """What Jinja asks for the code of a template before it compiles. `kept` outlives the process,
    None where nothing does."""

    known: ClassVar[dict[tuple[str, str], CodeType]] = {}  # of this process, by place and text

    def __init__(self, kept: Kept | None) -> None:
        self.kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket the code that is known of this very text."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))
        if bucket.code is None and self.kept and (text := self.kept.get(key_of(bucket))):
            bucket.bytecode_from_string(base64.b64decode(text))
            self._know(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of the bucket."""
        self._know(bucket)
        if self.kept:
            text = base64.b64encode(bucket.bytecode_to_string()).decode()
            self.kept.put(key_of(bucket), text)

    def _know(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum] = bucket.code


def key_of(bucket: Bucket) -> str:
    """What code is kept by: name and text of the template, and all that compiles it."""
    seed = (compiled_by(type(bucket.environment).__module__), bucket.key, bucket.checksum)
    return hashlib.sha256("\n".join(seed).encode()).hexdigest()


@cache
def compiled_by(module: str) -> str:
    """Python, Jinja and the module that sets the environment up: its options change the code."""
    return "\n".join((sys.version, version("jinja2"), inspect.getsource(sys.modules[module])))
