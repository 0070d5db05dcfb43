"""Spanish pages in a browser, and a language that runs from right to left, in longer words."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Locator, Page

from generator.pipeline import build
from generator.present.languages import CATALOG
from tests.browser.addresses import PHONE
from tests.browser.axe import SHORTEN, complaints_of_axe
from tests.browser.readings import SIDEWAYS
from tests.edition import SITE, write_edition
from tests.presenting import TEMPLATES, settings
from tests.server import joining, rules_of, serve
from tests.test_pseudo_locale import KEPT

NARROW = {"viewport": {"width": 320, "height": 640}}
SPANISH = ("", "schools/", "votes/", "agreements/compare/", "promises/", "coverage/", "glossary/",
           "most votes", "no record", "an agreement")  # fmt: skip
# Other letters for ours, so that the words look like those of the language and stay readable.
ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابجدهفغحيكلمنوپقرستثخذضظطعابجدهفغحيكلمنوپقرستثخذضظطع",
)
RIGHT_TO_LEFT = """
[translations.ar]
title = "سجل مخترع"
description = "كل ما هنا مخترع"
"""


def in_arabic_letters(message: str) -> str:
    """The message in other letters and longer by a third, placeholders and elements as they are."""
    parts = KEPT.split(message)
    said = [part if at % 2 else part.translate(ARABIC) for at, part in enumerate(parts)]
    return "".join(said) + " ابج" * (len(message) // 12)


def templates_with_arabic(folder: Path) -> Path:
    """The templates with a catalog in Arabic letters."""
    found = folder / "templates"
    shutil.copytree(TEMPLATES, found)
    catalog = read_po((TEMPLATES / CATALOG.format(code="es")).read_text("utf-8").splitlines())
    for message in catalog:
        if not message.id:
            continue
        if isinstance(message.id, str):
            message.string = in_arabic_letters(message.id)
        else:
            message.string = tuple(map(in_arabic_letters, message.id))
    path = found / CATALOG.format(code="ar")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalog)
    return found


@pytest.fixture(scope="module")
def arabic_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The invented edition in English and, under ar/, from right to left."""
    folder = tmp_path_factory.mktemp("arabic")
    data = write_edition(folder / "data")
    site = SITE.replace('languages = ["en"]', 'languages = ["en", "ar"]') + RIGHT_TO_LEFT
    (data / "site.toml").write_text(site, encoding="utf-8")
    told = settings(folder, data)
    build(replace(told, templates=templates_with_arabic(folder)), lambda _: None)
    with serve(told.out, joining(rules_of(told.out))) as url:
        yield url


def other(page: Page, name: str) -> Locator:
    """The link to the same page in another language. A look by role at a whole page of thousands
    of cells takes seconds."""
    return page.locator(".sro-languages").get_by_role("link", name=name, exact=True)


@pytest.mark.parametrize("name", SPANISH)
def test_a_spanish_page_fits_a_phone_and_axe_finds_nothing(
    new_page: Callable[..., Page], addresses: Mapping[str, str], name: str
) -> None:
    page = new_page(reduced_motion="reduce", **NARROW)
    page.goto(f"/es/{addresses[name]}")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.evaluate(SIDEWAYS) <= 0
    page.evaluate(SHORTEN)
    assert complaints_of_axe(page) == []


@pytest.mark.parametrize("name", ["", "votes/", "most votes"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_language_changes_and_the_page_stays(
    new_page: Callable[..., Page], addresses: Mapping[str, str], name: str, script: bool
) -> None:
    page = new_page(java_script_enabled=script, **PHONE)
    page.goto(f"/{addresses[name]}")
    other(page, "Español").click()
    page.wait_for_url(f"**/es/{addresses[name]}")
    assert page.locator("html").get_attribute("lang") == "es"
    other(page, "English").click()
    page.wait_for_url(lambda url: urlsplit(url).path == f"/{addresses[name]}")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("state", ["schools/?outcome=keep", "compare/?schools=609720,609715"])
def test_the_language_changes_and_the_choice_stays(
    new_page: Callable[..., Page], state: str
) -> None:
    page = new_page(**PHONE)
    page.goto(f"/{state}")
    rows = "tbody tr:not([hidden])"
    shown = page.locator(rows).count()
    other(page, "Español").click()
    page.wait_for_url(lambda url: url.endswith(f"/es/{state}"))
    assert page.locator(rows).count() == shown
    page.goto("/es/" + state.partition("?")[0])
    assert page.locator(rows).count() > shown


@pytest.mark.parametrize("path", ["", "schools/", "schools/000104/", "votes/", "coverage/"])
def test_a_page_from_right_to_left_fits_a_phone_and_axe_finds_nothing(
    new_page: Callable[..., Page], arabic_url: str, path: str
) -> None:
    page = new_page(base_url=arabic_url, reduced_motion="reduce", **NARROW)
    page.goto(f"/ar/{path}")
    assert page.locator("body").get_attribute("dir") == "rtl"
    assert page.evaluate(SIDEWAYS) <= 0
    page.evaluate(SHORTEN)
    assert complaints_of_axe(page) == []
