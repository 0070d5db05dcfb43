"""Posts what a pull request changes as one comment, and brings that comment up to date later.

It runs from the main branch with the right to comment, once the check of a pull request has ended.
The text that it posts was written by the code of that pull request, perhaps by a stranger: it is
shown, never run, and it can neither call people nor link anywhere. It needs no package.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

MARKER = "<!-- sro-record: what a pull request changes -->"
AUTHOR = "github-actions[bot]"
LONGEST = 60_000  # a comment holds 65,536 characters
A_PAGE = 100
FOLDS = re.compile(r"<(?!/?(?:details|summary)>)")
HARMLESS = {"@": "@&#8203;", "](": "]&#40;", "://": ":&#8203;//", "www.": "www&#46;"}
UNSEEN = re.compile(r"[^\n -~\u00a1-\u200a\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufffd]")


def main() -> None:
    """Post the file that is named, for the run that the event tells of."""
    run = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())["workflow_run"]
    number = pull_request(run)
    if number is None:
        print("No open pull request stands at this commit: nothing is posted.")
        return
    said = Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace")
    body = f"{MARKER}\n{harmless(said)}"
    known = comment_of(number)
    if known is None:
        ask("POST", f"issues/{number}/comments", {"body": body})
    else:
        ask("PATCH", f"issues/comments/{known}", {"body": body})
    print(f"The comment of pull request {number} is up to date.")


def pull_request(run: Mapping[str, Any]) -> int | None:
    """The open pull request whose newest commit was checked; none for one that has moved on.

    GitHub itself says who owns the branch: what the checked code says of itself is not asked.
    """
    head = quote(f"{run['head_repository']['owner']['login']}:{run['head_branch']}", safe="")
    for one in pages(f"pulls?state=open&head={head}"):
        if one["head"]["sha"] == run["head_sha"]:
            return int(one["number"])
    return None


def comment_of(number: int) -> int | None:
    """Our own earlier comment; somebody else may have copied the marker."""
    for one in pages(f"issues/{number}/comments?"):
        if one["user"]["login"] == AUTHOR and one["body"].startswith(MARKER):
            return int(one["id"])
    return None


def harmless(said: str) -> str:
    """The text cut to what a comment holds; it folds, but calls nobody, links nowhere, hides
    nothing."""
    text = FOLDS.sub("&lt;", UNSEEN.sub("", said))
    for what, instead in HARMLESS.items():
        text = text.replace(what, instead)
    return text[:LONGEST]


def pages(path: str) -> Iterator[Mapping[str, Any]]:
    """Every entry of a list that comes page by page."""
    page, found = 1, ask("GET", f"{path}&per_page={A_PAGE}&page=1")
    yield from found
    while len(found) == A_PAGE:
        page += 1
        found = ask("GET", f"{path}&per_page={A_PAGE}&page={page}")
        yield from found


def ask(method: str, path: str, what: Mapping[str, str] | None = None) -> Any:
    """What the API answers; an error status ends the run."""
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}"
    headers = {
        "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    content = None if what is None else json.dumps(what).encode()
    with urlopen(Request(address, content, headers, method=method)) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main()
