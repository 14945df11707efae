/* Where the reader stands on this page: explorers as they were left, and the place read. After the
   scripts of the explorers, whose addresses come first. */
(() => {
  "use strict";
  const QUIET = 300; // ms in which moves of an explorer are gathered
  const REST = 1000; // ms without scrolling: the reader reads here

  /* ---- Explorers ---- */

  const touched = new Set();
  let gathering;

  function keepExplorers() {
    clearTimeout(gathering);
    gathering = undefined;
    if (!touched.size) return;
    BookMemory.write(({ explorers }) => touched.forEach((explorer) => {
      const { state, ...earlier } = explorers[explorer.id] ?? {}; // found in another tab, it may be
      const record = explorer.record;
      if (record.step) delete earlier.guess; // for who skips has none
      explorers[explorer.id] = { ...earlier, ...record, page: BookMemory.page };
      if (Object.keys(explorers[explorer.id]).length === 1) delete explorers[explorer.id];
    }));
    touched.clear();
  }

  function initExplorers() {
    const kept = BookMemory.read().explorers;
    document.querySelectorAll("model-explorer").forEach((explorer) => {
      if (explorer.controls && Object.hasOwn(kept, explorer.id)) explorer.restore(kept[explorer.id]);
    });
    document.addEventListener("model-explorer", ({ target }) => {
      touched.add(target);
      gathering ??= setTimeout(keepExplorers, QUIET);
    });
  }

  /* ---- The place read, in a chapter: a page that asks questions ---- */

  const words = (heading) => [...heading.childNodes]
    .filter((node) => !node.classList?.contains("headerlink")).map((node) => node.textContent).join("").trim();
  const count = (selector) => document.querySelectorAll(selector).length;
  const two = (number) => String(number).padStart(2, "0");

  function today() {
    const now = new Date();
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function place() {
    const reached = BookPlace.reached();
    return reached ? { place: reached.parentElement.id, heading: words(reached) } : {};
  }

  function keepPlace() {
    if (document.hidden) return;
    const seen = {
      title: words(document.querySelector("h1")), ...place(), read: today(),
      questions: count("form.quiz"), guesses: count(".mx-guess"), challenges: count(".mx-challenge"),
    };
    BookMemory.write((record) => {
      record.last = BookMemory.page;
      record.pages[BookMemory.page] = seen;
    });
  }

  function initPlace() {
    if (!count("form.quiz")) return;
    let resting;
    const wait = () => {
      clearTimeout(resting);
      resting = setTimeout(keepPlace, REST);
    };
    addEventListener("scroll", wait, { passive: true });
    document.addEventListener("visibilitychange", wait);
    wait();
  }

  initExplorers();
  initPlace();
  addEventListener("pagehide", keepExplorers);
  document.addEventListener("visibilitychange", keepExplorers);
})();
