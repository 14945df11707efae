/* Parts of a page that are folded. Whatever leads into one opens it: an address, a link on the page, the
   browser's own search. In a frame that shows one explorer alone nothing is folded. */
const BookFold = (() => {
  "use strict";
  const parts = new Map(); // each, and what is done beside when it opens
  const alone = new URLSearchParams(location.search).has("embed");

  const moved = () => dispatchEvent(new Event("resize")); // places and widths are not what they were

  function open(part) {
    if (!part.hidden) return;
    part.removeAttribute("hidden");
    parts.get(part)();
    moved();
  }
  function close(part) {
    if (alone) return;
    part.setAttribute("hidden", "until-found"); // the browser's own search looks into it
    moved();
  }
  function fold(part, opened) {
    parts.set(part, opened);
    close(part);
    part.addEventListener("beforematch", () => open(part));
  }

  /* Opens all that stands around a place, and what its heading is the heading of. */
  function openAround(place) {
    const heads = place?.querySelector(":scope > .deeper");
    if (heads) open(heads);
    for (let part = place; part; part = part.parentElement) {
      if (part.localName === "details") part.open = true;
      if (parts.has(part)) open(part);
    }
  }
  const place = (hash) => document.getElementById(hash.slice(1).split("?")[0]);
  function follow() {
    const target = place(location.hash);
    if (!target || target.checkVisibility?.() && !target.querySelector(":scope > .deeper[hidden]")) return;
    openAround(target);
    target.scrollIntoView();
  }

  addEventListener("hashchange", follow);
  document.addEventListener("click", ({ target }) => { // before the browser goes there
    const link = target.closest?.("a[href^='#']");
    if (link) openAround(place(link.hash));
  });
  return { fold, open, close, follow };
})();
