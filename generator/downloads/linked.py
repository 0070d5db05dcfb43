"""The data described for search engines: schema.org's Dataset, as JSON-LD."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from generator.downloads.package import described
from generator.model import PublicTable, Record

CONTEXT = "https://schema.org"
FORMS = {
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sqlite": "application/vnd.sqlite3",
}
OF_TABLE = {"csv": "text/csv", "json": "application/json"}


def linked_data(
    record: Record, table: str, page: str, translate: Callable[[str], str] = str
) -> str:
    """The description of all tables, or of the one that is named; `page` is the address of the page
    that it stands on. No `<` is in it: it goes into an element of script."""
    data = f"{record.edition.base_url.rstrip('/')}/data/"
    said = (
        _of_table(record, record.tables[table], data, translate) if table else _of_all(record, data)
    )
    found = {"@context": CONTEXT, "@type": "Dataset", "url": page, **said, **_shared(record)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _of_all(record: Record, data: str) -> Mapping[str, Any]:
    edition = record.edition
    name = edition.files
    parts = [{"@type": "Dataset", "name": one.table.title, "description": described(one.table),
              "url": f"{data}{one.table.name}/"} for one in record.tables.values()]  # fmt: skip
    return {
        "name": edition.title,
        "description": edition.description,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": edition.title, "url": data},
        "distribution": [_download(f"{data}{name}.{form}", kind) for form, kind in FORMS.items()],
        "hasPart": parts,
    }


def _of_table(
    record: Record, public: PublicTable, data: str, translate: Callable[[str], str]
) -> Mapping[str, Any]:
    table = public.table
    return {
        "name": f"{record.edition.title}: {translate(table.title)}",
        "description": f"{described(table, translate)} {record.edition.description}",
        "isPartOf": {"@type": "Dataset", "name": record.edition.title,
                     "description": record.edition.description, "url": data},
        "distribution": [
            _download(f"{data}{table.name}.{form}", kind) for form, kind in OF_TABLE.items()
        ],
        **({"isBasedOn": found} if (found := _based_on(record, public)) else {}),
    }  # fmt: skip


def _download(url: str, kind: str) -> Mapping[str, str]:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": url}


def _based_on(record: Record, public: PublicTable) -> list[str]:
    """The addresses of the sources that rows of the table name, in the order of the sources."""
    if "source_id" not in public.frame or public.table.name == "sources":
        return []
    named = set(public.frame["source_id"].dropna())
    return [str(row["url"]) for key, row in record.sources.items() if key in named and row["url"]]


def _shared(record: Record) -> Mapping[str, Any]:
    edition, years, licence = record.edition, record.program_years, record.edition.licence
    return {
        "creator": {"@type": "Organization", "name": edition.title},
        "spatialCoverage": {"@type": "Place", "name": edition.place},
        "isAccessibleForFree": True,
        **({"temporalCoverage": f"{years[0][:4]}/{int(years[-1][:4]) + 1}"} if years else {}),
        **({"version": record.in_release} if record.in_release else {}),
        **({"license": licence.url or licence.name} if licence.name else {}),
    }
