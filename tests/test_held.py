"""What search shall not read is kept from MkDocs, and comes back into its place unchanged."""

import re

import pytest

from generator.shell.held import hold, put_back

LIST = "<section data-search-exclude>\n<p>a &amp; b</p>\n</section>"
TABLE = '<div class="x" data-search-exclude>\n<p>QxHeldqX0x</p>\n</div>'
BODY = f"<h1>One</h1>\n\n{LIST}\n\n## Two {{: #two }}\n\n<p>data-search-exclude</p>\n\n{TABLE}\n"


def test_only_blocks_that_say_so_are_held() -> None:
    short, held = hold(BODY)
    assert held == (LIST, TABLE)
    assert "a &amp; b" not in short
    assert "<h1>One</h1>\n\n" in short
    assert "## Two {: #two }\n\n<p>data-search-exclude</p>" in short


def test_what_was_held_comes_back() -> None:
    short, held = hold(BODY)
    assert put_back(short, held) == BODY


@pytest.mark.parametrize(("lost", "said"), [(0, "1"), (1, "0")])
def test_a_block_without_its_place_is_refused(lost: int, said: str) -> None:
    short, held = hold(BODY)
    html = short.replace(f"<p data-search-exclude>QxHeldqX{lost}x</p>", "")
    message = f"found the places {said} of held blocks, expected 2 in order."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        put_back(html, held)
