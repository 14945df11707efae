"""The list of chapters, and the pages that stand: title, part and order are the list's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bookkit.readers.chapters import drafts, load_parts, titles

ROOT = Path(__file__).resolve().parents[2]
PARTS = load_parts(ROOT / "data" / "chapters.yml")
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
IN_CONTENTS = {
    part["caption"]: [Path(page["file"]).name for page in part["chapters"]] for part in TOC["parts"]
}
STANDING = [slug for pages in IN_CONTENTS.values() for slug in pages if slug in titles(PARTS)]

GOOD = """
parts:
  - title: A part
    chapters:
      - {slug: one, title: The one, question: "What is one?"}
      - {slug: two, title: The two, question: "What is two?"}
"""


def test_there_are_fifteen_chapters_in_three_parts() -> None:
    assert [len(part.chapters) for part in PARTS] == [4, 9, 2]
    assert "spread" in STANDING


@pytest.mark.parametrize("slug", STANDING)
def test_a_chapters_heading_is_the_lists_title(slug: str) -> None:
    text = (ROOT / "book" / f"{slug}.md").read_text(encoding="utf-8")
    prose = re.sub(r"^(`{3,}|:{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"^# (.*)$", prose, re.MULTILINE) == [titles(PARTS)[slug]]


def test_chapters_stand_in_their_part_and_order() -> None:
    expected = {
        part.title: [chapter.slug for chapter in part.chapters if chapter.slug in STANDING]
        for part in PARTS
    }
    listed = {part.title: IN_CONTENTS.get(part.title, []) for part in PARTS}
    assert listed == expected
    captions = [caption for caption in IN_CONTENTS if caption in listed]
    assert captions == [part.title for part in PARTS if part.title in captions]


def test_a_sound_list_is_read(tmp_path: Path) -> None:
    (tmp_path / "c.yml").write_text(GOOD)
    assert titles(load_parts(tmp_path / "c.yml")) == {"one": "The one", "two": "The two"}


def test_a_chapter_may_be_a_draft(tmp_path: Path) -> None:
    (tmp_path / "c.yml").write_text(GOOD.replace("slug: two", "state: draft, slug: two"))
    assert drafts(load_parts(tmp_path / "c.yml")) == {"two"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("slug: two,", "slug: two, state: done,", "two: state must be draft or absent, is 'done'"),
        ("slug: two", "slug: one", "slug one stands twice"),
        ("slug: two", "slug: Two", "slug must be small letters, digits and -, is 'Two'"),
        ("What is two?", "What is two.", "two: question must end in ?"),
        ("What is two?", f"What {'is ' * 11}two?", "at most 12 words"),
        ("title: The two, ", "", "part 1: chapter 2: title is missing"),
        ("title: The two", "title: ", "part 1: chapter 2: title is missing"),
        ("slug: one,", "slug: [one,", "while parsing a flow"),
        ("title: A part", "name: A part", "part 1: title is missing"),
        ("parts:", "part:", "parts is missing"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    (tmp_path / "c.yml").write_text(GOOD.replace(old, new))
    with pytest.raises(ValueError, match=r"^c\.yml: ") as fault:
        load_parts(tmp_path / "c.yml")
    assert said in str(fault.value)
