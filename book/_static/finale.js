/* The book's verdicts: folded until the reader asks for them, at best once every claim is judged; then first
   how far both agree, and what carries each verdict folded below it. */
(() => {
  "use strict";
  const finale = document.querySelector(".finale");
  if (!finale) return;
  const [button, told] = document.querySelectorAll(".to-finale > *");
  const claims = [...document.querySelectorAll("[data-claim][data-when=after]")];
  const whys = [...finale.querySelectorAll("details.why")];
  const isJudged = (claim) => claim.querySelector("input:checked");

  function invite() { // never by itself: the arrow keys choose each answer that they pass
    const judged = claims.filter(isJudged).length;
    const all = judged === claims.length;
    button.textContent = all ? "I have judged: show the book’s verdicts" : "Show the book’s verdicts";
    button.classList.toggle("ready", all);
    if (finale.hidden) told.textContent = all ? "" : `You have judged ${judged} of ${claims.length}.`;
  }

  /* What the reader and the book agree on, in a line; only claims with a verdict of both are counted. */
  function compare() {
    const { verdicts } = BookMemory.read();
    const both = [...finale.querySelectorAll("[data-yours]")]
      .map(({ dataset: { yours, book } }) => ({ ...verdicts[yours], book }))
      .filter(({ after }) => after);
    const agreed = both.filter(({ after, book }) => after === book).length;
    const changed = both.filter(({ before, after }) => before && before !== after).length;
    const mind = changed ? `You changed your mind on ${changed}.` : "You did not change your mind.";
    const asked = both.some(({ before }) => before);
    const line = `You and the book agree on ${agreed} of ${both.length}.${asked ? ` ${mind}` : ""}`;
    finale.querySelector(".agreed").textContent = both.length ? line : "";
  }
  function update() {
    invite();
    compare();
  }

  BookFold.fold(finale, () => {
    button.hidden = true;
    told.textContent = "The book’s verdicts stand open below.";
  });
  whys.forEach((why) => { why.open = false; });
  button.hidden = false;
  button.addEventListener("click", () => {
    BookFold.open(finale);
    const title = finale.querySelector("h3");
    title.focus({ preventScroll: true });
    title.scrollIntoView();
  });
  document.addEventListener("change", update);
  document.addEventListener("book-memory", update);
  let closed = [];
  addEventListener("beforeprint", () => { // where the style alone cannot open them
    closed = whys.filter((why) => !why.open);
    closed.forEach((why) => { why.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((why) => { why.open = false; }));
  update();
  BookFold.follow();
})();
