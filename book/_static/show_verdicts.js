/* The reader's own verdicts beside the book's: on My book and on the page of claims. */
(() => {
  "use strict";
  const badges = [...document.querySelectorAll(".directions > span")];
  const badge = (direction) => badges.find((each) => each.classList.contains(`verdict-${direction}`))?.cloneNode(true);

  function show() {
    const { verdicts } = BookMemory.read();
    document.querySelectorAll("[data-own-claim]").forEach((place) => {
      place.dataset.none ??= place.textContent;
      const given = badge(verdicts[place.dataset.ownClaim]?.[place.dataset.ownWhen]);
      place.classList.toggle("given", Boolean(given));
      place.replaceChildren(given ?? place.dataset.none);
    });
    document.querySelectorAll(".own-told").forEach((line) => { line.hidden = !line.querySelector(".given"); });
  }

  document.addEventListener("book-memory", show);
  document.addEventListener("DOMContentLoaded", show);
})();
