"""Questions as Moodle XML; variants lie in a category each, to draw one of them at random."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from bookkit.readers.quizzes import Choose, Numeric
from deal import Item
from wording import html, prompt, typed

BOOK = "Why Shops Become Banks"


def written(title: str, items: list[Item]) -> str:
    """Write the file of a chapter."""
    quiz = ET.Element("quiz")
    place = ""
    for each in items:
        if (now := category(title, each)) != place:
            place = now
            named = ET.SubElement(quiz, "question", type="category")
            texted(named, "category", place)
        question(quiz, each)
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n"


def category(title: str, item: Item) -> str:
    """Return the category of a question."""
    number = f"/Question {item.varies.rpartition('-')[2]}" if item.varies else ""
    return f"$course$/top/{BOOK}/{title.replace('/', '//')}{number}"


def texted(parent: ET.Element, tag: str, words: str, **attributes: str) -> ET.Element:
    """Add an element whose text stands in an element `text`."""
    child = ET.SubElement(parent, tag, attributes)
    ET.SubElement(child, "text").text = words
    return child


def question(quiz: ET.Element, item: Item) -> None:
    """Add a question."""
    asked = item.question
    kind = "numerical" if isinstance(asked, Numeric) else "multichoice"
    node = ET.SubElement(quiz, "question", type=kind)
    texted(node, "name", item.name)
    texted(node, "questiontext", html(prompt(asked)), format="html")
    ET.SubElement(node, "defaultgrade").text = "1"
    if isinstance(asked, Numeric):
        for number in (asked.answer, *asked.wrong):
            fraction = "100" if number is asked.answer else "0"
            given = answer(node, fraction, typed(number.value), number.why)
            ET.SubElement(given, "tolerance").text = typed(number.tolerance)
        return
    ET.SubElement(node, "single").text = "false" if asked.several else "true"
    ET.SubElement(node, "shuffleanswers").text = "true"
    ET.SubElement(node, "answernumbering").text = "none"
    for choice, weight in zip(asked.choices, weights(asked), strict=True):
        answer(node, weight, html(choice.text), choice.why, format="html")


def weights(asked: Choose) -> list[str]:
    """Return what each choice counts, in per cent: right ones share 100, a wrong one takes all."""
    right = sum(choice.right for choice in asked.choices)
    share = f"{100 / right:.5f}".rstrip("0").rstrip(".")
    wrong = "-100" if asked.several else "0"
    return [share if choice.right else wrong for choice in asked.choices]


def answer(node: ET.Element, fraction: str, words: str, why: str, **form: str) -> ET.Element:
    """Add an answer with its reason."""
    given = texted(node, "answer", words, fraction=fraction, **form)
    texted(given, "feedback", html(why), format="html")
    return given
