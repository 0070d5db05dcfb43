"""What a browser may load and run on the site: as headers of the host, and for a meta element."""

from collections.abc import Iterable, Mapping

# Own files only, no inline script or style, no hashes. Pages hold it as a meta element too, since
# many hosts of static files send no headers of ours.
RULES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
CSP = "Content-Security-Policy"
ANCESTORS, ANY_ANCESTORS = "frame-ancestors 'none'", "frame-ancestors *"
FRAMES = "embed"
PAGES_AT_THE_TOP = ("/index.html", "/404.html")
# Seen in the manuals and in the sources of their tools, November 2026: where several rules fit an
# address, Cloudflare Pages joins the values of a header by commas, and browsers then keep to both
# policies; only there "! Name" takes one away, at other hosts such a line is an error. Netlify's
# own tool lets the last rule win. So no address may have two.
WHY = """\
# Hosts differ in what they do with a header that two rules give to one address: some join the
# values, and browsers then keep to both policies; others take the last. So no address gets two: no
# policy stands under /*, each folder has a rule of its own, and pages under /embed/ alone may stand
# in frames. What a page may load is said in the page too, for addresses without a rule here.
"""


# A figure in a frame on another site has its picture inside and one style sheet, nothing to run.
FRAMED: Mapping[str, str] = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def policy() -> str:
    """The policy for a meta element: without frame-ancestors, which browsers refuse there."""
    return "; ".join(f"{name} {value}" for name, value in RULES.items())


def framed_policy() -> str:
    """The same for the page of a figure alone."""
    return "; ".join(f"{name} {value}" for name, value in FRAMED.items())


def headers(paths: Iterable[str]) -> str:
    """The file `_headers`, which hosts of static files read, for a site with files at these paths.

    A path, then its headers, indented; one policy for each folder at the top of the site.
    """
    folders = sorted({path.partition("/")[0] for path in paths if "/" in path} - {FRAMES})
    own = ["/", *PAGES_AT_THE_TOP, *(f"/{folder}/*" for folder in folders)]
    rules = {
        "/*": {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"},
        **{path: {CSP: f"{policy()}; {ANCESTORS}"} for path in own},
        f"/{FRAMES}/*": {CSP: f"{framed_policy()}; {ANY_ANCESTORS}"},
    }
    return WHY + "".join(
        "".join([f"{path}\n", *(f"  {name}: {value}\n" for name, value in lines.items())])
        for path, lines in rules.items()
    )
