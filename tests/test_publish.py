"""Publishing: only what verifies, whole and in one step; and what hosts are told beside pages."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.commands import publish
from generator.errors import InputError, UsageError
from generator.model import File
from generator.pipeline import build
from generator.release import MANIFEST
from generator.shell.hosting import redirects, security
from generator.verify import verify
from generator.write import publish_tree, staging, write_tree
from tests.edition import SITE, write_edition
from tests.mutations import remake
from tests.presenting import settings
from tests.shared import made_once, small
from tests.swaps import contents, swap_and_kill

CONTACT = '\n[security]\ncontact = "mailto:security@records.example"\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small edition; nobody changes it."""
    return small(tmp_path_factory) / "site"


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a contact for security; nobody changes it."""
    return made_once(tmp_path_factory, "secured", build_secured) / "site"


def build_secured(folder: Path) -> None:
    data = write_edition(folder / "data", site=SITE + CONTACT)
    build(settings(folder, data), lambda _: None)


# --- the command --------------------------------------------------------------------------------


def test_a_site_that_verifies_is_published(
    site: Path, secured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "www"
    assert main(["publish", str(out), "--site", str(site)]) == 0
    assert contents(out) == contents(site)
    before = (out / "assets/finder.js").stat().st_ino if (out / "assets/finder.js").exists() else 0
    assert main(["publish", str(out), "--site", str(secured)]) == 0
    assert contents(out) == contents(secured)
    said = capsys.readouterr().out
    assert "no mismatch" in said
    assert f"{out}: {len(contents(secured)):,} files published, " in said
    if before:
        assert (out / "assets/finder.js").stat().st_ino == before
    assert main(["publish", str(out), "--site", str(site)]) == 0
    assert contents(out) == contents(site)  # no contact stays that the site no longer has


def test_a_site_with_a_mismatch_is_not_published(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Path(shutil.copytree(site, tmp_path / "broken"))
    (broken / "votes/index.html").write_text("<p>7")
    write_tree(tmp_path / "www", [File("index.html", b"old")])
    assert main(["publish", str(tmp_path / "www"), "--site", str(broken)]) == 1
    assert "votes/index.html: a changed file" in capsys.readouterr().err
    assert contents(tmp_path / "www") == {"index.html": b"old"}


def test_a_site_that_was_built_anew_meanwhile_is_not_published(
    site: Path, secured: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Path(shutil.copytree(site, tmp_path / "site"))
    true = publish.verified

    def meanwhile(folder: Path) -> object:
        found = true(folder)
        shutil.rmtree(folder)
        shutil.copytree(secured, folder)
        return found

    monkeypatch.setattr(publish, "verified", meanwhile)
    write_tree(tmp_path / "www", [File("index.html", b"old")])
    with pytest.raises(InputError, match="another file, expected the file as it was verified"):
        publish.run(tmp_path / "www", mine)
    assert contents(tmp_path / "www") == {"index.html": b"old"}


@pytest.mark.parametrize("out", ["site", "site/below", "."])
def test_a_site_is_not_published_over_itself(tmp_path: Path, out: str) -> None:
    (tmp_path / "site").mkdir()
    with pytest.raises(UsageError, match="expected a folder apart from the site"):
        publish.run(tmp_path / out, tmp_path / "site")
    with pytest.raises(InputError, match=r"manifest\.json: found no such file"):
        publish.run(tmp_path / "www", tmp_path / "site")


# --- a link -------------------------------------------------------------------------------------

ONE, OTHER = [File("index.html", b"one")], [File("index.html", b"other"), File("a.txt", b"a")]


@pytest.mark.parametrize("absolute", [True, False])
def test_a_link_names_another_folder_afterwards(tmp_path: Path, absolute: bool) -> None:
    (tmp_path / "disk" / "first").mkdir(parents=True)
    out = tmp_path / "www"
    out.symlink_to(tmp_path / "disk/first" if absolute else "disk/first")
    publish_tree(out, ONE, "0" * 16)
    assert os.path.isabs(os.readlink(out)) == absolute
    assert out.resolve().name == "www-0000000000000000"
    publish_tree(out, OTHER, "1" * 16)
    assert contents(out) == {"index.html": b"other", "a.txt": b"a"}
    held = sorted(path.name for path in (tmp_path / "disk").iterdir())
    # What a server may still read stays until the next time, what is not ours for good.
    assert held == ["first", "www-0000000000000000", "www-1111111111111111"]
    publish_tree(out, OTHER, "1" * 16)
    held = sorted(path.name for path in (tmp_path / "disk").iterdir())
    assert held == ["first", "www-1111111111111111"]
    assert contents(out) == {"index.html": b"other", "a.txt": b"a"}


def test_a_link_to_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/dear.txt").write_text("kept")
    (tmp_path / "www").symlink_to("letters")
    with pytest.raises(Exception, match="files that no build has put there"):
        publish_tree(tmp_path / "www", ONE, "0" * 16)
    assert contents(tmp_path / "www") == {"dear.txt": b"kept"}


# --- hidden files -------------------------------------------------------------------------------


@pytest.mark.parametrize("mounted", [True, False])
def test_hidden_files_of_the_host_stay_and_those_of_builds_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounted: bool
) -> None:
    monkeypatch.setattr(staging, "is_mount", lambda _: mounted)
    out = tmp_path / "www"
    write_tree(out, [*ONE, File(".well-known/security.txt", b"1"), File(".nojekyll", b"")])
    (out / ".well-known/challenge").write_bytes(b"kept")
    (out / ".git/refs").mkdir(parents=True)
    write_tree(out, [*OTHER, File(".well-known/security.txt", b"2")])
    kept = {".well-known/challenge": b"kept"} | ({".www.lock": b""} if mounted else {})
    assert contents(out) == kept | {
        "index.html": b"other", "a.txt": b"a", ".well-known/security.txt": b"2",
    }  # fmt: skip
    write_tree(out, ONE)
    assert contents(out) == kept | {"index.html": b"one"}
    assert (out / ".git/refs").is_dir()


# --- readers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("linked", [True, False])
def test_readers_never_miss_or_mix_while_publishers_are_killed(
    tmp_path: Path, site: Path, secured: Path, linked: bool
) -> None:
    """With a part of two sites; `make faults` does it with the whole of them, and longer."""
    site, secured = part_of(site, tmp_path / "one"), part_of(secured, tmp_path / "other")
    out = tmp_path / "www"
    if linked:
        (tmp_path / "first").mkdir()
        out.symlink_to("first")
    publish_tree(out, publish.held(site, publish.manifest_of(site)), "0" * 16)
    swaps, kills = (6, 2) if linked else (20, 5)
    seen, made, _ = swap_and_kill(out, site, secured, swaps, kills, seed=9)
    assert seen.wrong == []
    assert made >= swaps + kills
    assert seen.turns > 3
    assert contents(out) in (contents(site), contents(secured))
    publish_tree(out, publish.held(site, publish.manifest_of(site)), "0" * 16)
    assert contents(out) == contents(site)


def part_of(site: Path, copy: Path) -> Path:
    """A copy of some of a site's pages and files, with a manifest of its own."""
    for path in (*site.glob("*.html"), *site.glob("schools/*/*"), *site.glob("data/*.json")):
        (copy / path.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy / path.relative_to(site))
    (copy / "index.html").write_text(f"<p>{copy.name}")
    remake(copy)
    return copy


# --- what hosts are told ------------------------------------------------------------------------


def test_a_contact_for_security_stands_where_tools_look(secured: Path, site: Path) -> None:
    text = (secured / ".well-known/security.txt").read_text("utf-8")
    assert text == (
        "Contact: mailto:security@records.example\nExpires: 2026-11-01T00:00:00Z\n"
        "Preferred-Languages: en\n"
        "Canonical: https://records.example/.well-known/security.txt\n"
    )
    assert not (site / ".well-known").exists()
    assert verify(secured).mismatches == ()
    named = (secured / MANIFEST).read_text("utf-8")
    assert '".nojekyll"' in named
    assert '".well-known/security.txt"' in named


def test_a_record_of_the_last_day_has_a_contact_too() -> None:
    assert "Expires: 9999-12-31T" in security("mailto:a@b.example", "9999-12-30", "x", ["en"])


def test_an_old_id_of_a_school_is_redirected_in_each_language() -> None:
    lines = redirects({"1": "2"}, ["", "es/"]).splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "/schools/1 /schools/2/ 301", "/schools/1/ /schools/2/ 301",
        "/es/schools/1 /es/schools/2/ 301", "/es/schools/1/ /es/schools/2/ 301",
    ]  # fmt: skip


def weaken(copy: Path) -> None:
    rewrite(copy / "_headers", "script-src 'self'", "script-src 'self' 'unsafe-inline'")


def let_frame(copy: Path) -> None:
    rewrite(copy / "_headers", "frame-ancestors 'none'", "frame-ancestors *")


def twice(copy: Path) -> None:
    text = (copy / "_headers").read_text("utf-8")
    (copy / "_headers").write_text(f"{text}/votes/*\n  X-Content-Type-Options: nosniff\n")


def say_nothing(copy: Path) -> None:
    rewrite(copy / "_headers", "  Content-Security-Policy", "# Content-Security-Policy")


def redirect_elsewhere(copy: Path) -> None:
    with (copy / "_redirects").open("a") as file:
        file.write("/votes/ https://other.example/ 302\n")


def shut_out(copy: Path) -> None:
    rewrite(copy / "robots.txt", "Allow: /", "Disallow: /")


def other_contact(copy: Path) -> None:
    rewrite(copy / ".well-known/security.txt", "security@", "somebody@")


def never_expire(copy: Path) -> None:
    rewrite(copy / ".well-known/security.txt", "2026", "2036")


def lose_contact(copy: Path) -> None:
    (copy / ".well-known/security.txt").unlink()


def let_jekyll_in(copy: Path) -> None:
    (copy / ".nojekyll").unlink()


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        weaken, let_frame, twice, say_nothing, redirect_elsewhere, shut_out, other_contact,
        never_expire, lose_contact, let_jekyll_in,
    ],
    ids=lambda change: change.__name__,
)  # fmt: skip
def test_a_falsehood_told_to_hosts_is_found(
    secured: Path, copied: Callable[[Path], Path], change: Callable[[Path], None]
) -> None:
    copy = copied(secured)
    change(copy)
    remake(copy)
    assert verify(copy).mismatches
