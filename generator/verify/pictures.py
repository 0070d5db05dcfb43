"""Pictures against the tables beside them: their labels, their bars, their descriptions."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise

from generator.verify.mismatch import Mismatch
from generator.verify.page import Label, Page, Picture, TableRow
from generator.verify.quoted import numbers
from generator.verify.site import Site, linked_school, squeeze
from generator.verify.tongue import Tongue
from generator.verify.words import SCHOOL_YEAR, number

BAR = re.compile(r"M0,[\d.]+h(\d+(?:\.\d+)?)v18h-?[\d.]+Z")
ON_MAP = "schools_on_map."
TENTH = 0.11  # coordinates are rounded to a tenth of a pixel


def check_pictures(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Every picture of a page, and the marks of its map."""
    for picture in page.pictures:
        rows = [row for row in page.rows[picture.first : picture.last] if row.cells]
        if picture.first < 0 or not rows:
            yield Mismatch(page.path, "", f"a picture ({picture.kind}) without a table beside it")
            continue
        check = CHECKS.get(picture.kind)
        if check is None:
            yield Mismatch(page.path, "", f"a picture of unknown kind ({picture.kind})")
            continue
        yield from check(page, picture, rows, whole)
    yield from check_map(page, whole)


def check_bars(page: Page, picture: Picture, rows: list[TableRow], _: Site) -> Iterator[Mismatch]:
    """Labels and numbers in the order of the table; bars as long as their numbers."""
    values = [page.shown[i] for row in rows for i in row_facts(row)[:1]]
    ticks = [label for label in picture.labels if label.middle]
    said = "".join(label.words for label in picture.labels if not label.middle)
    headers = "".join(headers_of(page, rows))
    expected = headers + "".join(shown.words for shown in values)
    parts = headers + "".join(
        " / ".join(page.shown[i].words for i in row_facts(row)) for row in rows
    )
    left = rest(said, expected)
    left = rest(said, parts) if left is None or numbers(left) else left
    if left is None or numbers(left):
        yield Mismatch(page.path, "", f"labels of a picture ({picture.kind})", said, expected)
    drawn = [float(found[1]) for path in picture.bars if (found := BAR.fullmatch(path))]
    amounts = [float(number(shown.value) or 0) for shown in values if shown.tag == "data"]
    if len(drawn) < len(amounts) or not proportional(drawn, amounts, ticks):
        yield Mismatch(
            page.path, "", f"bars of a picture ({picture.kind})", str(drawn), str(amounts)
        )
    yield from check_description(page, picture, rows)


def headers_of(page: Page, rows: list[TableRow]) -> Iterator[str]:
    """What the bars of these rows are labelled with: where several have one header, also the words
    that the row's last cell begins with."""
    times = Counter(row.header for row in rows)
    for row in rows:
        if times[row.header] == 1:
            yield row.header
        else:
            last = "".join(row.words[-1:])
            said = max((text for text in page.texts if last.startswith(text)), key=len, default="")
            yield f"{row.header}: {said}"


def row_facts(row: TableRow) -> list[int]:
    """The facts of a row's first cell that has any: its bar's number, then what it is of."""
    return next((cell for cell in row.cells if cell), [])


def rest(said: str, expected: str) -> str | None:
    """What is said after the words expected (of an axis), None where those are not said; blanks
    are no matter, since a long label is broken into lines."""
    said, expected = (re.sub(r"\s", "", text) for text in (said, expected))
    return said.removeprefix(expected) if said.startswith(expected) else None


def proportional(drawn: list[float], amounts: list[float], ticks: list[Label]) -> bool:
    """True where bars, and the ticks under them, are on one scale that begins at 0."""
    try:
        scale = [(tick.x, float(tick.words)) for tick in ticks]
    except ValueError:
        return False
    pairs = [*zip(drawn, amounts, strict=False), *scale]
    width, amount = max(pairs, key=lambda pair: pair[1], default=(0.0, 0.0))
    if not amount:
        return all(width <= TENTH for width, _ in pairs)
    return all(abs(one - value * width / amount) <= 2 * TENTH for one, value in pairs)


def check_description(page: Page, picture: Picture, rows: list[TableRow]) -> Iterator[Mismatch]:
    """The numbers in a description are those of the table, after the number they are of."""
    text, named = picture.description, set()
    for header in sorted({row.header for row in rows}, key=len, reverse=True):
        named |= {header} if header in text else set()
        text = text.replace(header, "")
    said = numbers(text)
    # Where bars are many, the words name some; the other pictures' words name all.
    some = [row for row in rows if row.header in named or picture.kind != "bars"]
    shown = [[page.shown[i].words for i in cell] for row in some for cell in row.cells[:1]]
    first = [number for words in shown for number in numbers("".join(words[:1]))]
    of = numbers("".join(shown[0][1:2])) if shown else []
    if said not in (first, of + first):
        yield Mismatch(page.path, "", "description of a picture", text, ", ".join(first))


def check_years(
    page: Page, picture: Picture, rows: list[TableRow], whole: Site
) -> Iterator[Mismatch]:
    """A cell per school year with the letter of its status, as the first row of the year says."""
    status: dict[str, str] = {}
    for row in rows:
        status.setdefault(row.header, letter(page, row, whole))
    half = len(picture.labels) // 2
    letters = [label.words for label in picture.labels[:half]]
    years = [label.words for label in picture.labels[half:]]
    if dict(zip(years, letters, strict=False)) != status or len(years) != len(status):
        shown = ", ".join(f"{year} {word}" for year, word in zip(years, letters, strict=False))
        expected = ", ".join(f"{year} {word}" for year, word in status.items())
        yield Mismatch(page.path, "", "labels of a picture (years)", shown, expected)
    if told(picture.description, whole.tongue) != status:
        expected = ", ".join(f"{year} {word}" for year, word in status.items())
        yield Mismatch(
            page.path, "", "description of a picture (years)", picture.description, expected
        )


def told(description: str, tongue: Tongue) -> dict[str, str]:
    """The letter of each school year, as the sentences of a description say it."""
    sentences = (one.partition(":") for one in description.split(". "))
    return {
        found[0]: tongue.told.get(start, "")
        for start, _, years in sentences
        for found in SCHOOL_YEAR.finditer(years)
    }


def letter(page: Page, row: TableRow, whole: Site) -> str:
    """The letter for a row: by its status, unknown where it has a mark, over where it has none."""
    for i in row_facts(row)[:1]:
        known = whole.ledger.facts.get(page.shown[i].fact)
        letters = whole.tongue.standing
        return letters.get(known.value or "", letters[""]) if known else letters[""]
    return whole.tongue.over


def check_timeline(
    page: Page, picture: Picture, rows: list[TableRow], whole: Site
) -> Iterator[Mismatch]:
    """Labels are school years of texts, or their kinds; the years under them are evenly apart."""
    possible: Counter[str] = Counter()
    for row in rows:
        facts = [whole.ledger.facts.get(page.shown[i].fact) for i in row.facts]
        cells = [known.cell for known in facts if known and known.cell]
        year = next((cell.row.get("school_year", "") for cell in cells), "")
        possible[year or kind_words(page, row)] += 1
    ticks = [label for label in picture.labels if label.middle]
    said = (label.words for label in picture.labels if not (label.middle or label.bold))
    labels = Counter(joined(said, possible))
    for words in sorted(labels - possible):
        expected = ", ".join(sorted(possible))
        yield Mismatch(page.path, "", "labels of a picture (timeline)", words, expected)
    # A row's first facts are its dates: when it began, and when it ended.
    dates = {page.shown[i].words for row in rows for i in row.facts[:2]}
    text = picture.description
    for words in sorted({*dates, *possible}, key=len, reverse=True):
        text = text.replace(words, "")
    if numbers(text):
        expected = "; ".join(sorted(dates))
        yield Mismatch(page.path, "", "description of a picture (timeline)", text, expected)
    if not evenly(ticks):
        shown = ", ".join(tick.words for tick in ticks)
        yield Mismatch(page.path, "", "years under a picture (timeline)", shown, "even steps")


def joined(lines: Iterator[str], possible: Collection[str]) -> Iterator[str]:
    """Labels of one line or several, put together as far as they begin one that is possible."""
    words = ""
    for line in lines:
        longer = f"{words} {line}".strip()
        if words and not any(one.startswith(longer) for one in possible):
            yield words
            longer = line
        words = longer
        if words in possible:
            yield words
            words = ""
    if words:
        yield words


def kind_words(page: Page, row: TableRow) -> str:
    """The words of a row's last fact."""
    return page.shown[row.facts[-1]].words if row.facts else ""


def evenly(ticks: list[Label]) -> bool:
    """True where years stand in even steps at even distances."""
    try:
        points = [(tick.x, int(tick.words)) for tick in ticks]
    except ValueError:
        return False
    steps = {b[1] - a[1] for a, b in pairwise(points)}
    gaps = [b[0] - a[0] for a, b in pairwise(points)]
    return len(steps) <= 1 and all(abs(gap - gaps[0]) <= 2 * TENTH for gap in gaps)


def check_map(page: Page, whole: Site) -> Iterator[Mismatch]:
    """Every mark of the map names the school that it links to and an outcome of its votes; the
    words for it say how many marks of each shape it has."""
    legend = [one.words for one in page.shown if one.fact.startswith(ON_MAP) and not one.receipt]
    said = numbers(page.map_description)
    total = sum(int(words.replace(",", "")) for words in said)
    if page.markers and (said != legend or total != len(page.markers)):
        expected = f"{', '.join(legend)}; {len(page.markers)} marks"
        yield Mismatch(page.path, "", "description of the map", page.map_description, expected)
    for href, label in page.markers:
        school = linked_school(page, href, whole)
        if not school:
            yield Mismatch(page.path, "", "a mark of the map without a school", label, href)
            continue
        name = squeeze(whole.published.row("schools", school).get("name", ""))
        labels = {f"{name}: {words}" for words in outcomes(school, whole)}
        if squeeze(label) not in labels:
            yield Mismatch(page.path, "", "mark of the map", label, " or ".join(sorted(labels)))


def outcomes(school: str, whole: Site) -> Iterator[str]:
    """The words for the outcomes of a school's votes; "not found" is always one."""
    yield whole.tongue.marks["not_found"]
    for subject in sorted(whole.subjects[school]):
        for row in whole.ledger.by_subject.get(subject, ()):
            if row["id"].endswith(".outcome"):
                yield from whole.ledger.facts[row["id"]].words


Check = Callable[[Page, Picture, list[TableRow], Site], Iterator[Mismatch]]
CHECKS: Mapping[str, Check] = {
    "tally": check_bars,
    "outcomes": check_bars,
    "bars": check_bars,
    "years": check_years,
    "timeline": check_timeline,
}
