/* Where the reader stands on this page: explorers as they were left, and the place read. After the
   scripts of the explorers, whose addresses come first. */
(() => {
  "use strict";
  const QUIET = 300; // ms in which moves of an explorer are gathered
  const REST = 1000; // ms without scrolling: the reader has stopped here
  const STAY = 10_000; // ms in one section: the reader reads here, and has not only jumped by
  const SEVERAL = 3; // sections: who followed a link to one of them has gone on reading

  /* ---- Explorers ---- */

  const touched = new Set();
  const used = new Set(); // on this page: what another tab keeps does not come between
  let gathering;

  function keepExplorers() {
    clearTimeout(gathering);
    gathering = undefined;
    if (!touched.size) return;
    BookMemory.write(({ explorers }) => touched.forEach((explorer) => {
      const { state, ...earlier } = explorers[explorer.id] ?? {}; // found in another tab, it may be
      const record = explorer.record;
      if (record.step) ["first", "guess"].forEach((key) => delete earlier[key]); // for who skips has none
      explorers[explorer.id] = { ...earlier, ...record, page: BookMemory.page };
      if (Object.keys(explorers[explorer.id]).length === 1) delete explorers[explorer.id];
    }));
    touched.clear();
  }

  /* Each as it was left, or as another tab leaves it. */
  const known = new Map();
  function restore(how) {
    const kept = BookMemory.read().explorers;
    document.querySelectorAll("model-explorer").forEach((explorer) => {
      if (!explorer.controls || used.has(explorer) || !Object.hasOwn(kept, explorer.id)) return;
      const text = JSON.stringify(kept[explorer.id]);
      if (known.get(explorer) !== text) explorer.restore(how(kept[explorer.id]));
      known.set(explorer, text);
    });
  }

  function initExplorers() {
    restore((entry) => entry);
    document.addEventListener("book-memory", () => restore(({ state, ...guessed }) => guessed)); // nothing moves under the reader's eyes
    document.addEventListener("model-explorer", ({ target }) => {
      used.add(target);
      touched.add(target);
      gathering ??= setTimeout(keepExplorers, QUIET);
    });
  }

  /* ---- The place read, in a chapter: a page that asks questions ---- */

  const words = (heading) => [...heading.childNodes]
    .filter((node) => !node.classList?.contains("headerlink")).map((node) => node.textContent).join("").trim();
  const count = (selector) => document.querySelectorAll(selector).length;
  /* The heading reached last; the part before the first one is no place. */
  function place() {
    const reached = BookPlace.reached();
    if (!reached) return undefined;
    const last = [...document.querySelectorAll("article section[id] > h2")].at(-1);
    const end = last.parentElement.contains(reached);
    return { place: reached.parentElement.id, heading: words(reached), ...(end && { end }) };
  }

  const ofPage = ({ pages }) => (Object.hasOwn(pages, BookMemory.page) ? pages[BookMemory.page] : {});
  const kept = () => ofPage(BookMemory.read());

  /* The page has been open; where reading stopped stays, unless there is a new place. */
  function keepPage(reached) {
    if (document.hidden) return;
    const seen = {
      title: words(document.querySelector("h1")), read: BookMemory.today(),
      questions: count("form.quiz"), guesses: count(".mx-guess"), challenges: count(".mx-challenge"),
    };
    BookMemory.write((record) => {
      const { place: id, heading, end } = ofPage(record);
      record.last = BookMemory.page;
      record.pages[BookMemory.page] = { ...seen, ...(reached ?? { place: id, heading, end }) };
    });
  }

  /* Whether a link has led to one place of this page, and not to where reading stopped: a look, until more is done. */
  const isLook = () => location.hash.length > 1 && location.hash !== `#${encodeURIComponent(kept().place ?? "")}`;

  function initPlace() {
    if (!count("form.quiz")) return;
    let [looking, acted] = [isLook(), false];
    let resting, staying, at;
    const seen = new Set();
    const stop = () => {
      const reached = place();
      if (reached) seen.add(reached.place);
      looking &&= !acted && seen.size < SEVERAL;
      if (looking || (!acted && at && at === reached?.place)) return;
      const isNew = acted || !kept().place;
      at = reached?.place;
      acted = false;
      clearTimeout(staying);
      keepPage(isNew ? reached : undefined);
      if (!isNew && reached) staying = setTimeout(() => keepPage(place()), STAY);
    };
    const wait = () => {
      clearTimeout(resting);
      resting = setTimeout(stop, REST);
    };
    const act = () => { // who guesses, answers or judges is at work here
      acted = true;
      wait();
    };
    addEventListener("scroll", wait, { passive: true });
    document.addEventListener("visibilitychange", wait);
    ["model-explorer", "submit", "change"].forEach((event) => document.querySelector("article").addEventListener(event, act));
    wait();
  }

  initExplorers();
  initPlace();
  addEventListener("pagehide", keepExplorers);
  document.addEventListener("visibilitychange", keepExplorers);
})();
