"""Sliders in Chromium: the work of one step, and the time until a first one answers."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

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
  const last = control.max;
  for (let at = 0; at <= last; at++) {
    window.frameWork = 0;
    const started = performance.now();
    control.value = at;
    control.dispatchEvent(new Event("input", {bubbles: true}));
    const handled = performance.now() - started;
    await new Promise((done) => setTimeout(done, 50));
    steps.push(handled + window.frameWork);
  }
  return steps;
}
"""
# As soon as an explorer is alive, moves its first slider and notes when the picture has followed.
FIRST_ANSWER = """
window.firstAnswer = new Promise((done) => {
  const watch = () => {
    const explorer = document.querySelector("model-explorer");
    const control = explorer && explorer.data && explorer.querySelector("input[type=range]");
    if (!control) return setTimeout(watch, 1);
    control.value = control.value === control.max ? control.min : control.max;
    control.dispatchEvent(new Event("input", {bubbles: true}));
    const answered = () => explorer.dataset.state ? done(performance.now())
      : requestAnimationFrame(answered);
    answered();
  };
  watch();
});
"""


def _steps(address: str) -> list[float]:
    """Return the milliseconds of each step of each slider of a page."""
    with visit.chromium() as chromium:
        page = chromium.new_page()
        page.add_init_script(COUNT_FRAME_WORK)
        page.goto(address)
        sliders = page.query_selector_all("model-explorer input[type=range]")
        return [ms for slider in sliders for ms in slider.evaluate(STEP_THROUGH)]


def _first_answer(address: str) -> float:
    """Return the milliseconds from asking for a page to its first slider's answer."""
    with visit.chromium() as chromium:
        page = chromium.new_page()
        page.add_init_script(FIRST_ANSWER)
        page.goto(address)
        return float(page.evaluate("window.firstAnswer"))


def measure() -> Iterator[tuple[str, str]]:
    """Visit every page that has sliders."""
    with visit.served() as address:
        for name in visit.pages():
            if steps := _steps(f"{address}/{name}"):
                p95 = statistics.quantiles(steps, n=20)[-1]
                half = f"p50 {statistics.median(steps):.1f} ms, p95 {p95:.1f} ms"
                yield f"{name}: {len(steps)} steps", half
                yield f"{name}: first interaction", f"{_first_answer(f'{address}/{name}'):.0f} ms"
