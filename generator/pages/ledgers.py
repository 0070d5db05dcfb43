"""The pages of what was reported to us, and of what we asked for."""

from collections.abc import Iterator
from typing import Any

from generator.model import Record
from generator.present.whereabouts import Printer, Whereabouts
from generator.views.corrections import corrections
from generator.views.days import data_day, data_day_fact
from generator.views.requests import requests


def contexts(
    record: Record, places: Whereabouts, print_school: Printer
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(template, path, context) of the two pages. They come last: they link to all others."""

    def shared(entries: tuple[Any, ...]) -> dict[str, Any]:
        return {"day": data_day_fact(record) if entries and data_day(record) else None}

    found = corrections(record, lambda address: places.find(address, print_school))
    yield "pages/corrections.md.j2", "corrections/", {"ledger": found, **shared(found.entries)}
    asked = requests(record, lambda address: places.find(address, print_school))
    yield "pages/requests.md.j2", "requests/", {"ledger": asked, **shared(asked.entries)}
