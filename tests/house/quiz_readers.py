"""What is in quiz files, read by libraries that did not write them, and tried by answering.

XML is read by lxml, GIFT by a parser of its own. Of the two kinds of QTI the rules that mark an
answer are carried out, so that it is known what a student would be told.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from pygiftparser import parser as gift

Element = Any
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " "})


@dataclass
class Told:
    """What one answer brings: its share of the points, and the reasons that are shown."""

    share: float
    why: str = ""


@dataclass
class Read:
    """A question as a file holds it: what each choice, or each number, brings."""

    name: str
    ask: str
    place: str = ""  # where it is drawn from
    choices: dict[str, Told] = field(default_factory=dict)
    numbers: dict[tuple[float, float], Told] = field(default_factory=dict)  # with tolerance


def plain(text: str | None) -> str:
    """Return the words of a piece of HTML."""
    words = lxml_html.fromstring(f"<div>{text or ''}</div>").text_content()
    return " ".join(words.translate(QUOTES).split())


def plain_node(node: Element) -> str:
    """Return the words of an element of HTML."""
    return " ".join(node.text_content().translate(QUOTES).split())


def words(node: Element) -> str:
    """Return the words of an element."""
    return " ".join("".join(node.itertext()).translate(QUOTES).split())


# ---- Moodle ----


def moodle(text: str) -> Iterator[Read]:
    """Yield the questions of a Moodle XML file."""
    place = ""
    for node in etree.fromstring(text.encode()).iterfind("question"):
        if node.get("type") == "category":
            place = node.findtext("category/text")
            continue
        asked = node.findtext("questiontext/text")
        read = Read(node.findtext("name/text"), plain(asked), place)
        for each in node.iterfind("answer"):
            told = Told(float(each.get("fraction")), plain(each.findtext("feedback/text")))
            if node.get("type") == "numerical":
                limits = float(each.findtext("text")), float(each.findtext("tolerance"))
                read.numbers[limits] = told
            else:
                read.choices[plain(each.findtext("text"))] = told
        yield read


# ---- the key ----


def key_file(text: str) -> Iterator[Read]:
    """Yield the questions of a key."""
    for node in lxml_html.fromstring(text).iter("section"):
        read = Read(node.get("id"), plain_node(node.find("p")))
        for each in node.iter("li"):
            (mark, words_, why) = each
            assert mark.text == f"{each.get('class').capitalize()}:"
            share = 100.0 * (each.get("class") == "right")
            read.choices[plain_node(words_)] = Told(share, plain_node(why))
        yield read


# ---- GIFT ----

PERCENT = re.compile(r"%(-?[\d.]+)%(.*)", re.DOTALL)


def unescaped(text: str | None) -> str:
    """Take the format's own backslashes away."""
    return plain(re.sub(r"\\(.)", r"\1", text or ""))


def gift_file(text: str) -> Iterator[Read]:
    """Yield the questions of a GIFT file."""
    for each in gift.parse(text).questions:
        assert each.text.startswith("[html]")
        read = Read(each.name, unescaped(each.text.removeprefix("[html]")), each.category)
        for option in each.answer.options:
            share, said = 100 * option.percentage, option.text
            if weighed := PERCENT.fullmatch(said):  # parts of per cent, which the parser leaves
                share, said = float(weighed[1]), weighed[2]
            told = Told(share, unescaped(option.feedback))
            if option.prefix == "#":
                number, _, tolerance = said.partition(":")
                read.numbers[float(number), float(tolerance)] = told
            else:
                read.choices[unescaped(said)] = told
        yield read


# ---- QTI 1.2 ----

Q12 = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


def qti12(package: bytes) -> Iterator[tuple[str, Element]]:
    """Yield the items of a package, with the number drawn from their group."""
    with zipfile.ZipFile(io.BytesIO(package)) as zipped:
        listed = etree.fromstring(zipped.read("imsmanifest.xml"))
        files = [each.get("href") for each in listed.iter("{*}file")]
        assert set(files) <= set(zipped.namelist())
        (quiz,) = [each for each in files if "meta" not in each]
        root = etree.fromstring(zipped.read(quiz))
    for item in root.iter(f"{Q12}item"):
        yield item.getparent().findtext(f"{Q12}selection_ordering/{Q12}selection/"
                                        f"{Q12}selection_number", ""), item  # fmt: skip


def points12(package: bytes) -> set[float]:
    """Return what a whole quiz is said to count, wherever it is said."""
    return {float(each.text) for each in about12(package).iter("{*}points_possible")}


def meta12(package: bytes, what: str) -> str:
    """Return what Canvas is told of a whole quiz, its first setting of such a name."""
    return next(about12(package).iter(f"{{*}}{what}")).text or ""


def about12(package: bytes) -> Element:
    """Return what Canvas is told of a whole quiz."""
    with zipfile.ZipFile(io.BytesIO(package)) as zipped:
        (about,) = [each for each in zipped.namelist() if each.endswith("assessment_meta.xml")]
        return etree.fromstring(zipped.read(about))


def answer12(item: Element, *given: str) -> Told:
    """Answer an item."""
    told = Told(0)
    for rule in item.iter(f"{Q12}respcondition"):
        if not all(meets12(each, given) for each in rule.find(f"{Q12}conditionvar")):
            continue
        for each in rule:
            if each.tag == f"{Q12}setvar":
                told.share = float(each.text)
            elif each.tag == f"{Q12}displayfeedback":
                path = f"{Q12}itemfeedback[@ident='{each.get('linkrefid')}']"
                told.why += plain(item.find(path).findtext(f".//{Q12}mattext"))
        if rule.get("continue") == "No":
            break
    return told


def meets12(node: Element, given: tuple[str, ...]) -> bool:
    """Tell whether an answer meets a condition."""
    tag = node.tag.removeprefix(Q12)
    if tag in ("and", "or", "not"):
        found = [meets12(each, given) for each in node]
        return {"and": all(found), "or": any(found), "not": not any(found)}[tag]
    if tag == "varequal":
        return node.text in given
    if tag in ("vargte", "varlte"):
        number, limit = float(given[0]), float(node.text)
        return number >= limit if tag == "vargte" else number <= limit
    assert tag == "other"
    return True


def choices12(item: Element) -> dict[str, str]:
    """Return the names of the choices by their words."""
    return {
        plain(each.findtext(f".//{Q12}mattext")): each.get("ident")
        for each in item.iterfind(f".//{Q12}render_choice/{Q12}response_label")
    }


# ---- QTI 2.1 ----

Q21 = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


def qti21(package: bytes) -> Iterator[tuple[str, Element]]:
    """Yield the items that a package's test asks, with the section that they are drawn from."""
    with zipfile.ZipFile(io.BytesIO(package)) as zipped:
        listed = etree.fromstring(zipped.read("imsmanifest.xml"))
        files = {each.get("href") for each in listed.iter("{*}file")}
        assert files | {"imsmanifest.xml"} == set(zipped.namelist())
        test = etree.fromstring(zipped.read("test.xml"))
        for each in test.iter(f"{Q21}assessmentItemRef"):
            section = each.getparent()
            drawn = section.find(f"{Q21}selection")
            assert drawn is None or drawn.get("select") == "1"
            item = etree.fromstring(zipped.read(each.get("href")))
            assert item.get("identifier") == each.get("identifier")
            yield section.get("identifier") if drawn is not None else "", item


def answer21(item: Element, *given: str) -> Told:
    """Answer an item."""
    outcomes: dict[str, tuple[str, ...]] = {"SCORE": ("0",), "RESPONSE": given}
    correct = item.iterfind(f"{Q21}responseDeclaration/{Q21}correctResponse/{Q21}value")
    outcomes["correct"] = tuple(each.text for each in correct)
    for rule in item.find(f"{Q21}responseProcessing"):
        if rule.tag == f"{Q21}responseCondition":
            met = next((each for each in rule if meets21(each[0], outcomes)), ())
            carry_out(list(met)[1:], outcomes)
        else:
            carry_out([rule], outcomes)
    shown = [
        words(each)
        for each in item.iterfind(f"{Q21}modalFeedback")
        if each.get("identifier") in outcomes.get(each.get("outcomeIdentifier"), ())
    ]
    return Told(100 * float(outcomes["SCORE"][0]), "".join(shown))


def value21(node: Element, outcomes: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the values of an expression."""
    tag = node.tag.removeprefix(Q21)
    if tag == "baseValue":
        return (node.text,)
    return outcomes["correct" if tag == "correct" else node.get("identifier")]


def meets21(node: Element, outcomes: dict[str, tuple[str, ...]]) -> bool:
    """Tell whether a condition is met."""
    one, other = (value21(each, outcomes) for each in node)
    if node.tag == f"{Q21}match":
        return sorted(one) == sorted(other)
    assert node.tag == f"{Q21}equal"
    assert node.get("toleranceMode") == "absolute"
    below, above = map(float, node.get("tolerance").split())
    return float(other[0]) - below <= float(one[0]) <= float(other[0]) + above


def carry_out(rules: list[Element], outcomes: dict[str, tuple[str, ...]]) -> None:
    """Set outcomes."""
    for each in rules:
        assert each.tag == f"{Q21}setOutcomeValue"
        outcomes[each.get("identifier")] = value21(each[0], outcomes)


def choices21(item: Element) -> dict[str, str]:
    """Return the names of the choices by their words."""
    return {words(each): each.get("identifier") for each in item.iter(f"{Q21}simpleChoice")}
