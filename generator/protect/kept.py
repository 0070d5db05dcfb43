"""Masks kept between runs: a panel that did not change isn't decided again, only proved again.

A kept mask tells the counts, so it never leaves the private folder; whatever it says is audited
like a new one, so a false one can do no harm.
"""

import hashlib
import io
import json
import zipfile
import zlib
from typing import Any

import numpy as np

from generator.model import Policy
from generator.protect.gate import Mask
from generator.protect.hierarchy import Worlds
from generator.protect.panel import Panel

METHOD = 1  # another number wherever the same counts would be hidden in another way
NODES, PARTS = "nodes", ("world", "school", "change")


def key_of(panel: Panel, policy: Policy) -> str:
    """A name for all that a mask depends on."""
    told = {
        "method": METHOD,
        "limits": [policy.min_cell, policy.min_group],
        "paths": sorted((school, list(path)) for school, path in panel.paths.items()),
        "counts": [[name, panel.counts[name].tolist()] for name in sorted(panel.counts)],
    }
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def to_bytes(mask: Mask) -> bytes:
    """The mask with its worlds."""
    parts: dict[str, Any] = {NODES: np.array(mask.nodes, dtype=np.str_)}
    for name, worlds in mask.worlds.items():
        parts |= {
            f"schools {name}": mask.school_flags[name],
            f"nodes {name}": mask.node_flags[name],
            f"world {name}": worlds.world,
            f"school {name}": worlds.school,
            f"change {name}": worlds.change,
        }
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **parts)
    return out.getvalue()


def from_bytes(content: bytes, panel: Panel) -> Mask | None:
    """The mask of a panel; None for bytes that are none."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as parts:
            names = tuple(panel.counts)
            return Mask(
                tuple(parts[NODES].tolist()),
                {name: parts[f"schools {name}"] for name in names},
                {name: parts[f"nodes {name}"] for name in names},
                {name: Worlds(*(parts[f"{part} {name}"] for part in PARTS)) for name in names},
            )
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
