"""Figures alone: what their pages hold, that frozen ones stay, and that no falsehood does."""

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from generator.commands import release
from generator.errors import InputError
from generator.model import File
from generator.pipeline import build
from generator.present.embedded import HEIGHTS
from generator.release import MANIFEST, entry, manifest
from generator.verify import verify
from tests.bilingual_edition import write_bilingual
from tests.changing import explain_all
from tests.edition import edit, write_edition
from tests.mutations import remake
from tests.presenting import settings
from tests.shared import made_once

DAY = "2025-01-10"
FIGURE = "tally-heights-2020"
ROOT = Path(__file__).resolve().parents[1]
COLOR = re.compile(r"(--chart-[a-z]+): (#[0-9a-f]{6});")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with a release, changed and built again since; nobody changes it."""
    return made_once(tmp_path_factory, "embeds", build_released)


def build_released(folder: Path) -> None:
    data = write_edition(folder / "data")
    edit(data, "decision_units", 2, "name", """The "Odd" <b> & O'Heights""")
    build(settings(folder, data), lambda _: None)
    release.run(DAY, data, folder / "site")
    edit(data, "vote_counts", 2, "count", "8")
    explain_all(data)
    build(settings(folder, data), lambda _: None)


@pytest.fixture
def place(released: Path, tmp_path: Path) -> Path:
    """A copy of that to change."""
    return Path(shutil.copytree(released, tmp_path, dirs_exist_ok=True, symlinks=True))


def page(site: Path, path: str) -> str:
    return (site / "embed" / path / "index.html").read_text(encoding="utf-8")


def test_every_kind_of_figure_stands_alone(released: Path) -> None:
    names = {path.name for path in (released / "site/embed").iterdir()}
    kinds = {name.partition("-")[0] for name in names - {DAY}}
    assert kinds == set(HEIGHTS) & kinds
    assert {"tally", "votes", "coverage", "timeline"} <= kinds
    assert {"tally-heights-2020", "votes-2020-officers-2020", "coverage-votes"} <= names


def test_a_figure_is_named_found_and_kept_out_of_search(released: Path) -> None:
    html = page(released / "site", FIGURE)
    assert '<html lang="en" dir="ltr">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="https://records.example/schools/000104/">' in html
    assert "<script" not in html
    assert FIGURE not in (released / "site/sitemap.xml").read_text("utf-8")
    assert FIGURE not in (released / "site/search/search_index.json").read_text("utf-8")


def test_awkward_names_are_escaped_everywhere(released: Path) -> None:
    site = released / "site"
    html = page(site, FIGURE)
    assert "<b>" not in html
    assert "<title>The &#34;Odd&#34; &lt;b&gt; &amp; O&#39;Heights: votes counted" in html
    school = (site / "schools/000104/index.html").read_text("utf-8")
    (code, *_) = re.findall(r"<p><code>(&lt;iframe.*?)</code></p>", school)
    assert "<" not in code
    found = re.search(r'title="([^"]*)"', unescape(code))
    assert found
    assert unescape(found[1]).startswith("""The "Odd" <b> & O'Heights: votes counted""")


def test_a_frozen_figure_stays_and_the_live_one_follows(released: Path) -> None:
    site = released / "site"
    frozen, live = page(site, f"{DAY}/{FIGURE}"), page(site, FIGURE)
    stored = released / "data/releases" / DAY / "embed" / FIGURE / "index.html"
    assert frozen == stored.read_text("utf-8")
    value = '<data value="{}" data-fact="vote_counts.heights-2020.keep.count">'
    assert value.format(7) in frozen
    assert value.format(8) in live
    assert f"Release <span data-text>{DAY}</span>. This figure stays as it was then." in frozen
    assert f"Last release: <span data-text>{DAY}</span>" in live
    assert 'href="../embed.css"' in frozen
    assert (site / "embed" / DAY / "embed.css").is_file()
    assert verify(site).mismatches == ()


def test_the_code_of_both_stands_beside_the_figure(released: Path) -> None:
    votes = (released / "site/schools/000104/index.html").read_text("utf-8")
    for path in (FIGURE, f"{DAY}/{FIGURE}"):
        assert f"&lt;iframe src=&#34;https://records.example/embed/{path}/&#34;" in votes


def test_a_second_release_keeps_the_first(place: Path) -> None:
    before = {p: p.read_bytes() for p in (place / "data/releases" / DAY).rglob("*") if p.is_file()}
    release.run("2025-02-01", place / "data", place / "site")
    assert all(path.read_bytes() == content for path, content in before.items())


def test_figures_that_the_data_does_not_give_are_not_frozen(place: Path) -> None:
    path = place / "site/embed" / FIGURE / "index.html"
    path.write_bytes(path.read_bytes().replace(b"<footer>", b"<footer><p>More.</p>"))
    remake(place / "site")
    with pytest.raises(InputError, match=f"embed/{FIGURE}/index.html: found another figure"):
        release.run("2025-02-01", place / "data", place / "site")


def test_a_site_for_another_address_is_frozen_under_that_address(place: Path) -> None:
    told = settings(place, place / "data")
    build(type(told)(**{**vars(told), "base_url": "https://other.example/sub/"}), lambda _: None)
    with pytest.raises(InputError, match="--base-url"):
        release.run("2025-02-01", place / "data", place / "site")
    release.run("2025-02-01", place / "data", place / "site", "https://other.example/sub/")
    frozen = place / "data/releases/2025-02-01/embed" / FIGURE / "index.html"
    assert "https://other.example/sub/schools/000104/" in frozen.read_text("utf-8")


def digit(html: str) -> str:
    return html.replace('value="7"', 'value="6"').replace(">7<", ">6<")


def other_release(html: str) -> str:
    return html.replace(f">{DAY}<", ">2020-08-17<")


def stray_number(html: str) -> str:
    return html.replace("<figure>", "<p>In 7 schools.</p><figure>")


def other_name(html: str) -> str:
    return html.replace("<span data-text>The ", "<span data-text>Not ")


@pytest.mark.parametrize("falsify", [digit, other_release, stray_number, other_name])
def test_a_falsehood_on_a_frozen_figure_is_found(
    place: Path, falsify: Callable[[str], str]
) -> None:
    """By the release's manifest; and where that was made to fit, by the release's own tables."""
    site = place / "site"
    path = site / "embed" / DAY / FIGURE / "index.html"
    text = falsify(path.read_text("utf-8"))
    assert text.encode() != path.read_bytes()
    path.write_bytes(text.encode())
    remake(site)
    assert "a changed file" in str(verify(site).mismatches[0])
    fit(site)
    found = [str(one) for one in verify(site).mismatches]
    assert found
    assert not [one for one in found if "changed file" in one]


def fit(site: Path) -> None:
    """The release's manifest for its files as they are now, then the site's."""
    folders = {"": site / "data/releases" / DAY, "embed/": site / "embed" / DAY}
    files = [
        File(under + path.relative_to(folder).as_posix(), path.read_bytes())
        for under, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    ]
    (folders[""] / MANIFEST).write_bytes(manifest(map(entry, files)))
    remake(site)


def test_a_frozen_figure_that_is_missing_is_found(place: Path) -> None:
    (place / "site/embed" / DAY / FIGURE / "index.html").unlink()
    remake(place / "site")
    found = [str(one) for one in verify(place / "site").mismatches]
    assert f"embed/{DAY}/{FIGURE}/index.html: a file of the manifest is missing" in found


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in two languages with a release; nobody changes it."""
    return made_once(tmp_path_factory, "spoken", build_spoken) / "site"


def build_spoken(folder: Path) -> None:
    data = write_bilingual(folder / "data")
    build(settings(folder, data), lambda _: None)
    release.run(DAY, data, folder / "site")
    build(settings(folder, data), lambda _: None)


def test_figures_speak_each_language_below_one_folder(spoken: Path) -> None:
    """Hosts allow frames by folder: no language has a folder of figures of its own."""
    html = page(spoken, f"es/{FIGURE}")
    assert '<html lang="es"' in html
    assert 'rel="canonical" href="https://records.example/es/schools/000104/"' in html
    assert "votos contados, 14 de julio de 2020" in html
    assert (spoken / "embed" / DAY / "es" / FIGURE / "index.html").is_file()
    assert not (spoken / "es/embed").exists()
    school = (spoken / "es/schools/000104/index.html").read_text("utf-8")
    for path in (f"es/{FIGURE}", f"{DAY}/es/{FIGURE}"):
        assert f"src=&#34;https://records.example/embed/{path}/&#34;" in school
    assert verify(spoken).mismatches == ()


@pytest.mark.parametrize("place", ["es", f"{DAY}/es"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("14 de julio de 2020", "15 de julio de 2020"),
        ("<figure>", "<p>En 7 escuelas.</p><figure>"),
        ('<html lang="es"', '<html lang="en"'),
    ],
)
def test_a_falsehood_in_another_language_is_found(
    spoken: Path, copied: Callable[[Path], Path], place: str, old: str, new: str
) -> None:
    site = copied(spoken)
    path = site / "embed" / place / FIGURE / "index.html"
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")
    fit(site)
    found = verify(site).mismatches
    assert [one for one in found if one.page == path.relative_to(site).as_posix()]


def test_colors_are_those_of_the_site() -> None:
    """In the light, then in the dark."""
    of_site, of_embed = (
        COLOR.findall((ROOT / f"templates/assets/{name}.css").read_text("utf-8"))
        for name in ("charts", "embed")
    )
    assert of_embed == of_site
    assert len(of_embed) == 20
