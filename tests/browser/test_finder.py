"""Find your school: by keyboard, by ear, by other names, with typing errors, without JavaScript."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import DESKTOP, PAGES, PHONE, rows
from tests.browser.axe import RULES_IN, complaints_of_axe
from tests.browser.readings import Reading

SEED, SAMPLE = 7, 12


# By selectors, not by roles: on a page of thousands of cells a look by role takes seconds.
def box(page: Page) -> Locator:
    return page.locator("form.sro-finder[role=search] input")


def options(page: Page) -> Locator:
    return page.locator("form.sro-finder [role=listbox] > [role=option]")


def said(page: Page) -> Locator:
    return page.locator("form.sro-finder [role=status]")


@pytest.mark.parametrize("name", PAGES)
def test_stands_on_every_page(reading: Callable[..., Reading], name: str) -> None:
    found = reading(name)["finder"]
    assert "Thomas Kelly College Preparatory" in found.get("offered", ""), found
    assert found["led_to"] == "Thomas Kelly College Preparatory"


@pytest.mark.parametrize("options_", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_by_keyboard(visit: Callable[..., Page], options_: Any) -> None:
    page = visit("about/", **options_)
    combobox = page.get_by_role("combobox", name="Find your school")
    combobox.focus()
    page.keyboard.type("brighton")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    expect(said(page)).to_contain_text("Schools found: ")
    listbox = page.get_by_role("listbox", name="Find your school")
    expect(listbox).to_have_attribute("id", str(combobox.get_attribute("aria-controls")))
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
        page.keyboard.press(key)
        chosen = options(page).nth(place)
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(combobox).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
        expect(combobox).to_be_focused()
        expect(chosen).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(combobox).to_have_attribute("aria-expanded", "false")
    expect(options(page)).to_have_count(0)
    expect(combobox).to_have_value("brighton")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    first = str(options(page).first.locator("strong").text_content())
    page.keyboard.press("Enter")
    page.wait_for_url("**/schools/*/")
    expect(page.locator("h1")).to_have_text(first)


def test_tab_leaves_and_closes(visit: Callable[..., Page]) -> None:
    page = visit("")
    box(page).focus()
    page.keyboard.type("kelly")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="In the list")).to_be_focused()
    expect(options(page)).to_have_count(0)


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_enter_without_a_choice_leads_to_the_list(
    visit: Callable[..., Page], java_script_enabled: bool
) -> None:
    page = visit("most votes", java_script_enabled=java_script_enabled)
    box(page).fill("kelly")
    page.keyboard.press("Enter")
    page.wait_for_url("**/schools/?school=kelly")
    shown = page.locator("#schools tbody tr:visible")
    expect(shown.filter(has_text="Kelly").first).to_be_visible()
    if java_script_enabled:
        assert shown.count() < 10
        expect(page.locator("[data-md-toggle=search]")).not_to_be_checked()
        expect(page.get_by_label("Words in the list")).to_have_value("kelly")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("KELLY", "Thomas Kelly College Preparatory"),
        ("kely", "Thomas Kelly College Preparatory"),
        ("klely", "Thomas Kelly College Preparatory"),
        ("rosevelt", "Theodore Roosevelt High School"),
        ("roosevelt hihg", "Theodore Roosevelt High School"),
        ("bartolome", "Acero Charter Schools - Bartolomé de las Casas"),
        ("BARTOLOMÉ", "Acero Charter Schools - Bartolomé de las Casas"),
        ("otoole", "Luke O'Toole Elementary School"),
        ("o\u2019toole", "Luke O'Toole Elementary School"),
        ("lane tech", "Albert G Lane Technical High School"),
        ("solorio 60632", "Eric Solorio Academy High School"),
        ("thomas kelly high school", "Thomas Kelly College Preparatory"),
    ],
)
def test_finds_what_was_meant(visit: Callable[..., Page], typed: str, found: str) -> None:
    page = visit("legend/")
    box(page).fill(typed)
    expect(options(page).filter(has_text=found)).to_have_count(1)


@pytest.mark.parametrize("typed", ["escuela lane tech", "Escuela Preparatoria Lane", "la lane"])
def test_finds_by_spanish_words_around_the_name(new_page: Callable[..., Page], typed: str) -> None:
    page = new_page(**PHONE)
    page.goto("/es/about/")
    box(page).fill(typed)
    expect(options(page).first).to_contain_text("Albert G Lane Technical High School")
    expect(said(page)).to_contain_text("Escuelas encontradas:")  # not: similar ones
    options(page).first.click()
    page.wait_for_url("**/es/schools/609720/")


def test_finds_any_school_by_any_name(visit: Callable[..., Page], site: Path) -> None:
    """A seeded sample of all names, in capitals: the script folds and walks as the index does."""
    of_school = {row["school_id"]: row["name"] for row in rows(site, "schools")}
    names = [(row["school_id"], row["name"]) for row in rows(site, "school_names")]
    names += [(row["school_id"], row["short_name"]) for row in rows(site, "schools")]
    names += list(of_school.items())
    page = visit("legend/")
    for school, name in random.Random(SEED).sample(sorted(set(names)), SAMPLE):
        box(page).fill(name.upper())
        expect(page.locator(f"#sro-finder-{school}")).to_contain_text(of_school[school])


def test_finds_by_zip_code_and_area(visit: Callable[..., Page], site: Path) -> None:
    page = visit("legend/")
    for column, typed in (("zip", "60632"), ("area", "Brighton Park")):
        of = [row["name"] for row in rows(site, "schools") if row[column] == typed]
        box(page).fill(typed)
        expect(said(page)).to_contain_text("Schools found: ")
        expect(options(page)).to_have_count(8)
        names = options(page).locator("strong").all_text_contents()
        assert column == "area" or set(names) <= set(of)


def test_says_the_count_and_that_more_are_there(visit: Callable[..., Page]) -> None:
    page = visit("legend/")
    box(page).fill("kelly coll")
    expect(said(page)).to_have_text("Schools found: 1.")
    box(page).fill("brighton park")
    expect(said(page)).to_contain_text("Not all are shown: type more.")
    box(page).fill("qqqqzzzz")
    expect(said(page)).to_have_text("No school found. Every school stands in the list.")
    box(page).fill("k")
    expect(said(page)).to_have_text("")


def test_asks_for_nothing_before_it_is_used_and_then_for_little(visit: Callable[..., Page]) -> None:
    page = visit("legend/", alone=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/finder/" in url]
    box(page).focus()
    page.keyboard.type("kelly")
    expect(options(page).first).to_be_visible()
    assert len([url for url in asked if "/finder/" in url]) <= 3


def test_a_name_is_text_and_no_markup(visit: Callable[..., Page]) -> None:
    page = visit("legend/", alone=True)
    name = '<img src=x onerror=alert(1)> "O\'Brien" & Sons'
    page.route(
        "**/finder/words.json",
        lambda route: route.fulfill(
            json={"rows": [["1", name, "<b>A</b>", "", "\u05d1\u05d9\u05ea"]]}
        ),
    )
    box(page).fill("sons")
    expect(options(page).locator("strong")).to_have_text(name)
    expect(page.locator(".sro-finder :is(img, b)")).to_have_count(0)


def test_says_so_where_the_names_do_not_come(
    visit: Callable[..., Page], complaints: list[str]
) -> None:
    page = visit("legend/", alone=True)
    page.route("**/finder/*.json", lambda route: route.abort())
    box(page).fill("kelly")
    expect(said(page)).to_contain_text("could not be loaded")
    page.unroute_all()
    box(page).fill("kelly c")
    expect(options(page).first).to_be_visible()
    complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options_", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_while_it_is_open(
    visit: Callable[..., Page], options_: Any, scheme: str
) -> None:
    page = visit("about/", color_scheme=scheme, reduced_motion="reduce", **options_)
    box(page).fill("brighton")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert complaints_of_axe(page, RULES_IN[scheme]) == []
    page.set_viewport_size({"width": 320, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
