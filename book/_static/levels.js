/* How much of a chapter is shown: words, with algebra or with code, and what goes deeper. What is not
   shown is folded in its place, never taken away. */
(() => {
  "use strict";
  const LEVELS = ["words", "algebra", "code"];
  const form = document.querySelector("form.levels");
  if (!form) return;
  const inputs = [...form.querySelectorAll("input")];

  function show() {
    const wish = BookMemory.wish("level");
    const level = LEVELS.includes(wish) ? wish : "algebra";
    document.documentElement.dataset.level = level;
    inputs.forEach((input) => { input.checked = input.value === level; });
    document.querySelectorAll("details.rung").forEach((fold) => {
      fold.open = LEVELS.indexOf(fold.dataset.rung) <= LEVELS.indexOf(level);
    });
  }

  /* What goes deeper and stands open on this page, for who loads it again or comes back to it. */
  const OPEN = `open:${BookMemory.page}`;
  const opened = () => new Set((BookMemory.wish(OPEN) ?? "").split(" ").filter(Boolean));
  function remember({ id, hidden }) {
    const names = opened();
    if (hidden) names.delete(id);
    else names.add(id);
    BookMemory.wish(OPEN, [...names].join(" "));
  }

  function initDeeper(part) {
    const way = part.previousElementSibling;
    const button = way.querySelector("button");
    const wasOpen = opened().has(part.id);
    const tell = () => button.setAttribute("aria-expanded", String(!part.hidden));
    const changed = () => {
      tell();
      remember(part);
    };
    BookFold.fold(part, changed);
    button.hidden = false;
    if (wasOpen) BookFold.open(part);
    tell();
    button.addEventListener("click", () => {
      if (part.hidden) return BookFold.open(part);
      BookFold.close(part);
      return changed();
    });
  }

  inputs.forEach((input) => input.addEventListener("change", () => {
    BookMemory.wish("level", input.value);
    show();
  }));
  addEventListener("storage", ({ key }) => { if (key?.endsWith(":level")) show(); }); // chosen in another tab
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll(".deeper").forEach(initDeeper);
  show();
  BookFold.follow();
})();
