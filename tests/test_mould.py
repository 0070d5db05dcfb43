"""What comes from a mould is, byte for byte, what its template prints by itself."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from generator import pages
from generator.embeds import Frame, embed_file, of_school
from generator.model import Fact, Mark, Past, Text
from generator.pipeline.press import Press, printed
from generator.pipeline.rendering import specimens_of
from generator.present.languages import language
from generator.present.mould import Moulds, blank, shape
from generator.present.page import Page
from generator.present.templating import environment
from generator.shell import Shell, cut, stamp
from generator.shell.blocks import join_blocks, split_blocks
from generator.shell.stamped import CARD, CARD_ALT, CITE, DESCRIPTION, TITLE
from generator.views.schools import School, schools
from tests.edition import write_edition
from tests.presenting import NoPictures, record_of, site_of
from tests.twenty import write_twenty

ROOT = Path(__file__).resolve().parents[1]


def shells(whole: pages.Site) -> dict[str, Shell]:
    """Shells as small as they can be: a page's words and little around them."""
    card = f'<meta content="{CARD}"><meta content="{CARD_ALT}">{CITE}'
    head = f'{card}<title>{TITLE}</title><p title="{DESCRIPTION}"><a href="{{}}"></a></p>'
    link = '<a class="headerlink" href="#x" title="Here">'
    return {
        kind: cut(
            head.format(page.path) + link + join_blocks(split_blocks(page.body), "Here"), page
        )
        for kind, page in specimens_of(whole)
    }


def by_hand(press: Press, school: School) -> tuple[bytes, tuple[Fact, ...]]:
    """The page without any mould."""
    with press.whole.page.blank():
        page = pages.school_page(press.whole, school, f"schools/{school.id}/")
    one = printed(school, stamp(press.shells[school.kind], page), page.facts)
    return one.file.content, one.facts


def moulded(press: Press, found: list[School]) -> Iterator[tuple[bytes, tuple[Fact, ...]]]:
    """The pages, after every shape was met once."""
    for school in found:
        press.print(school)
    for school in found:
        one = press.print(school)
        yield one.file.content, one.facts


@pytest.mark.parametrize("edition", ["invented", "twenty", "data"])
@pytest.mark.parametrize("released", [False, True], ids=["no release", "a release"])
def test_moulded_pages_are_those_printed_by_hand(
    tmp_path: Path, edition: str, released: bool
) -> None:
    data = {
        "invented": lambda: write_edition(tmp_path / "data"),
        "twenty": lambda: write_twenty(tmp_path / "data"),
        "data": lambda: ROOT / "data",
    }[edition]()
    record = record_of(data)
    ids = list(record.school_names)
    was = {0: Past("2026-01-31", "Another", ""), 1: Past("2026-01-31", "", "not_found")}
    past = {f"schools.{key}.network": (was[at % 2],) for at, key in enumerate(ids[::3])}
    whole = site_of(data, pictures=NoPictures(), past=past if released else {})
    press = Press(whole, shells(whole))
    found = list(schools(record, ids))
    assert len(found) == len(ids)
    for school, one in zip(found, moulded(press, found), strict=True):
        assert one == by_hand(press, school), school.id
    assert any(parts(whole).kept.values())


@pytest.mark.parametrize("release", ["", "2026-01-31"], ids=["live", "frozen"])
@pytest.mark.parametrize("edition", ["twenty", "data"])
def test_moulded_figures_are_those_printed_by_hand(
    tmp_path: Path, edition: str, release: str
) -> None:
    """Their values lead to the receipts of the school whose figure it is."""
    data = write_twenty(tmp_path / "data") if edition == "twenty" else ROOT / "data"
    record = record_of(data)
    whole, frame = site_of(data, pictures=NoPictures()), Frame("", release)
    found = [embed for school_id in record.school_names for embed in of_school(record, school_id)]
    for embed in found:
        embed_file(whole, embed, frame)
    for embed in found:
        moulded = embed_file(whole, embed, frame)
        with whole.page.blank():
            by_hand = embed_file(whole, embed, frame)
        assert moulded == by_hand, embed.id
    assert len({embed.origin for embed in found}) > 1
    assert any(parts(whole).kept.values())


def test_prose_pages_are_those_printed_by_hand(tmp_path: Path) -> None:
    whole = site_of(write_twenty(tmp_path / "data"), pictures=NoPictures())
    list(pages.prose(whole))
    again = list(pages.prose(whole))
    with whole.page.blank():
        assert list(pages.prose(whole)) == again


def parts(whole: pages.Site) -> Moulds:
    """The moulds of the parts of pages."""
    found = whole.environment.globals["moulded"].__self__.moulds  # type: ignore[attr-defined]
    assert isinstance(found, Moulds)
    return found


def test_short_pages_of_the_real_record_come_from_few_moulds() -> None:
    whole = site_of(ROOT / "data", pictures=NoPictures())
    press = Press(whole, shells(whole))
    short = [one for one in schools(whole.record, list(whole.record.school_names)) if not one.votes]
    for school in short:
        press.print(school)
    kept = press.moulds.kept.values()
    assert None not in kept
    assert 10 * len(kept) < len(short)


LOOKING = {
    "prints": "{{ fact }}",
    "compares": "{% if fact.value == 0 %}none{% else %}{{ fact }}{% endif %}",
    "counts": "{% if fact.value is not none %}{% trans n=fact %}one{% pluralize %}{{ n }} of them"
    "{% endtrans %}{% endif %}",
    "asks": "{% if fact.value %}some{% else %}none{% endif %}",
    "looks for absence": "{% if fact.value is none %}?{% endif %}{{ fact }}",
    "cites": "{{ fact }}{{ cite(fact) }}",
    "names": '<i id="{{ attr("x-" ~ fact.id) }}">{{ fact|bare }}</i>',
    "reads its rows": "{% for row in fact.inputs %}{{ attr(row) }}{% endfor %}",
    "explains": '{{ term("sro", _("officers")) }} {{ fact }} {{ term("sro", _("officers")) }}',
    "reads its period": "{{ attr(fact.period) }}{{ fact }}",
    "reads its sources": "{% if fact.sources %}sourced{% endif %}{{ fact }}",
}
FORGETS = {"looks for absence", "prints", "cites", "names", "reads its rows", "explains"}


def facts() -> list[Fact]:
    """Counts of a column, one of them not found; each from a row and a source of its own."""
    values = (0, 1, 2, None, 0, 1, None, 12_345)
    return [
        Fact(
            f"t.{at}.n", f"school/{at}", "t.n", str(2000 + at), value, "count",
            mark=None if value is not None else Mark.NOT_FOUND, expression=f"t[{at}].n",
            inputs=(f"t/{at}",), sources=(f"source-{at}",),
        )
        for at, value in enumerate(values)
    ]  # fmt: skip


@pytest.mark.parametrize("template", LOOKING.values(), ids=LOOKING)
def test_a_template_that_looks_at_values_gets_no_mould_and_still_prints_right(
    tmp_path: Path, template: str
) -> None:
    (tmp_path / "part.j2").write_text(f"{{% macro part(fact) %}}{template}{{% endmacro %}}")
    (tmp_path / "page.j2").write_text(
        '{% import "part.j2" as p %}{% for fact in facts %}{{ moulded(p.part, fact) }}|{% endfor %}'
    )
    page = Page()
    env = environment(tmp_path, language("en", record_of(ROOT / "data").edition), page)
    print_it = partial(env.get_template("page.j2").render, facts=facts())
    page.turn("a/")
    with page.blank():
        expected, shown, cited = print_it(), dict(page.facts), dict(page.cites)
    for _ in range(2):
        page.turn("a/")
        assert (print_it(), page.facts, page.cites) == (expected, shown, cited)
    kept = env.globals["moulded"].__self__.moulds.kept.values()  # type: ignore[attr-defined]
    name = next(name for name, text in LOOKING.items() if text == template)
    assert (None not in kept) == (name in FORGETS)


@pytest.mark.parametrize("text", ["two\nlines", "a\ttab", "\ue1001t\ue101", 'data-search-x="1"'])
def test_a_text_that_no_place_may_hold_is_printed_by_hand(text: str) -> None:
    assert shape((Text("plain"), Text(text)), numbered=True) is None


def test_a_fact_that_comes_twice_is_one_slot() -> None:
    one, other = facts()[1:3]
    found = shape((one, other, one), numbered=False)
    assert found is not None
    key, slots = found
    assert slots == [one, other]
    assert key != shape((one, other, other), numbered=False)[0]  # type: ignore[index]
    first, _, again = blank((one, other, one), numbered=False)
    assert str(first.id) == str(again.id)
