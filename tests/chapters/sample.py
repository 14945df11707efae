"""A chapter, its data and its page in few lines, with every block that a chapter must have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pandas as pd
import toys

from explorer import Explorer, Money, Shown
from explorer.page import compiled
from netfin.terms import About

SLUG = "spread"
FIGURE = """```{{code-cell}} ipython3
---
tags: [hide-input]
mystnb:
  figure:
    name: fig-{name}
    caption: "What a bank and a platform charge in an ordinary year."
---
{name}
```

The bank is the cheaper one, as {{numref}}`fig-{name}` shows.
"""
EXERCISE = """**{n}. Task.** Compute the rate.

::::{{dropdown}} Solution
It is {{glue:text}}`rate` %.
::::
"""
CHAPTER = f"""---
file_format: mystnb
---

# A sample

:::{{div}} question
Why is it so?
:::

```{{claim}} C3-01
```

**What you will be able to do.** *Compute* a rate. *Trace* a yuan. *Explain* a loss.

```{{core-path}} one two
You need a little algebra.
```

## The traditional way

{"word " * 2000}

{FIGURE.format(name="one")}
{FIGURE.format(name="two")}

## The evidence: what was paid

In 2019 the M2 of chapter 3 rose by {{glue:text}}`rise` points over $f$ ({{cite:t}}`a2001`).

## Go deeper: more

```{{code-cell}} ipython3
rate = 1
```

More ({{cite:p}}`b2002,c2003`; {{cite:p}}`d2004`).

## Verdict

```{{your-verdicts}}
```

:::{{verdict}} C3-01
*Right when* they pay.

*Wrong when* they do not.

*For it:* a study.

*Against it:* nothing.

*What would change it:* a list.
:::

It is half the truth.

## Check yourself

```{{quiz}} {SLUG}
```

## Takeaways

A rate has parts.

## Exercises

{"".join(EXERCISE.format(n=n) for n in range(1, 6))}
**6. Open project.** Ask your bank.

## Parameters

```{{parameters}} sample.ToyTerms TOY
```

## Further reading

Read {{cite:t}}`e2005`.
"""
CLAIMS = f"""claims:
- {{id: C3-01, section: 3, claim: A claim., zh: 转贷, zh_in_english: re-lending, chapter: {SLUG},
   direction: holds, evidence: thin, ruling: Here., parts: {{what: Lent.}}, bears: what}}
- {{id: C3-02, section: 3, claim: Another., zh: 暴利, zh_in_english: profit, chapter: unwritten}}
"""
LIST = f"""parts:
- title: A part
  chapters:
  - {{slug: {SLUG}, title: A sample, question: "Why?"}}
  - {{slug: unwritten, title: Another, question: "Why?"}}
"""
QUESTION = """- ask: How much?
  kind: numeric
  model: 100 * BANK.funding_rate
  from: netfin.lending
  tolerance: 0.1
  decimals: 1
  why: It is so.
  wrong: [{answer: 4, why: Twice.}]
"""
FORM = """<form id="quiz-spread-{n}"><li data-value="2.0" data-right="true"></li>
<li data-value="4.0" data-right="false"></li></form>"""
PARAMETERS = """<section id="parameters"><table><tr><th>Symbol</th><th>In code</th><th>TOY</th>
<th>Unit</th><th>Source</th><th>Date</th></tr>
<tr><td>f</td><td>funding_rate</td><td>0.02</td><td>a year</td><td>ours</td><td>—</td></tr>
<tr><td>o</td><td>operating_cost</td><td>0.105</td><td>a year</td><td>ours</td><td>—</td></tr>
</table></section>"""


@dataclass(frozen=True)
class ToyTerms:
    """What the table of parameters above says."""

    funding_rate: Annotated[float, About("f", "a year", "ours")] = 0.02
    operating_cost: Annotated[float, About("o", "a year", "ours")] = 0.105


TOY = ToyTerms()


def explorer(name: str) -> Explorer:
    """Make an explorer of two states."""

    def price_of(price: float) -> Shown:
        table = pd.DataFrame({"price": [price]})
        return Shown(toys.bars([price]), f"A loan of this kind costs {price:.0f} yuan.", table)

    price_of.__name__ = name
    return toys.explore(price=Money(low=0, high=1, step=1, default=0, label="Price"))(price_of)


def page() -> str:
    """Return the sample's built page, explorers and all."""
    shown = [
        f'<figure id="fig-{n}">{compiled(explorer(f"price_{n}"))}'
        "<figcaption>Told.</figcaption></figure>"
        for n in range(3)
    ]
    quiz = "".join(FORM.format(n=n) for n in range(1, 9))
    return f"<html><body><main>{''.join(shown)}{quiz}{PARAMETERS}</main></body></html>"


def write_sample(root: Path) -> None:
    """Lay out a book of which the sample is the only chapter that stands."""
    files = {
        "_toc.yml": f"root: book/index\nparts:\n- chapters: [{{file: book/{SLUG}}}]\n",
        f"book/{SLUG}.md": CHAPTER,
        "data/chapters.yml": LIST,
        "data/claims.yml": CLAIMS,
        f"data/quizzes/{SLUG}.yml": QUESTION * 8,
        f"site/book/{SLUG}.html": page(),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
