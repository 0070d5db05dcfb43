"""Bodies of school pages: HTML blocks and headings, as HTML the way Python-Markdown writes it."""

import re

# Top-level elements that Python-Markdown takes for a block of HTML and leaves as they are.
BLOCK = re.compile(
    r"<(?:article|aside|details|div|dl|figure|footer|form|h1|header|nav|ol|p|section|table|ul)"
    r"[ >\n]"
)
HEADING = re.compile(
    r"(?P<level>#{2,4}) (?!\s)(?P<words>(?:[^\\`*_{}\[\]<>#!|~&\n]|&(?:#\d+|\w+);)+)(?<!\s)"
    r" \{: #(?P<id>[A-Za-z][A-Za-z0-9_-]*) \}"
)
HEADING_FORM = '"## Words {: #fixed-id }" on a line between blank lines, in plain words'
BLOCK_FORM = (
    "a heading, or HTML that starts with a tag such as <section> or <p>, behind one blank line"
)
PERMALINK = "Permanent link"

# What Python-Markdown or a plugin of ours would rewrite inside a block of HTML, and why.
FORBIDDEN = {
    "\t": "tabs become spaces",
    "\r": "line ends become \\n",
    " \n": "blanks at the end of a line can vanish",
    "\n```": "the line opens a block of code",
    "\n~~~": "the line opens a block of code",
    "\x02": "the character is dropped",
    "\x03": "the character is dropped",
    "<!": "comments can be taken apart",
}
# Material's search plugin takes such attributes out of every page.
SEARCH_ATTRIBUTE = re.compile(r'data-search-\w+="')


def to_html(body: str, permalink: str = PERMALINK) -> str:
    """The HTML that Python-Markdown makes of a body, byte for byte, with mkdocs.yml's extensions.

    A body is blocks between single blank lines. A block is either a heading of level 2 to 4,
    `## Words {: #fixed-id }`, or lines of HTML that come out unchanged:

    - the first line starts, at its first column, with a block-level tag of BLOCK;
    - a block holds no blank line, nothing that FORBIDDEN lists, no `data-search-` attribute;
    - every element with an end tag is closed, and what follows a top-level element's end tag
      starts on a line of its own;
    - text is escaped: `<` and `&` stand for markup alone.

    `permalink` is the title of the link beside a heading, as in mkdocs.yml. Raises ValueError for
    what it can see of a violation; that elements are closed is for tests to see, against
    Python-Markdown itself.
    """
    return join_blocks(split_blocks(body), permalink)


def split_blocks(body: str) -> list[str]:
    """The blocks of a body in order; ValueError for what no block may hold."""
    for piece, why in FORBIDDEN.items():
        # A single character is found thirty times faster than two: the last one is the rarest.
        if piece[-1] in body and piece in body:
            raise ValueError(_refusal(body, piece, why))
    if "data-search-" in body and (found := SEARCH_ATTRIBUTE.search(body)):
        raise ValueError(_refusal(body, found[0], "the search plugin removes the attribute"))
    stripped = body.strip("\n")
    return stripped.split("\n\n") if stripped else []


def join_blocks(blocks: list[str], permalink: str = PERMALINK) -> str:
    """The HTML of blocks that `split_blocks` gave."""
    return "".join([_block(block, permalink) for block in blocks]).rstrip("\n")


def headings(blocks: list[str]) -> tuple[str, ...]:
    """The headings among the blocks, in order; the table of contents is made of them."""
    return tuple([block for block in blocks if block[:1] == "#"])


def _refusal(body: str, piece: str, why: str) -> str:
    around = body[max(0, body.index(piece) - 40) :][:80]
    return (
        f"body: found {piece!r} in {around!r}, expected HTML without it, because {why}. "
        "Tidy or escape what the template printed."
    )


def _block(block: str, permalink: str) -> str:
    """One block; MkDocs keeps the blank line after HTML and drops the one after a heading."""
    if block.startswith("#"):
        return f"{_heading(block, permalink)}\n"
    if not BLOCK.match(block):
        raise ValueError(f"body: found {block[:80]!r}, expected {BLOCK_FORM}. Mend the template.")
    return f"{block}\n\n"


def _heading(line: str, permalink: str) -> str:
    found = HEADING.fullmatch(line)
    if not found:
        raise ValueError(f"body: found {line[:80]!r}, expected {HEADING_FORM}. Mend the template.")
    tag, anchor = f"h{len(found['level'])}", found["id"]
    link = f'<a class="headerlink" href="#{anchor}" title="{permalink}">&para;</a>'
    return f'<{tag} id="{anchor}">{found["words"]}{link}</{tag}>'
