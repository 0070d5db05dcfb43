"""Schools side by side: chosen by keyboard, held in the address, and only like beside like."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import DESKTOP, PHONE, rows
from tests.browser.axe import RULES_IN, SHORTEN, complaints_of_axe

ROWS = ".sro-compared tr[data-school]:visible"


def ids(page: Page, where: str = ROWS) -> set[str]:
    found: list[str] = page.locator(where).evaluate_all(
        "rows => rows.map((row) => row.dataset.school)"
    )
    return set(found)


def two(site: Path) -> list[str]:
    """Two schools of which one was asked in 2021 too."""
    of_unit = {row["unit_id"]: row["school_id"] for row in rows(site, "unit_schools")}
    later = {row["unit_id"] for row in rows(site, "votes") if row["cycle"] == "2021"}
    first = {row["unit_id"] for row in rows(site, "votes") if row["cycle"] == "2020"}
    return [of_unit[min(first & later & of_unit.keys())], of_unit[min(first - later)]]


def test_the_address_holds_the_schools(new_page: Callable[..., Page], site: Path) -> None:
    chosen = two(site)
    page = new_page()
    page.goto(f"/compare/?schools={','.join(chosen)},{chosen[0]},nobody")
    assert ids(page) == set(chosen)
    expect(page.locator(".sro-choose [role=status]")).to_have_text("Schools side by side: 2.")
    lacking = page.locator(".sro-compared").filter(
        has=page.locator(f"tr[data-school='{chosen[0]}']:visible")
    ).filter(has_not=page.locator(f"tr[data-school='{chosen[1]}']"))  # fmt: skip
    line = lacking.first.locator("[data-without]")
    expect(line).to_contain_text("Not beside them, because no decision on this question")
    expect(line.locator(f"a[href$='{chosen[1]}/']")).to_be_visible()


def test_chooses_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("compare/")
    status = page.locator(".sro-choose [role=status]")
    expect(status).to_contain_text("Choose two to six.")
    everyone = len(ids(page))
    select = page.get_by_label("Choose a school")
    for number in range(6):
        select.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".sro-choose li")).to_have_count(number + 1)
    expect(status).to_have_text("Schools side by side: 6. Six schools are the most.")
    expect(page.get_by_role("button", name="Put beside")).to_be_disabled()
    chosen = page.url.partition("?schools=")[2].split(",")
    assert ids(page) <= set(chosen)
    page.locator(".sro-choose li button").first.focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text("Schools side by side: 5.")
    expect(page.locator(".sro-choose li button").first).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Enter")
    expect(select).to_be_focused()
    assert len(ids(page)) == everyone
    assert page.url.endswith("/compare/")


def test_one_question_a_table(visit: Callable[..., Page], site: Path) -> None:
    """Each vote stands in a table with votes of its own round and question alone."""
    page = visit("compare/", java_script_enabled=False)
    votes = {row["vote_id"]: row for row in rows(site, "votes")}
    for table in page.locator(".sro-compared table").all():
        facts: list[str] = table.locator("td:nth-child(2) [data-fact]").evaluate_all(
            "facts => facts.map((fact) => fact.dataset.fact)"
        )
        found = [votes[fact.removeprefix("votes.").rpartition(".")[0]] for fact in facts]
        assert len({(row["cycle"], row["question_id"]) for row in found}) == 1


def test_groups_have_their_own_schools(visit: Callable[..., Page], site: Path) -> None:
    page = visit("compare/network-network-15/", java_script_enabled=False)
    recorded = {row["school_id"] for row in rows(site, "unit_schools")}
    own = {row["school_id"] for row in rows(site, "schools") if row["network"] == "Network 15"}
    assert ids(page, "article tr[data-school]") == own & recorded


def test_a_school_leads_to_it(visit: Callable[..., Page]) -> None:
    page = visit("most votes")
    page.get_by_role("link", name="Compare this school with others").click()
    expect(page.locator(".sro-choose [role=status]")).to_contain_text("One school is chosen.")
    assert len(ids(page)) == 1


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    new_page: Callable[..., Page], site: Path, options: dict[str, dict[str, int]], scheme: str
) -> None:
    page = new_page(color_scheme=scheme, reduced_motion="reduce", **options)
    page.goto(f"/compare/?schools={','.join(two(site))}")
    page.evaluate(SHORTEN)
    assert complaints_of_axe(page, RULES_IN[scheme]) == []
