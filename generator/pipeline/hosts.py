"""What hosts of static sites take at most, and what of that a site goes beyond."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.write import Put


@dataclass(frozen=True)
class Host:
    """A host and the most bytes and files that it takes by its own words; 0 where it says none."""

    name: str
    bytes: int = 0
    files: int = 0


@dataclass(frozen=True)
class Size:
    """How large a site is, or will be."""

    bytes: int = 0
    files: int = 0


HOSTS = (
    Host("GitHub Pages", bytes=10**9),
    Host("GitLab Pages", bytes=10**9, files=200_000),
    Host("Cloudflare Pages without a plan", files=20_000),
)


def size_of(files: Sequence[Put]) -> Size:
    """How large the files are together."""
    return Size(sum(file.size for file in files), len(files))


def expected(some: Size, schools: int, of: int, languages: int) -> Size:
    """How large the pages of all schools will be, from those of some in one language."""
    factor = of * languages / schools
    return Size(round(some.bytes * factor), round(some.files * factor))


def beyond(size: Size) -> tuple[str, ...]:
    """What hosts take less than that, one sentence each."""
    found = []
    for host in HOSTS:
        parts = []
        if host.bytes and size.bytes > host.bytes:
            parts.append(f"{gigabytes(host.bytes)}: this edition needs {gigabytes(size.bytes)}")
        if host.files and size.files > host.files:
            parts.append(f"{host.files:,} files: this edition needs {size.files:,}")
        if parts:
            found.append(f"{host.name} takes {', and '.join(parts)}")
    return tuple(found)


def gigabytes(count: int) -> str:
    """Bytes in words; a host's gigabyte is 10⁹ bytes."""
    return f"{count / 1e9:.1f} GB".replace(".0 ", " ")
