"""An invented edition that was released twice and changed after each, with its site."""

from pathlib import Path

from generator.commands import release
from generator.pipeline import build
from tests.bilingual_edition import translate, write_bilingual
from tests.changing import explain_all
from tests.edition import add_row, drop_row, edit
from tests.presenting import settings

FIRST, SECOND = "2025-01-10", "2025-03-01"
WHY, MOVED = "We misread the minutes.", "The district gave it another number."


def build_changed(folder: Path) -> None:
    """Build, release, change, build, release, change, build."""
    data, site = write_bilingual(folder / "data"), folder / "site"
    build(settings(folder, data), lambda _: None)
    release.run(FIRST, data, site)
    edit(data, "votes", 2, "seats", "11")
    explain_all(data, why=WHY)
    translate(data / "changes.csv", ["why"])
    build(settings(folder, data), lambda _: None)
    release.run(SECOND, data, site)
    edit(data, "costs", 4, "amount_usd", "51000")
    drop_row(data, "enrollments", 5)
    for path in data.glob("*.csv"):
        if path.name != "changes.csv":
            path.write_text(path.read_text().replace("900002", "900012"))
    add_row(data, "changes", since=SECOND, table="schools", row_key="900002", new="900012",
            reason="source_revised", why=MOVED, source_id="list-2020")  # fmt: skip
    explain_all(data, "source_revised", "The source says otherwise now.")
    add_row(data, "feedback", feedback_id="f-new", survey_id="s-new", survey="A new one",
            survey_date="2022", asked_by="the school", unit_id="example-heights",
            scope="one school", respondent_group="staff", question="Do they?", response="yes",
            share="0.5", precision="exact", all_answers="no", source_id="survey")  # fmt: skip
    build(settings(folder, data), lambda _: None)
