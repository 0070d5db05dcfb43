"""Files that hosts and their visitors' tools look for at fixed places beside the pages."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from generator.model import File

REDIRECTS, NOJEKYLL, SECURITY = "_redirects", ".nojekyll", ".well-known/security.txt"
# Seen in the manuals of Netlify and Cloudflare Pages, November 2026: one line a redirect, and no
# pattern, of which hosts take a hundred. Files at old addresses (feeds, data) stay where they are.
WHY = """\
# For hosts that read this file: addresses that moved. Every other host serves the page that stands
# at each of them and leads on.
"""
DAYS = 364  # RFC 9116 asks for less than a year


def host_files(
    moved: Mapping[str, str], root: str, languages: Mapping[str, str], contact: str, newest: str
) -> Iterator[File]:
    """All of them but robots.txt and `_headers`; `moved` are the old ids of schools with those of
    today, `languages` the folders by code, `newest` the newest day of the data, "" for none."""
    yield File(REDIRECTS, redirects(moved, languages.values()).encode())
    # A host that would run Jekyll over the site leaves out names with an underscore.
    yield File(NOJEKYLL, b"")
    if contact and newest:
        yield File(SECURITY, security(contact, newest, root, languages).encode())


def redirects(moved: Mapping[str, str], folders: Iterable[str]) -> str:
    """The file `_redirects`: each old address of a school, with and without the slash at its end,
    since a page's addresses are found by both."""
    lines = [
        f"/{folder}schools/{old}{end} /{folder}schools/{new}/ 301\n"
        for folder in folders
        for old, new in sorted(moved.items())
        for end in ("", "/")
    ]
    return WHY + "".join(lines)


def security(contact: str, newest: str, root: str, languages: Iterable[str]) -> str:
    """security.txt as RFC 9116 has it. It expires a year after the newest day of the data: a build
    asks no clock, and a record that nobody adds to is one whose contact nobody has looked at."""
    last = min(date.fromisoformat(newest).toordinal() + DAYS, date.max.toordinal())
    lines = (
        f"Contact: {contact}",
        f"Expires: {date.fromordinal(last).isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(languages)}",
        f"Canonical: {root.rstrip('/')}/{SECURITY}",
    )
    return "".join(f"{line}\n" for line in lines)
