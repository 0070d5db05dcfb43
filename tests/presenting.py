"""From an invented edition on disk to its record, its pages and its site, for tests."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from generator import pages
from generator.charts import Cache, MemoryCache
from generator.charts.topology import areas
from generator.model import PageSource, Past, Record, Settings
from generator.pages import Site
from generator.pipeline import read_areas, read_record
from generator.present import Language
from generator.present.languages import language
from generator.release import first_releases
from generator.views.districts import district_ids
from generator.views.schools import School
from generator.write import DiskCache

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
# Two squares that touch, around the places of the invented schools.
AREAS = json.dumps(
    {
        "type": "Topology",
        "arcs": [
            [[-87.8, 41.8], [-87.8, 42.0], [-87.7, 42.0]],
            [[-87.7, 42.0], [-87.7, 41.8], [-87.8, 41.8]],
            [[-87.7, 42.0], [-87.6, 42.0], [-87.6, 41.8], [-87.7, 41.8]],
        ],
        "objects": {
            "areas": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"id": "1"}},
                    {"type": "Polygon", "arcs": [[2, -2]], "properties": {"id": "2"}},
                ],
            }
        },
    }
)
# Pictures are drawn once for all tests of a run: their bytes are other tests' business. Builds find
# those of other processes in the folder that this variable of the environment names.
SHARED_PICTURES = "SRO_RECORD_TEST_PICTURES"


class SharedPictures(MemoryCache):
    """Those of the run's processes, read once by each."""

    def get(self, key: str) -> str | None:
        """The picture that some process drew, or None."""
        if key not in self.kept and (folder := os.environ.get(SHARED_PICTURES)):
            if (found := DiskCache(Path(folder)).get(key)) is None:
                return None
            self.kept[key] = found
        return self.kept.get(key)

    def put(self, key: str, svg: str) -> None:
        """Keep a picture for all."""
        super().put(key, svg)
        if folder := os.environ.get(SHARED_PICTURES):
            DiskCache(Path(folder)).put(key, svg)


PICTURES = SharedPictures()


class NoPictures:
    """A cache that has an empty picture for everything, so that none is drawn."""

    def get(self, key: str) -> str | None:
        """The same picture for every key."""
        return '<svg class="chart"></svg>'

    def put(self, key: str, svg: str) -> None:
        """Never called, since every picture is there."""


def settings(folder: Path, data: Path, jobs: int = 1) -> Settings:
    """A build of `data` that writes below `folder` alone; its pictures are those of all tests."""
    link_pictures(folder / "build")
    return unwritten(folder, data, jobs)


def link_pictures(scratch: Path) -> None:
    """Let builds with this scratch folder take the pictures of all tests, and leave theirs."""
    pictures = scratch / "cache"
    if not pictures.exists():
        scratch.mkdir(parents=True, exist_ok=True)
        pictures.symlink_to(os.environ[SHARED_PICTURES])


def unwritten(folder: Path, data: Path, jobs: int = 1) -> Settings:
    """The same for what writes nothing."""
    return Settings(
        data=data, out=folder / "site", templates=TEMPLATES, build=folder / "build",
        config=ROOT / "mkdocs.yml", base_url="", jobs=jobs, data_date="",
    )  # fmt: skip


def record_of(data: Path) -> Record:
    """The checked and joined record of an edition's folder."""
    return read_record(unwritten(data.parent, data))


def site_of(
    data: Path,
    spoken: Language | None = None,
    pictures: Cache = PICTURES,
    past: Mapping[str, tuple[Past, ...]] = MappingProxyType({}),
    known: Record | None = None,
) -> Site:
    """All that pages are written from, in the edition's first language or the one given; `known` is
    its record with its releases."""
    releases = {one.release for known in past.values() for one in known}
    record = known or replace(
        record_of(data), first_release=first_releases(past), past=past,
        last_release=max(releases, default=""),
    )  # fmt: skip
    spoken = spoken or language(record.edition.languages[0], record.edition)
    found = read_areas(unwritten(data.parent, data)) or areas(json.loads(AREAS))
    return pages.site(record, spoken, TEMPLATES, pictures, found)


def school_pages(whole: Site, ids: Iterable[str] = ()) -> dict[str, tuple[School, PageSource]]:
    """The pages of schools by id, of all of them where none is named."""
    named = list(ids) or list(whole.record.school_names)
    return {school.id: (school, page) for school, page in pages.school_pages(whole, named)}


def all_pages(whole: Site) -> dict[str, PageSource]:
    """Every page of the site by its path: the prose pages, then those of all schools."""
    districts = pages.district_pages(whole, district_ids(whole.record))
    found = [*pages.prose(whole), *districts, *(page for _, page in school_pages(whole).values())]
    return {page.path: page for page in found}
