"""The invented edition with full agreements and a map, in two languages.

Every second text of a column is translated, so that pages hold both: words of the language, and
words that say that they are in the other one.
"""

import csv
from pathlib import Path

from generator.model import STATUS
from generator.tables import TABLES
from tests.agreements_edition import write_agreements
from tests.edition import SITE
from tests.presenting import AREAS

BILINGUAL = (
    SITE.replace('languages = ["en"]', 'languages = ["en", "es"]')
    + """
[translations.es]
title = "Un registro inventado"
description = "Las escuelas, los votos y los números de esta edición son inventados."

[translations.es.words]
"body.council" = "Consejo escolar"
"""
)


def write_bilingual(folder: Path) -> Path:
    """Write the edition to `folder` and return it."""
    data = write_agreements(folder)
    (data / "site.toml").write_text(BILINGUAL, encoding="utf-8")
    (data / "areas.topojson").write_text(AREAS, encoding="utf-8")
    for table in TABLES:
        path = data / f"{table.name}.csv"
        if path.is_file():
            translate(path, [column.name for column in table.columns if column.prose])
    return data


def translate(path: Path, prose: list[str]) -> None:
    """Add the columns of Spanish words to the table, and their status."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not (names := [name for name in prose if name in rows[0]]):
        return
    for place, row in enumerate(rows):
        for name in names:
            row[f"{name}_es"] = f"{row[name]} así" if row[name] and place % 2 == 0 else ""
        row[STATUS] = "unreviewed" if any(row[f"{name}_es"] for name in names) else ""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
