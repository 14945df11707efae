/* The book's verdicts: folded until the reader has given a verdict on every claim, or asks for them. */
(() => {
  "use strict";
  const finale = document.querySelector(".finale");
  if (!finale) return;
  const [button, told] = document.querySelectorAll(".to-finale > *");
  const claims = [...document.querySelectorAll("[data-claim][data-when=after]")];
  const isJudged = () => claims.every((claim) => claim.querySelector("input:checked"));

  function open() {
    finale.removeAttribute("hidden");
    button.hidden = true;
    told.textContent = "The book’s verdicts stand open below.";
  }
  function openIfJudged() {
    if (finale.hidden && isJudged()) open();
  }
  function follow() { // an address that leads into the verdicts opens them
    const target = document.getElementById(location.hash.slice(1));
    if (!finale.hidden || !finale.contains(target)) return;
    open();
    target.scrollIntoView();
  }

  finale.setAttribute("hidden", "until-found"); // the browser's own search looks into it, and opens it
  button.hidden = false;
  told.textContent = claims.length > 1
    ? "They open by themselves once you have judged each claim."
    : "They open by themselves once you have judged the claim.";
  button.addEventListener("click", () => {
    open();
    finale.querySelector("h3").focus();
  });
  finale.addEventListener("beforematch", open);
  addEventListener("hashchange", follow);
  document.addEventListener("change", openIfJudged);
  document.addEventListener("book-memory", openIfJudged);
  openIfJudged();
  follow();
})();
