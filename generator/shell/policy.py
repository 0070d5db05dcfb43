"""What a browser may load and run on the site: as headers of the host, and for a meta element."""

from collections.abc import Mapping

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
ANCESTORS = "frame-ancestors 'none'"


def policy() -> str:
    """The policy for a meta element: without frame-ancestors, which browsers refuse there."""
    return "; ".join(f"{name} {value}" for name, value in RULES.items())


def headers() -> str:
    """The file `_headers`, which hosts of static files read: a path, then its headers, indented."""
    lines = {
        "Content-Security-Policy": f"{policy()}; {ANCESTORS}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return "".join(["/*\n", *(f"  {name}: {value}\n" for name, value in lines.items())])
