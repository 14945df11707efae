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

  function filter() {
    const words = box.value.trim();
    const found = told.map((text) => text.includes(plain(words)));
    entries.forEach((entry, place) => entry.forEach((part) => { part.hidden = !found[place]; }));
    letters.hidden = words !== "";
    const count = found.filter(Boolean).length;
    const short = words.length > 60 ? `${words.slice(0, 60)}…` : words;
    status.textContent = !words ? "" : count ? `${count} of ${entries.length} terms` : `Nothing found for “${short}”.`;
  }

  /* A link into the page shows its entry, whatever the filter says. */
  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    box.value = "";
    filter();
    target.scrollIntoView();
  }

  tools.querySelector(".filter").hidden = false;
  box.addEventListener("input", filter);
  addEventListener("hashchange", arrive);
  filter();
})();
