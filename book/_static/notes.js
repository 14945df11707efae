/* The note of a number, a word or a citation opens beside its link: in the margin where there is one,
   else below or above. The list at the end of the page, where the links lead, is for paper and for
   pages without this script. */
(() => {
  "use strict";
  if (!HTMLElement.prototype.showPopover) return;
  const MARGIN = matchMedia("(min-width: 1280px)");
  const CONTENTS = document.querySelector(".on-this-page.wide"); // it stands in the margin too, and gives way
  const NARROWEST = 200, WIDEST = 320, GAP = 8, APART = 18; // pixels
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
  let link = null, note = null; // what is open

  /* In the margin: at the height of the link's first line, or as near as the window allows. */
  function beside(room, top, bottom) {
    note.style.width = `${Math.min(room, WIDEST)}px`;
    const line = link.getClientRects()[0].top;
    return Math.max(top, Math.min(line, bottom - note.offsetHeight));
  }

  /* Below its last line, or above its first; where neither has room, the page makes some. */
  function below(top, bottom) {
    const lines = link.getClientRects();
    const under = lines[lines.length - 1].bottom + GAP / 2, over = lines[0].top - note.offsetHeight - GAP / 2;
    if (under + note.offsetHeight > bottom && over >= top) return over;
    const short = Math.max(0, under + note.offsetHeight - bottom);
    scrollBy({ top: short, behavior: "instant" });
    return under - short;
  }

  function place() {
    if (!note) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const bar = document.querySelector(".topbar").getBoundingClientRect().bottom;
    const edge = document.querySelector("main").getBoundingClientRect().right + APART;
    const room = clientWidth - edge - APART;
    const inMargin = MARGIN.matches && room >= NARROWEST;
    note.style.width = "";
    const range = [Math.max(bar, 0) + GAP, clientHeight - GAP];
    const top = inMargin ? beside(room, ...range) : below(...range);
    const furthest = clientWidth - note.offsetWidth - GAP;
    CONTENTS?.classList.toggle("covered", inMargin && top < CONTENTS.lastElementChild.getBoundingClientRect().bottom);
    const left = inMargin ? edge : Math.max(GAP, Math.min(link.getClientRects()[0].left, furthest));
    note.style.top = `${top + scrollY}px`;
    note.style.left = `${left + scrollX}px`;
  }

  function open(from) {
    link = from;
    note = document.getElementById(link.hash.slice(1));
    note.popover = "auto";
    note.tabIndex = -1;
    note.append(close);
    link.focus({ preventScroll: true }); // where Escape leads back
    note.showPopover();
    place();
    note.focus({ preventScroll: true });
  }

  close.addEventListener("click", () => note.hidePopover());
  document.addEventListener("click", (event) => {
    const from = event.target.closest?.('a[href^="#about-"]');
    if (!from || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(from);
  });
  /* The note stands elsewhere in the page: who leaves it goes on from the link. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || !note?.contains(event.target)) return;
    const ends = event.shiftKey ? [note, note.querySelector("a, button")] : [close];
    if (ends.includes(event.target)) note.hidePopover();
  });
  document.addEventListener("toggle", (event) => {
    if (event.target !== note || event.newState !== "closed") return;
    note = null;
    CONTENTS?.classList.remove("covered");
  }, true);
  addEventListener("resize", place);
})();
