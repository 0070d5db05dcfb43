"""The site is written whole or not at all: on a real disk, with kills, readers and refusals."""

import errno
import os
import pickle
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError, OutputError, Problem
from generator.model import File
from generator.write import (
    DiskCache,
    Place,
    Written,
    put,
    put_long,
    read_files,
    staging,
    swap,
    write_tree,
)

OLD = [File("index.html", b"old"), File("a/same.csv", b"same"), File("gone.txt", b"gone")]
NEW = [File("index.html", b"new"), File("a/same.csv", b"same"), File("b/c/more.txt", b"more")]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A site that was built before, as a checkout has it: with a hidden file at its top."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / ".gitignore").write_text("*\n")
    write_tree(folder, OLD)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".gitignore"
    }


def contents(files: list[File]) -> dict[str, bytes]:
    return {file.path: file.content for file in files}


def beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir())


def test_a_site_where_there_was_none(tmp_path: Path) -> None:
    out = tmp_path / "not" / "yet" / "site"
    assert write_tree(out, NEW) == Written(files=3, changed=3, removed=0, bytes=11)
    assert tree(out) == contents(NEW)
    assert beside(out) == [".site.lock", "site"]


def test_a_new_site_in_the_place_of_the_old(out: Path) -> None:
    assert write_tree(out, NEW) == Written(files=3, changed=2, removed=1, bytes=11)
    assert tree(out) == contents(NEW)
    assert beside(out) == [".site.lock", "site"]


def test_an_empty_site_is_a_site(out: Path) -> None:
    assert write_tree(out, []) == Written(files=0, changed=0, removed=3, bytes=0)
    assert tree(out) == {}


def test_unchanged_files_keep_their_inode_and_the_others_do_not(out: Path) -> None:
    before = {path: (out / path).stat() for path in contents(OLD)}
    write_tree(out, NEW)
    assert (out / "a/same.csv").stat().st_ino == before["a/same.csv"].st_ino
    assert (out / "a/same.csv").stat().st_mtime_ns == before["a/same.csv"].st_mtime_ns
    assert (out / "a/same.csv").stat().st_nlink == 1
    assert (out / "index.html").read_bytes() == b"new"


def test_unchanged_files_are_copied_with_their_time_where_links_fail(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    before = (out / "a/same.csv").stat()
    monkeypatch.setattr(os, "link", refuse)
    assert write_tree(out, NEW).changed == 2
    assert tree(out) == contents(NEW)
    assert (out / "a/same.csv").stat().st_mtime_ns == before.st_mtime_ns
    assert (out / ".gitignore").read_text() == "*\n"


def test_a_file_edited_in_place_is_written_anew(out: Path) -> None:
    (out / "a/same.csv").write_bytes(b"SAME")
    assert write_tree(out, OLD).changed == 1
    assert tree(out) == contents(OLD)


def test_a_link_in_the_old_site_is_replaced_by_a_file(out: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"old")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(tmp_path / "elsewhere")
    write_tree(out, OLD)
    assert not (out / "index.html").is_symlink()
    assert tree(out) == contents(OLD)


def test_a_file_may_become_a_folder_and_back(out: Path) -> None:
    assert write_tree(out, [File("a", b"file")]) == Written(files=1, changed=1, removed=3, bytes=4)
    assert tree(out) == {"a": b"file"}
    assert write_tree(out, OLD) == Written(files=3, changed=3, removed=1, bytes=11)
    assert tree(out) == contents(OLD)


def test_modes_whatever_the_mask(tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        write_tree(tmp_path / "site", NEW)
    finally:
        os.umask(mask)
    for path in (tmp_path / "site", *(tmp_path / "site").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)


def test_a_given_time_marks_what_changed(out: Path) -> None:
    write_tree(out, NEW, mtime=1_600_000_000)
    assert (out / "index.html").stat().st_mtime == 1_600_000_000
    assert (out / "a/same.csv").stat().st_mtime != 1_600_000_000


def test_hidden_entries_at_the_top_survive(out: Path) -> None:
    (out / ".git" / "objects").mkdir(parents=True)
    (out / ".git" / "objects" / "ab").write_bytes(b"kept")
    (out / ".latest").symlink_to("nowhere")
    inode = (out / ".gitignore").stat().st_ino
    write_tree(out, [*NEW, File(".nojekyll", b"")])
    write_tree(out, [*NEW, File(".nojekyll", b"")])
    assert (out / ".git/objects/ab").read_bytes() == b"kept"
    assert (out / ".latest").readlink() == Path("nowhere")
    assert (out / ".gitignore").stat().st_ino == inode
    assert (out / ".nojekyll").read_bytes() == b""


def test_a_linked_site_stays_linked(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "site").symlink_to("disk/www")
    write_tree(tmp_path / "site", OLD)
    write_tree(tmp_path / "site", NEW)
    assert (tmp_path / "site").is_symlink()
    assert tree(tmp_path / "disk" / "www") == contents(NEW)


# --- stopped half-way ---------------------------------------------------------------------------


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, OSError])
def test_an_error_while_building_leaves_the_old_site(out: Path, error: type[BaseException]) -> None:
    def files() -> Iterator[File]:
        yield NEW[0]
        raise error

    with pytest.raises(error):
        write_tree(out, files())
    assert tree(out) == contents(OLD)
    assert beside(out) == [".site.lock", "site"]


def test_what_a_killed_build_left_goes_at_the_next(out: Path) -> None:
    left = out.parent / ".site.build-abc" / "a"
    left.mkdir(parents=True)
    (left / "file").write_bytes(b"half")
    other = out.parent / ".sitemap.build-abc"
    other.mkdir()
    write_tree(out, NEW)
    assert beside(out) == [".site.lock", ".sitemap.build-abc", "site"]


BUILDER = """
import sys
from itertools import count
from pathlib import Path
from generator.model import File
from generator.write import write_tree
for number in count():
    text = b"%d" % number
    files = (File(f"schools/{i}/index.html", text) for i in range(100))
    write_tree(Path(sys.argv[1]), [File("same.txt", b"same"), *files])
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(8))
def test_a_kill_at_any_moment_leaves_one_whole_site(tmp_path: Path, seed: int, root: Path) -> None:
    out = tmp_path / "site"
    command = [sys.executable, "-c", BUILDER, str(out)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == b"0\n"
        time.sleep(random.Random(seed).random() / 5)
        builder.send_signal(signal.SIGKILL)
        said = [0, *map(int, builder.stdout.read().split())]
    found = tree(out)
    assert found.pop("same.txt") == b"same"
    assert len(found) == 100
    (number,) = {int(content) for content in found.values()}
    assert said[-1] <= number <= said[-1] + 1
    write_tree(out, NEW)
    assert tree(out) == contents(NEW)
    assert beside(out) == [".site.lock", "site"]


def test_readers_never_miss_a_file(out: Path) -> None:
    stop, begun, failed = Event(), Event(), []

    def read() -> None:
        while not stop.is_set():
            for path, known in (("index.html", {b"old", b"new"}), ("a/same.csv", {b"same"})):
                try:
                    if (out / path).read_bytes() not in known:
                        failed.append(f"{path} is mixed")
                except OSError as error:
                    failed.append(str(error))
            begun.set()

    reader = Thread(target=read)
    reader.start()
    begun.wait()
    for number in range(20):
        write_tree(out, (NEW, OLD)[number % 2])
    stop.set()
    reader.join()
    assert failed == []


# --- systems without an exchange, and mount points ----------------------------------------------


def no_exchange(_new: Path, _out: Path) -> None:
    raise OSError(errno.ENOSYS, "no exchange here")


def test_two_renames_where_there_is_no_exchange(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_rename_exchange", no_exchange)
    assert write_tree(out, NEW) == Written(files=3, changed=2, removed=1, bytes=11)
    assert tree(out) == contents(NEW)
    assert beside(out) == [".site.lock", "site"]


def test_a_failed_second_rename_is_undone(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name.startswith(".site.build-") and target == out:
            raise OSError(errno.EIO, "disk failed")
        return rename(self, target)

    monkeypatch.setattr(swap, "_rename_exchange", no_exchange)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OutputError, match="disk failed"):
        write_tree(out, NEW)
    assert tree(out) == contents(OLD)
    assert beside(out) == [".site.lock", "site"]


def test_a_kill_between_two_renames_is_undone_at_the_next_build(out: Path) -> None:
    out.rename(out.with_name(".site.old"))

    def files() -> Iterator[File]:
        assert tree(out) == contents(OLD)
        yield from NEW

    write_tree(out, files())
    assert tree(out) == contents(NEW)
    assert beside(out) == [".site.lock", "site"]


def test_other_refusals_of_the_exchange_are_not_hidden(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_new: Path, _out: Path) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(swap, "_rename_exchange", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        write_tree(out, NEW)
    assert tree(out) == contents(OLD)


def test_a_mount_point_is_filled_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "is_mount", lambda _: True)
    out = tmp_path / "site"
    out.mkdir()
    inode = out.stat().st_ino
    (out / ".gitignore").write_text("*\n")
    write_tree(out, [*OLD, File(".well-known/security.txt", b"1")])
    write_tree(out, [*NEW, File(".well-known/security.txt", b"2")])
    assert out.stat().st_ino == inode
    (out / ".site.lock").unlink()
    assert tree(out) == contents(NEW) | {".well-known/security.txt": b"2"}
    assert (out / ".gitignore").read_text() == "*\n"
    assert beside(out) == ["site"]


def test_a_bind_mount_is_found_in_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = tmp_path / "mountinfo"
    listing.write_text("36 35 98:0 /here /mnt/my\\040site rw,noatime shared:1 - ext4 /dev/x rw\n")
    monkeypatch.setattr(swap, "MOUNTS", listing)
    assert swap.is_mount(Path("/mnt/my site"))
    assert not swap.is_mount(tmp_path)
    monkeypatch.setattr(swap, "MOUNTS", tmp_path / "none")
    assert swap.is_mount(Path("/"))


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("../out.html", '".." as a part'),
        ("a/../../out.html", '".." as a part'),
        ("/etc/out.html", "an absolute path"),
        ("", '"" as a part'),
        ("a//b", '"" as a part'),
        ("a/", '"" as a part'),
        ("./a", '"." as a part'),
        ("a\\b", "the character '\\\\'"),
        ("a\0b", "the character '\\x00'"),
        ("a\nb", "the character '\\n'"),
        ("c:a", "the character ':'"),
        ("what?", "the character '?'"),
        ("a\ud800b", "the character '\\ud800'"),
        ("a./b", "a full stop at its end"),
        ("a ", "a blank"),
        (" a", "a blank"),
        ("schools/con/index.html", '"con", a device of Windows'),
        ("a/LPT1.txt", '"LPT1.txt", a device of Windows'),
        ("é" * 101 + "/a", "a part of more than 200 bytes"),
    ],
)
def test_an_unsafe_path_is_refused(out: Path, path: str, fault: str) -> None:
    with pytest.raises(OutputError) as caught:
        write_tree(out, [*NEW, File(path, b"")])
    assert fault in str(caught.value)
    assert tree(out) == contents(OLD)
    assert beside(out) == [".site.lock", "site"]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("a.html", "a.html", "a.html beside it"),
        ("a.html", "A.html", "a.html beside it"),
        ("caf\u00e9", "cafe\u0301", "caf\u00e9 beside it"),
        ("a", "a/b", "a beside it"),
        ("a/b", "a", "a/ beside it"),
        ("a/b", "A/c", "a/ beside it"),
    ],
)
def test_a_path_taken_is_refused(out: Path, first: str, second: str, found: str) -> None:
    with pytest.raises(OutputError) as caught:
        write_tree(out, [File(first, b"1"), File(second, b"2")])
    assert str(caught.value).startswith(f"{second}: found {found}, expected each path once")
    assert tree(out) == contents(OLD)


def test_files_of_one_folder_are_not_taken_for_each_other(out: Path) -> None:
    write_tree(out, [File("a/b/c", b"1"), File("a/b/d", b"2"), File("a/c", b"3")])
    assert tree(out) == {"a/b/c": b"1", "a/b/d": b"2", "a/c": b"3"}


def test_a_second_build_at_once_is_refused(out: Path) -> None:
    def files() -> Iterator[File]:
        with pytest.raises(OutputError, match="another build at work, expected one build at a"):
            write_tree(out, OLD)
        yield from NEW

    write_tree(out, files())
    assert tree(out) == contents(NEW)


def test_a_folder_that_no_build_has_made_is_refused(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "dear.txt").write_text("kept")
    with pytest.raises(OutputError, match="files that no build has put there"):
        write_tree(letters, NEW)
    assert (letters / "dear.txt").read_text() == "kept"
    assert beside(letters) == ["letters"]


def test_a_file_in_the_place_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("kept")
    with pytest.raises(OutputError, match="found a file, expected a folder"):
        write_tree(tmp_path / "site", NEW)
    assert (tmp_path / "site").read_text() == "kept"


def test_a_place_that_cannot_be_written_to_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OutputError, match="expected to be able to write here") as caught:
        write_tree(tmp_path / "file" / "site", NEW)
    assert caught.value.problem.where == str(tmp_path / "file" / "site")


def test_a_full_disk_is_a_message_and_leaves_the_old_site(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", fill)
    with pytest.raises(OutputError) as caught:
        write_tree(out, NEW)
    monkeypatch.undo()
    assert str(caught.value) == (
        f'{out}/index.html: found "No space left on device", expected to be able to write here. '
        "Make room or allow writing. The old site is untouched."
    )
    assert tree(out) == contents(OLD)
    assert beside(out) == [".site.lock", "site"]


def test_an_interrupt_while_the_old_tree_goes_comes_too_late(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", interrupt)
    assert write_tree(out, NEW).files == 3
    monkeypatch.undo()
    assert tree(out) == contents(NEW)
    write_tree(out, NEW)
    assert beside(out) == [".site.lock", "site"]


def test_the_error_reaches_us_from_another_process() -> None:
    error = OutputError(Problem("site", 0, "", "a", "b"))
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "site: found a, expected b."


# --- reading a folder, and the cache ------------------------------------------------------------

names = st.from_regex(r"[a-z0-9_]{1,8}(\.[a-z]{1,3})?", fullmatch=True)
trees = st.dictionaries(st.lists(names, min_size=1, max_size=3).map("/".join), st.binary())


def without_clashes(files: dict[str, bytes]) -> dict[str, bytes]:
    folders = {str(above) for path in files for above in Path(path).parents}
    return {path: content for path, content in files.items() if path not in folders}


@given(trees.map(without_clashes), trees.map(without_clashes))
def test_what_is_written_is_what_is_read(one: dict[str, bytes], two: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        write_tree(out, [File(*item) for item in one.items()])
        written = write_tree(out, [File(*item) for item in two.items()])
        assert [(file.path, file.content) for file in read_files(out)] == sorted(two.items())
    assert written.changed == sum(one.get(path) != content for path, content in two.items())
    assert written.removed == len(one.keys() - two.keys())


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for path in ("b.css", "a/z.js", "a/.DS_Store", ".cache/x", "B.css", "a.css"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    expected = ["assets/B.css", "assets/a.css", "assets/a/z.js", "assets/b.css"]
    assert [file.path for file in read_files(tmp_path, "assets")] == expected


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found no such folder, expected a folder"):
        list(read_files(tmp_path / "none"))


@given(st.text(), st.binary(min_size=2, max_size=32).map(bytes.hex))
def test_the_cache_gives_back_what_was_put(text: str, key: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = DiskCache(Path(folder) / "cache")
        assert cache.get(key) is None
        cache.put(key, "before")
        cache.put(key, text)
        assert cache.get(key) == text
        assert len([path for path in Path(folder).rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("damage", [b"", b"<svg/>", b"\n<svg/>", b"\xff\xfe\n\xff"])
def test_a_damaged_entry_of_the_cache_is_ignored(tmp_path: Path, damage: bytes) -> None:
    cache = DiskCache(tmp_path)
    cache.put("abcdef", "<svg/>")
    entry = tmp_path / "ab" / "cdef"
    for content in (damage, entry.read_bytes()[:-1]):
        entry.write_bytes(content)
        assert cache.get("abcdef") is None
    cache.put("abcdef", "<svg/>")
    assert cache.get("abcdef") == "<svg/>"


@pytest.mark.parametrize("key", ["", "abc", "../../etc", "ABCDEF", "abcdefg", "abcd\n"])
def test_a_key_of_the_cache_is_a_digest(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="is no hex digest"):
        DiskCache(tmp_path).get(key)


def test_a_cache_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OutputError, match="expected to be able to write here"):
        DiskCache(tmp_path / "file").put("abcdef", "<svg/>")


def test_a_worker_of_a_build_that_has_ended_makes_no_tree(tmp_path: Path) -> None:
    """The tree is thrown away while the worker still prints."""
    place = Place(str(tmp_path / "new"), str(tmp_path / "old"))
    with pytest.raises(OutputError, match="No such file"):
        put(place, NEW)
    with pytest.raises(OutputError, match="No such file"):
        put_long(place, "a/b", [b"1"])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_process_began_is_written_anew(out: Path, tmp_path: Path) -> None:
    """It may be a link to what readers see, which must stay as it is."""
    (tmp_path / "new").mkdir()
    place = Place(str(tmp_path / "new"), str(out))
    assert [one.changed for one in put(place, OLD)] == [False] * len(OLD)
    assert [one.changed for one in put(place, [File("index.html", b"new")])] == [True]
    assert (tmp_path / "new/index.html").read_bytes() == b"new"
    assert (out / "index.html").read_bytes() == b"old"


def test_a_long_file_is_linked_where_it_is_the_same(out: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    place = Place(str(tmp_path / "new"), str(out))
    same, other = put_long(place, "a/same.csv", [b"sa", b"me"]), put_long(place, "gone.txt", [b"g"])
    assert (same.size, same.changed, other.size, other.changed) == (4, False, 1, True)
    assert (tmp_path / "new/a/same.csv").stat().st_ino == (out / "a/same.csv").stat().st_ino
    assert (out / "gone.txt").read_bytes() == b"gone"
