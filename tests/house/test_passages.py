"""What the search can find on a page: with which anchor, and by which words."""

from __future__ import annotations

import json

from bookkit.page.passages import Passage, passages
from bookkit.page.search import texts

PAGE = """
<section id="a-page"><h1>A <em>page</em><a class="headerlink" href="#a-page">#</a></h1>
<p>Its opening, <button popovertarget="n">2&nbsp;%</button>.</p><pre>code = 1</pre>
<form><p>A question</p></form><div class="math"><math><mi>x</mi></math></div><p hidden>Hidden</p>
<div popover role="note">A note</div><button>Close</button><img alt="x"><br>
<section id="inner"><h2>Inner</h2><p>Lines<br>apart, one<b>word</b>, <math><mi>r</mi></math>.
See <a href="x">it</a>, URL: https://example.org/a.</p>
<details><summary>Solution</summary>42</details><details><summary>More</summary>Kept.</details>
<table><tr><td>A number</td></tr></table>
<figure id="fig-x"><figcaption><p><span class="caption-number">Fig. 1 </span>
<span class="caption-text">A caption.</span></p></figcaption><model-explorer id="x">
<p class="mx-question"><strong>Guess first.</strong> Which?</p><p class="mx-sentence">It is so.</p>
<span class="mx-task">Find it.</span>
<script type="application/json">{"because": "Lemons &lt;.", "found": "Found."}</script>
</model-explorer></figure>
<p>After the figure.</p></section>
<section id="holds"><h2>Holds</h2><ul><li id="c3-01"><p>A claim. <span lang="zh">利差</span></p>
<p>Why.</p></li></ul>
<table><tr><th>Number</th></tr><tr id="fact-a-1"><td>2 %</td><td>What it is. As of 2020.</td>
<td>China</td><td>Bank 2020</td><td>there</td></tr></table>
<dl class="glossary"><dt id="term-bank">bank</dt><dt id="term-1"><span lang="zh">银行</span></dt>
<dd><p>Lends.</p></dd></dl>
<dl class="models"><dt id="m-f"><code>f(x)</code></dt><dd><p>Find it.</p><p>Takes</p></dd></dl>
<div class="citation" id="id1"><span class="label"><span>[</span>Bank 2020<span>]</span></span>
<p>Bank. <em>Report</em>, 9(4):50–59, 2020. doi:10.1/2.</p></div>
<div class="statement" id="turns-a"><p class="said"><span class="kind">General</span> It turns.</p>
<p>The rule.</p><p class="counted">In 3 of 100.</p></div></section></section>
"""
FOUND = [
    Passage("page", "", "A page", "Its opening, 2 %."),
    Passage("section", "inner", "Inner",
            "Lines apart, oneword, r. See it, Kept. After the figure."),
    Passage("explorer", "fig-x", "A caption.", "Which? It is so.", "Lemons &lt;. Find it. Found."),
    Passage("section", "holds", "Holds", ""),
    Passage("claim", "c3-01", "A claim. 利差", "C3-01. Holds. Why."),
    Passage("fact", "fact-a-1", "2 %: What it is", "As of 2020. China. Bank 2020"),
    Passage("term", "term-bank", "bank 银行", "Lends."),
    Passage("model", "m-f", "f", "Find it."),
    Passage("source", "id1", "Bank 2020", "Bank. Report, 2020."),
    Passage("statement", "turns-a", "It turns.", "The rule."),
]  # fmt: skip


def test_each_kind_is_found_with_its_anchor_and_words() -> None:
    assert passages(PAGE) == FOUND


def test_a_page_without_a_title_has_nothing() -> None:
    assert passages("<p>Words</p>") == []
    assert passages("<section id='a'><p>Words</p></section>") == []


def test_the_texts_are_one_script() -> None:
    script = texts({"book/a": FOUND[:2], "book/b": FOUND[:1]})
    head, _, packed = script.partition(" = ")
    content = json.loads(packed.rstrip(";\n"))
    assert head == "BookSearch.texts"
    assert content["pages"] == [["book/a.html", "A page"], ["book/b.html", "A page"]]
    assert content["traditional"] == ""
    assert [row[:4] for row in content["passages"]] == [
        [0, "page", "", "A page"], [0, "section", "inner", "Inner"], [1, "page", "", "A page"],
    ]  # fmt: skip


def test_the_script_brings_the_traditional_forms_of_what_it_holds() -> None:
    there = Passage("term", "term-a", "receivable 应收账款", "")
    content = json.loads(texts({"book/a": [there]}).partition(" = ")[2].rstrip(";\n"))
    told = content["traditional"]
    pairs = dict(zip(told[::2], told[1::2], strict=True))
    assert (pairs["應"], pairs["賬"]) == ("应", "账")
    assert set(pairs.values()) <= set("应收账款")
