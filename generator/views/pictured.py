"""What pictures show, sorted and picked so that a sentence beside them can say it."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model import Text
from generator.views.schools import Year

STATUSES = ("in_program", "not_in_program", "over", "not_found")


@dataclass(frozen=True)
class StatusYears:
    """The school years of one status, in their order; `code` picks its words."""

    code: str
    years: tuple[Text, ...]


def status_years(years: Iterable[Year]) -> tuple[StatusYears, ...]:
    """School years by their status; one that pictures have no sign for is not found."""
    found: dict[str, list[Text]] = {code: [] for code in STATUSES}
    for year in years:
        found[year.code if year.code in found else "not_found"].append(year.year)
    return tuple(StatusYears(code, tuple(some)) for code, some in found.items() if some)
