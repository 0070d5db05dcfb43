"""What the modules of this folder that run by themselves share: a file in, JSON out, exit codes."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from generator.errors import EXIT_INPUT, EXIT_OK, EXIT_POLICY, InputError, PolicyError


def run(answer: Callable[[str], str]) -> int:
    """Print the answer to the file that the command line names; 0, 1 unusable file, 3 refused."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case", type=Path, metavar="CASE.json", help="a table; see cases.py")
    path = parser.parse_args().case
    try:
        print(answer(path.read_text(encoding="utf-8")))
    except OSError as error:
        return _fail(f"{path}: {error.strerror}", EXIT_INPUT)
    except UnicodeDecodeError:
        return _fail(f"{path}: found text that is not UTF-8, expected UTF-8.", EXIT_INPUT)
    except InputError as error:
        return _fail(str(error), EXIT_INPUT)
    except PolicyError as error:
        return _fail(str(error), EXIT_POLICY)
    return EXIT_OK


def _fail(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
