"""Controls in Chromium: the work of one step, and the time until a first one answers."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from functools import partial

import visit

# Adds up the time that callbacks of the screen's next frame take, with the layout they cause.
COUNT_FRAME_WORK = """
(() => {
  const ask = window.requestAnimationFrame.bind(window);
  window.frameWork = 0;
  window.requestAnimationFrame = (callback) => ask((now) => {
    const started = performance.now();
    callback(now);
    document.body.getBoundingClientRect();
    window.frameWork += performance.now() - started;
  });
})();
"""
# Moves one control over its whole range; the time of a step is its handler and its frame's work.
STEP_THROUGH = """
async (control) => {
  const steps = [];
  const last = control.options ? control.options.length - 1 : Number(control.max || 1);
  for (let at = 0; at <= last; at++) {
    window.frameWork = 0;
    const started = performance.now();
    if (control.type === "checkbox") control.checked = Boolean(at);
    else control.value = at;
    control.dispatchEvent(new Event("input", {bubbles: true}));
    const handled = performance.now() - started;
    await new Promise((done) => setTimeout(done, 50));
    steps.push(handled + window.frameWork);
  }
  return steps;
}
"""
# As soon as the first slider's explorer is alive, moves it and notes when the picture has followed.
FIRST_ANSWER = """
window.firstAnswer = new Promise((done, fail) => {
  const watch = () => {
    const control = document.querySelector("model-explorer input[type=range]");
    const explorer = control && control.closest("model-explorer");
    if (!explorer || !explorer.data) return setTimeout(watch, 1);
    control.value = control.value === control.max ? control.min : control.max;
    control.dispatchEvent(new Event("input", {bubbles: true}));
    const answered = () => explorer.dataset.state ? done(performance.now())
      : requestAnimationFrame(answered);
    answered();
  };
  setTimeout(() => fail(new Error("no slider answered in SECONDS s")), 1000 * SECONDS);
  watch();
});
"""
SECONDS = 30
ROUNDS = 3  # of which the busy ones count less


def steps(address: str, so_far: list[float]) -> str:
    """Time each step of each control of a page, the median of its rounds; add to other pages'."""
    with visit.chromium() as chromium:
        page = chromium.new_page()
        page.add_init_script(COUNT_FRAME_WORK)
        page.goto(address)
        controls = page.query_selector_all(".mx-control :is(input, select)")
        rounds = [[control.evaluate(STEP_THROUGH) for control in controls] for _ in range(ROUNDS)]
    walks = [[ms for walk in each for ms in walk] for each in rounds]
    each = [statistics.median(step) for step in zip(*walks, strict=True)]
    so_far += each
    return summary(each)


def summary(each: list[float]) -> str:
    """Say how many steps there were, and how long they took."""
    p95 = statistics.quantiles(each, n=20)[-1]
    return f"{len(each)} steps, p50 {statistics.median(each):.1f} ms, p95 {p95:.1f} ms"


def first_answer(address: str, seconds: float = SECONDS) -> str:
    """Time a visit from asking for a page to its first slider's answer."""
    with visit.chromium() as chromium:
        page = chromium.new_page()
        page.add_init_script(FIRST_ANSWER.replace("SECONDS", f"{seconds:g}"))
        page.goto(address)
        return f"{page.evaluate('window.firstAnswer'):.0f} ms"


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Visit every page that has sliders."""
    every_step: list[float] = []
    with visit.served() as address:
        for name in visit.pages():
            if '<input type="range"' in (visit.HTML / name).read_text(encoding="utf-8"):
                yield f"{name}: a step", partial(steps, f"{address}/{name}", every_step)
                yield f"{name}: first interaction", partial(first_answer, f"{address}/{name}")
    yield "all explorers: a step", partial(summary, every_step)
