"""Questions as a package in QTI 2.1: an item each, and a test that draws one of each variants."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree as ET

from bookkit.home.zips import packed
from bookkit.readers.quizzes import Choose, Number, Numeric
from deal import Item
from wording import html, prompt, typed

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"


def package(title: str, items: list[Item]) -> bytes:
    """Make the package of a chapter."""
    files = {f"items/{each.name}.xml": item(each) for each in items}
    files |= {"imsmanifest.xml": manifest(items), "test.xml": test(title, items)}
    return packed({name: xml(root) for name, root in files.items()})


def xml(root: ET.Element) -> bytes:
    """Write a file."""
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element with a text."""
    child = ET.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def words(parent: ET.Element, tag: str, markdown: str, **attributes: str) -> ET.Element:
    """Add an element that holds words."""
    child = ET.fromstring(f"<{tag}>{html(markdown)}</{tag}>")
    child.attrib.update(attributes)
    parent.append(child)
    return child


def rooted(tag: str, **attributes: str) -> ET.Element:
    """Begin a file."""
    names = {"xmlns": QTI, "xmlns:xsi": INSTANCE, "xsi:schemaLocation": SCHEMA}
    return ET.Element(tag, names | attributes)


def item(each: Item) -> ET.Element:
    """Write an item."""
    asked = each.question
    root = rooted("assessmentItem", identifier=each.name, title=each.name,
                  adaptive="false", timeDependent="false")  # fmt: skip
    several = isinstance(asked, Choose) and asked.several
    cardinality = "multiple" if several else "single"
    kind = "float" if isinstance(asked, Numeric) else "identifier"
    response = add(root, "responseDeclaration", identifier="RESPONSE",
                   cardinality=cardinality, baseType=kind)  # fmt: skip
    correct = add(response, "correctResponse")
    score = add(root, "outcomeDeclaration", identifier="SCORE", cardinality="single",
                baseType="float")  # fmt: skip
    add(add(score, "defaultValue"), "value", "0")
    add(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality=cardinality,
        baseType="identifier")  # fmt: skip
    if isinstance(asked, Numeric):
        numeric(root, correct, asked)
    else:
        choose(root, correct, asked)
    return root


def choose(root: ET.Element, correct: ET.Element, asked: Choose) -> None:
    """Write choices; what is chosen names the reasons that are shown."""
    body = add(root, "itemBody")
    most = "0" if asked.several else "1"
    shown = add(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true",
                maxChoices=most)  # fmt: skip
    words(shown, "prompt", prompt(asked))
    processing = add(root, "responseProcessing")
    rule = add(add(processing, "responseCondition"), "responseIf")
    match = add(rule, "match")
    add(match, "variable", identifier="RESPONSE")
    add(match, "correct", identifier="RESPONSE")
    outcome(rule, "SCORE", "float", "1")
    given = add(processing, "setOutcomeValue", identifier="FEEDBACK")
    add(given, "variable", identifier="RESPONSE")
    for number, choice in enumerate(asked.choices, start=1):
        words(shown, "simpleChoice", choice.text, identifier=f"C{number}")
        feedback(root, f"C{number}", choice.why)
        if choice.right:
            add(correct, "value", f"C{number}")


def numeric(root: ET.Element, correct: ET.Element, asked: Numeric) -> None:
    """Write a field for a number; the first number that it is near to says what is shown."""
    add(correct, "value", typed(asked.answer.value))
    body = add(root, "itemBody")
    words(body, "p", prompt(asked))
    field = {"responseIdentifier": "RESPONSE", "expectedLength": "10"}
    add(add(body, "p"), "textEntryInteraction", **field)
    condition = add(add(root, "responseProcessing"), "responseCondition")
    near(add(condition, "responseIf"), asked.answer, "RIGHT")
    feedback(root, "RIGHT", asked.answer.why)
    for number, each in enumerate(asked.wrong, start=1):
        near(add(condition, "responseElseIf"), each, f"WRONG{number}")
        feedback(root, f"WRONG{number}", each.why)


def near(rule: ET.Element, number: Number, name: str) -> None:
    """Fill a rule: who is as near to a number as it allows is shown its reason."""
    allowed = typed(number.tolerance)
    equal = add(rule, "equal", toleranceMode="absolute", tolerance=f"{allowed} {allowed}")
    add(equal, "variable", identifier="RESPONSE")
    add(equal, "baseValue", typed(number.value), baseType="float")
    if name == "RIGHT":
        outcome(rule, "SCORE", "float", "1")
    outcome(rule, "FEEDBACK", "identifier", name)


def outcome(rule: ET.Element, name: str, kind: str, value: str) -> None:
    """Let a rule set an outcome."""
    add(add(rule, "setOutcomeValue", identifier=name), "baseValue", value, baseType=kind)


def feedback(root: ET.Element, name: str, why: str) -> None:
    """Add a reason, shown when the outcome names it."""
    words(root, "modalFeedback", why, outcomeIdentifier="FEEDBACK", showHide="show",
          identifier=name)  # fmt: skip


def test(title: str, items: list[Item]) -> ET.Element:
    """Write the test: the questions in the page's order, of variants one."""
    root = rooted("assessmentTest", identifier="test", title=title)
    score = {"identifier": "SCORE", "cardinality": "single", "baseType": "float"}
    add(root, "outcomeDeclaration", **score)
    part = add(root, "testPart", identifier="part", navigationMode="nonlinear",
               submissionMode="individual")  # fmt: skip
    every = {"title": title, "visible": "true", "identifier": "questions"}
    section = add(part, "assessmentSection", **every)
    for varied, each in groupby(items, key=lambda one: one.varies):
        place = section
        if varied:
            own = every | {"identifier": varied, "title": varied}
            place = add(section, "assessmentSection", **own)
            add(place, "selection", select="1")
        for one in each:
            add(place, "assessmentItemRef", identifier=one.name, href=f"items/{one.name}.xml")
    summed = add(add(root, "outcomeProcessing"), "setOutcomeValue", identifier="SCORE")
    add(add(summed, "sum"), "testVariables", variableIdentifier="SCORE")
    return root


def manifest(items: list[Item]) -> ET.Element:
    """Write the list of what is in the package."""
    root = ET.Element("manifest", {"xmlns": PACKAGE, "identifier": "package"})
    about = add(root, "metadata")
    add(about, "schema", "QTIv2.1 Package")
    add(about, "schemaversion", "1.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    listed = {"identifier": "resource-test", "type": "imsqti_test_xmlv2p1", "href": "test.xml"}
    whole = add(resources, "resource", **listed)
    add(whole, "file", href="test.xml")
    for each in items:
        name, href = f"resource-{each.name}", f"items/{each.name}.xml"
        add(whole, "dependency", identifierref=name)
        one = add(resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=href)
        add(one, "file", href=href)
    return root
