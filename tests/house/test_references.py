"""What is kept of the bibliography between builds."""

from __future__ import annotations

from pybtex.database import Entry, Person

from bookkit.directives.references import AuthorYear


def work(key: str, year: str = "1980") -> Entry:
    fields = [("title", "Rents"), ("year", year), ("publisher", "A press")]
    entry = Entry("book", fields, {"author": [Person("Tullock, G.")]})
    entry.key = key
    return entry


def test_a_work_is_formatted_anew_where_it_or_its_key_has_changed() -> None:
    style = AuthorYear()
    first = style.format_entry("T", work("tullock"))
    assert style.format_entry("T", work("tullock")) is first
    assert style.format_entry("T", work("tullock1980")).key == "tullock1980"
    later = style.format_entry("T", work("tullock", "1981"))
    assert "1981" in later.text.render_as("text")
    assert style.format_entry("U", work("tullock")).label == "U"
