"""How many processes the build of an edition is worth, where nobody says."""

import os
from pathlib import Path

from generator.read import count_schools

SCHOOLS = 500  # whose pages cost as much as a process costs to start
MOST = 8  # more would wait for the one that reads, and each takes memory


def hands_for(data: Path) -> int:
    """One process for each SCHOOLS of the edition, at most one for each processor."""
    return max(1, min(count_schools(data) // SCHOOLS, processors(), MOST))


def processors() -> int:
    """How many processors this process may use; the machine's where the system doesn't say."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
