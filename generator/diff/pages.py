"""Two built sites, as their manifests name them → the pages that are new, gone or changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PAGE, FIGURES = ".html", "embed/"


@dataclass(frozen=True)
class Pages:
    """The addresses of pages below the site's own; figures that stand alone are no pages."""

    changed: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]


def compare_pages(old: Mapping[str, str], new: Mapping[str, str]) -> Pages:
    """What became of each page; both say the hash of every file by its path."""
    changed = [path for path in new if path in old and old[path] != new[path]]
    added = [path for path in new if path not in old]
    gone = [path for path in old if path not in new]
    return Pages(_addresses(changed), _addresses(added), _addresses(gone))


def _addresses(paths: Iterable[str]) -> tuple[str, ...]:
    pages = (path for path in paths if path.endswith(PAGE) and not path.startswith(FIGURES))
    return tuple(sorted(path.removesuffix("index.html") or "./" for path in pages))
