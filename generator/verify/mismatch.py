"""What verify reports: one thing on the site that its own published data don't bear out."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mismatch:
    """A value that does not agree: where it stands, what is wrong, what it should be.

    `page` is a file's path in the folder and `fact` a fact's id, "" where it is about the file.
    """

    page: str
    fact: str
    what: str
    shown: str = ""
    recomputed: str = ""

    def __str__(self) -> str:
        place = f"{self.page}: {self.fact}" if self.fact else self.page
        if self.shown or self.recomputed:
            return f"{place}: {self.what}: shown {self.shown!r}, recomputed {self.recomputed!r}"
        return f"{place}: {self.what}"


class UnusableError(Exception):
    """A file without which nothing can be recomputed; holds its Mismatch."""

    def __init__(self, mismatch: Mismatch) -> None:
        self.mismatch = mismatch
        super().__init__(str(mismatch))
