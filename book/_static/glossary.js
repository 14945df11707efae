/* The glossary's filter: what is typed, in English or Chinese, leaves the entries that hold it. */
(() => {
  "use strict";
  const entries = [];
  document.querySelectorAll("dl.glossary > *").forEach((part) => {
    if (part.tagName === "DT" && part.previousElementSibling?.tagName !== "DT") entries.push([]);
    entries.at(-1).push(part);
  });
  const plain = (text) => text.toLowerCase().replaceAll("’", "'"); // the apostrophe that keyboards have
  const told = entries.map((entry) => plain(entry.map((part) => part.textContent).join(" ")));
  const tools = document.querySelector(".glossary-tools");
  const [box, letters, status] = ["input", "nav", "[role=status]"].map((part) => tools.querySelector(part));

  /* Whether one word is another but for one letter, too many, too few, wrong or changed with its neighbour. */
  function isNear(one, other) {
    let from = 0;
    while (from < one.length && one[from] === other[from]) from += 1;
    const [rest, others] = [one.slice(from), other.slice(from)];
    const changed = rest[0] === others[1] && rest[1] === others[0] && rest.slice(2) === others.slice(2);
    const same = [[1, 0], [0, 1], [1, 1]].some(([a, b]) => rest.slice(a) === others.slice(b));
    return same || changed;
  }

  /* Whether each longer word typed is nearly one of the term's own. */
  function isAlike(entry, words) {
    const own = plain(entry[0].textContent).match(/\p{L}+/gu) ?? [];
    const typed = words.match(/\p{L}{4,}/gu) ?? [];
    return typed.length > 0 && typed.every((word) => own.some((term) => isNear(word, term) || term.startsWith(word)));
  }

  function filter() {
    const words = box.value.trim();
    const holds = told.map((text) => text.includes(plain(words)));
    const exact = holds.includes(true);
    const found = exact ? holds : entries.map((entry) => isAlike(entry, plain(words)));
    entries.forEach((entry, place) => entry.forEach((part) => { part.hidden = !found[place]; }));
    letters.hidden = words !== "";
    const count = found.filter(Boolean).length;
    const short = words.length > 60 ? `${words.slice(0, 60)}…` : words;
    const none = `Nothing found for “${short}”.${count ? " Similar:" : ""}`;
    status.textContent = !words ? "" : exact ? `${count} of ${entries.length} terms` : none;
  }

  /* A link into the page shows its entry, whatever the filter says. */
  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    box.value = "";
    filter();
    target.scrollIntoView();
  }

  box.addEventListener("input", filter);
  addEventListener("hashchange", arrive);
  filter();
})();
