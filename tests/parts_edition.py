"""Pages that hold next to nothing, so that a small edition has lists in parts."""

import pytest

from generator.pages import lists
from generator.views import apart


def shorten_pages(patch: pytest.MonkeyPatch, rows: int = 1) -> None:
    """Let no long table stay on its page, and cut it after as many rows as this."""
    for module, names in ((lists, ("DISTRICTS", "SCHOOLS", "LISTED")), (apart, ("MOST", "CELLS"))):
        for name in names:
            patch.setattr(module, name, rows)
    patch.setattr(apart, "WHOLE", 0)
