"""Bodies of school pages: HTML blocks and headings, as HTML the way Python-Markdown writes it."""

import re

# Top-level elements that Python-Markdown takes for a block of HTML and leaves as they are.
BLOCK = re.compile(
    r"<(?:article|aside|details|div|dl|figure|footer|form|h1|header|nav|ol|p|section|table|ul)"
    r"[ >\n]"
)
HEADING = re.compile(
    r"(?P<level>#{2,4}) (?!\s)(?P<words>(?:[^\\`*_{}\[\]<>#!|~&\n]|&(?:#\d+|\w+);)+)(?<!\s)"
    r" \{: #(?P<id>[A-Za-z][A-Za-z0-9-]*) \}"
)
HEADING_FORM = '"## Words {: #fixed-id }" on a line between blank lines, in plain words'
BLOCK_FORM = "a heading, or a block of HTML that starts with a tag such as <section> or <p>"
PERMALINK = "Permanent link"

# What Python-Markdown or a plugin of ours would rewrite inside a block of HTML, and why.
FORBIDDEN = {
    "\t": "tabs become spaces",
    "\r": "line ends become \\n",
    " \n": "blanks at the end of a line can vanish",
    "\n\n\n": "blank lines in a row become one",
    "\n```": "the line opens a block of code",
    "\n~~~": "the line opens a block of code",
    "\x02": "the character is dropped",
    "\x03": "the character is dropped",
    "<!": "comments are taken apart",
    "<?": "processing instructions are taken apart",
    "<script": "scripts end a block",
    "<style": "styles end a block",
    "data-search-": "the search plugin removes such attributes",
}


def to_html(body: str, permalink: str = PERMALINK) -> str:
    """The HTML that Python-Markdown makes of a body, byte for byte, with mkdocs.yml's extensions.

    A body is blocks between single blank lines. A block is either a heading of level 2 to 4,
    `## Words {: #fixed-id }`, or lines of HTML that come out unchanged:

    - the first line starts, at its first column, with a block-level tag of BLOCK;
    - a block holds no blank line, and no comment, script, style or `data-search-` attribute;
    - every element with an end tag is closed, and what follows a top-level element's end tag
      starts on a line of its own;
    - text is escaped: `<` and `&` stand for markup alone.

    `permalink` is the title of the link beside a heading, as in mkdocs.yml. Raises ValueError for
    what it can see of a violation; that elements are closed is for tests to see, against
    Python-Markdown itself.
    """
    for piece, why in FORBIDDEN.items():
        if piece in body:
            around = body[max(0, body.index(piece) - 40) :][:80]
            raise ValueError(
                f"body: found {piece!r} in {around!r}, expected HTML without it, because {why}. "
                "Tidy or escape what the template printed."
            )
    blocks = body.strip("\n").split("\n\n")
    return "".join(_block(block, permalink) for block in blocks if block).rstrip("\n")


def headings(body: str) -> tuple[str, ...]:
    """The heading lines of a body, in order; the table of contents is made of them."""
    return tuple(block for block in body.strip("\n").split("\n\n") if block[:1] == "#")


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
