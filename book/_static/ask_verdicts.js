/* The reader's own verdicts on claims, before and after: kept, compared, taken back. Works on any element
   that names a claim and a time (data-claim, data-when) and holds radio buttons and a .quiz-told. */
(() => {
  "use strict";
  const boxes = [...document.querySelectorAll("[data-claim][data-when]")];
  const finale = document.querySelector(".finale");
  const inputs = (box) => [...box.querySelectorAll("input[type=radio]")];

  /* What is noted, in the words that stand on the page; nothing, if it is no verdict there. */
  function wording(box, verdict) {
    return inputs(box).find((input) => input.value === verdict)?.parentElement.textContent.trim();
  }
  const said = (verdict) => `${verdict.toLowerCase()}${verdict.endsWith("…") ? "" : "."}`;

  const LATE = "You judged, or judged anew, after the book’s verdict was open.";

  function told(box, { before: first, after: last, changed } = {}) {
    const [before, after] = [wording(box, first), wording(box, last)];
    if (box.dataset.when === "before") {
      const where = BookMemory.stays ? "in this browser only" : "until you leave this page";
      return before ? `Noted, ${where}.${changed ? ` ${LATE}` : ""}` : "";
    }
    if (!after) return "";
    return `Before: ${before ? said(before) : "none."} Now: ${said(after)}${changed ? ` ${LATE}` : ""}`;
  }

  /* Beside the book's badges, which the reader sees only after this. */
  function showBeside(line, { before: first, after: last } = {}) {
    const box = boxes.find(({ dataset }) => dataset.claim === line.dataset.yours);
    const [before, after] = box ? [wording(box, first), wording(box, last)] : [];
    const said = [before && `${before} before`, after && `${after} now`].filter(Boolean);
    const asBook = last && last === line.dataset.book ? ", as the book" : "";
    line.textContent = said.length ? `Yours: ${said.join(", ").toLowerCase()}${asBook}.` : "";
  }

  function show(box, verdict) {
    const kept = verdict?.[box.dataset.when];
    inputs(box).forEach((input) => { input.checked = input.value === kept; });
    box.querySelector(".own-back").hidden = !wording(box, kept);
    const [status, text] = [box.querySelector(".quiz-told"), told(box, verdict)];
    if (status.textContent === text) return; // else it would be read out again
    const line = document.createElement("p");
    line.textContent = text;
    status.replaceChildren(...(text ? [line] : []));
  }

  function keep({ dataset: { claim, when } }, verdict) {
    BookMemory.write(({ verdicts }) => {
      const entry = { ...verdicts[claim], [when]: verdict, page: BookMemory.page };
      if (verdict && entry.book) entry.changed = true;
      if (entry.before || entry.after || entry.book) verdicts[claim] = entry;
      else delete verdicts[claim];
    });
  }

  /* What the book says of a claim, as its badge has it. */
  function ofBook(claim) {
    const badge = document.querySelector(`#verdict-${claim.toLowerCase()} [class^="verdict-"]`);
    return badge?.className.replace("verdict-", "");
  }

  /* Once the book's verdicts stand open, they are noted: what the reader says from now on is said in their light. */
  function noteBook() {
    if (finale.hidden) return;
    const { verdicts: kept } = BookMemory.read();
    const seen = boxes.map(({ dataset }) => [dataset.claim, ofBook(dataset.claim)])
      .filter(([claim, book]) => book && kept[claim]?.book !== book);
    if (!seen.length) return;
    BookMemory.write(({ verdicts }) => seen.forEach(([claim, book]) => {
      verdicts[claim] = { ...verdicts[claim], book, page: BookMemory.page };
    }));
  }

  /* The button stands beside what is told, not in it: there it would be read out as well. */
  function addTakeBack(box) {
    const [line, button] = ["div", "button"].map((name) => document.createElement(name));
    line.className = "own-line";
    button.className = "own-back";
    button.type = "button";
    button.textContent = "Take back";
    button.addEventListener("click", () => {
      keep(box, undefined);
      inputs(box)[0].focus({ preventScroll: true }); // for the button pressed is gone
    });
    const status = box.querySelector(".quiz-told");
    status.replaceWith(line);
    line.append(status, button);
  }

  function showAll() {
    const { verdicts } = BookMemory.read();
    boxes.forEach((box) => show(box, verdicts[box.dataset.claim]));
    document.querySelectorAll("[data-yours]").forEach((line) => showBeside(line, verdicts[line.dataset.yours]));
  }

  boxes.forEach((box) => {
    addTakeBack(box);
    inputs(box).forEach((input) => input.addEventListener("change", () => keep(box, input.value)));
    box.closest("form").addEventListener("submit", (event) => event.preventDefault());
  });
  document.addEventListener("book-memory", showAll);
  if (boxes.length) showAll();
  if (finale) new MutationObserver(noteBook).observe(finale, { attributeFilter: ["hidden"] });
})();
