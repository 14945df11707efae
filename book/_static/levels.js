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

  function initDeeper(part) {
    const way = part.previousElementSibling;
    const button = way.querySelector("button");
    const tell = () => button.setAttribute("aria-expanded", String(!part.hidden));
    BookFold.fold(part, tell);
    button.hidden = false;
    tell();
    button.addEventListener("click", () => {
      if (part.hidden) BookFold.open(part);
      else BookFold.close(part);
      tell();
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
