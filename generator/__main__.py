"""The command line: arguments in, exit codes out."""

import argparse
import atexit
import gc
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.errors import EXIT_OK, InputError, OutputError, PolicyError, UsageError

EXIT_STOPPED, EXIT_UNREAD = 130, 141
ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
SCHEDULER = re.compile(r"(tcp|tls)://[^\s/?#]+:\d+")
PORTS = range(65536)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 unusable input or no way to write, 3 a rule that can't be kept.

    Wrong use ends with 2, Ctrl-C with 130, and with 141 where nobody reads on, as behind `| head`;
    a shell would say the same numbers. Anything else is our bug and keeps its traceback.
    """
    options = _parser().parse_args(argv)
    # Python looks through all that is there for garbage once more when it ends: half a second.
    atexit.register(gc.freeze)
    try:
        options.run(options)
        sys.stdout.flush()
    except (InputError, OutputError, PolicyError, UsageError) as error:
        return _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _fail("stopped; the old site is untouched", EXIT_STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        return EXIT_UNREAD
    return EXIT_OK


def _fail(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


# Each command is imported when it is run: pandas alone takes half a second, and --help needs none.
def _build(options: argparse.Namespace) -> None:
    from generator.commands import build

    where = options.data, options.out, options.base_url
    build.run(*where, options.jobs, options.scheduler, options.builder)


def _check(options: argparse.Namespace) -> None:
    from generator.commands import check

    check.run(options.data, options.format)


def _protect(options: argparse.Namespace) -> None:
    from generator.commands import protect

    protect.run(options.private, options.data)


def _summarise(options: argparse.Namespace) -> None:
    from generator.commands import summarise

    summarise.run(options.raw, options.questionnaire, options.private)


def _serve(options: argparse.Namespace) -> None:
    from generator.commands import serve

    serve.run(options.data, options.out, options.base_url, options.host, options.port)


def _verify(options: argparse.Namespace) -> None:
    from generator.commands import verify

    verify.run(options.folder, options.rebuild)


def _release(options: argparse.Namespace) -> None:
    from generator.commands import release

    where = options.id, options.data, options.site, options.base_url
    release.run(*where, options.packages)


def _publish(options: argparse.Namespace) -> None:
    from generator.commands import publish

    publish.run(options.folder, options.site)


def _diff(options: argparse.Namespace) -> None:
    from generator.commands import diff

    diff.run(options.old, options.new, options.data, options.format)


def _translate(options: argparse.Namespace) -> None:
    from generator.commands import build, translate

    translate.run(build.TEMPLATES, options.language)


def _new(options: argparse.Namespace) -> None:
    from generator.commands import new

    new.run(options.name, options.out, options.place)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sro-record", description="Tables of public facts in, a public site with receipts out."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = commands.add_parser("build", help="check the data and build the whole site")
    build.set_defaults(run=_build)
    check = commands.add_parser("check", help="check the data, write nothing")
    _add_check(check)
    serve = commands.add_parser("serve", help="show the site here, built anew when a file changes")
    serve.set_defaults(run=_serve)

    verify = commands.add_parser("verify", help="compute a site's values again from its own data")
    _add_verify(verify)
    _add_publish(commands.add_parser("publish", help="put a verified site where readers see it"))
    release = commands.add_parser("release", help="freeze the data of the site as a release")
    release.set_defaults(run=_release)
    release.add_argument("id", metavar="ID", help="the day of the release, as 2026-11-24")
    _add_release(release)

    protect = commands.add_parser("protect", help="hide small counts of surveys held privately")
    protect.set_defaults(run=_protect)
    _add_private(protect)
    _add_summarise(commands.add_parser("summarise", help="count a raw survey export, in private"))

    diff = commands.add_parser("diff", help="say what changed between two editions of tables")
    _add_diff(diff)
    _add_translate(commands.add_parser("translate", help="update the translators' files"))
    _add_new(commands.add_parser("new", help="begin an edition for another place"))

    for command in (build, check, serve, release, protect, diff):
        _add_path(command, "--data", "data", "the folder of the tables")
    for command in (build, serve):
        _add_path(command, "--out", "site", "the folder of the site, replaced whole")
    for command in (build, serve, release):
        command.add_argument(
            "--base-url",
            type=_address,
            default="",
            metavar="URL",
            help="where the site will stand (default: what the data's site.toml says)",
        )
    _add_places(build)
    serve.add_argument("--host", default="127.0.0.1", help="address to serve at (default: here)")
    serve.add_argument("--port", type=_port, default=8000, help="default: 8000; 0 takes a free one")
    return parser


def _add_places(build: argparse.ArgumentParser) -> None:
    """Where the schools are worked on."""
    said = "processes (default: one for 500 schools, at most 8 and one for each processor)"
    build.add_argument("--jobs", type=_jobs, metavar="N", help=said)
    build.add_argument(
        "--scheduler",
        type=_scheduler,
        default="",
        metavar="ADDRESS",
        help="build on the workers of a Dask cluster that sees the same folders, as tcp://host:8786",
    )
    build.add_argument(
        "--builder",
        choices=("mkdocs", "properdocs"),
        default="mkdocs",
        help="what renders the prose pages (default: mkdocs)",
    )


def _add_release(command: argparse.ArgumentParser) -> None:
    _add_path(command, "--site", "site", "the folder of the site built from the data")
    command.add_argument(
        "--packages",
        type=Path,
        metavar="FILE",
        help="the list of packages that built it, frozen too: build/sbom.cdx.json of make sbom",
    )


def _add_check(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_check)
    command.add_argument(
        "--format",
        choices=("terminal", "github"),
        default="terminal",
        help="default: terminal; github marks the very lines in a pull request",
    )


def _add_summarise(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_summarise)
    command.add_argument("raw", type=Path, metavar="RAW.csv", help="the export, a row a person")
    command.add_argument(
        "--questionnaire", type=Path, required=True, metavar="Q.toml", help="what its columns mean"
    )
    _add_private(command)


def _add_diff(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_diff)
    for name, which in (("old", "the older"), ("new", "the newer")):
        said = f"{which} one: a folder (an edition, a site, a release), or the id of a release"
        command.add_argument(name, metavar=name.upper(), help=said)
    command.add_argument(
        "--format",
        choices=("terminal", "markdown", "json"),
        default="terminal",
        help="default: terminal; markdown fits a comment on a pull request",
    )


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_verify)
    said = "a built or downloaded site; with --rebuild a release too"
    command.add_argument("folder", type=Path, metavar="FOLDER", help=said)
    said = "build it again from its own files instead, and compare all bytes"
    command.add_argument("--rebuild", action="store_true", help=said)


def _add_publish(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_publish)
    said = "what the server shows: a folder, or a link to one"
    command.add_argument("folder", type=Path, metavar="FOLDER", help=said)
    _add_path(command, "--site", "site", "the folder of the built site")


def _add_translate(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_translate)
    command.add_argument("language", nargs="*", metavar="LANGUAGE", help="a new one, as pl")


def _add_new(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_new)
    command.add_argument("name", metavar="NAME", help="small letters and dashes, as new-york")
    said = "where it goes: a folder that is empty or not there (default: the name)"
    command.add_argument("--out", type=Path, metavar="FOLDER", help=said)
    said = "what sentences call the place (default: the name in capitals)"
    command.add_argument("--place", default="", metavar="WORDS", help=said)


def _add_path(command: argparse.ArgumentParser, name: str, default: str, what: str) -> None:
    said = f"{what} (default: {default})"
    command.add_argument(name, type=Path, default=Path(default), metavar="FOLDER", help=said)


def _add_private(command: argparse.ArgumentParser) -> None:
    said = "the folder of the private counts, outside of any git work tree"
    command.add_argument("--private", type=Path, required=True, metavar="FOLDER", help=said)


def _address(text: str) -> str:
    if text and not ADDRESS.fullmatch(text):
        raise argparse.ArgumentTypeError(f"found {text!r}, expected https://… or http://…")
    return text


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a whole number from 1")
    return int(text)


def _scheduler(text: str) -> str:
    if text and not SCHEDULER.fullmatch(text):
        raise argparse.ArgumentTypeError(f"found {text!r}, expected tcp://host:port")
    return text


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) in PORTS):
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a whole number up to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
