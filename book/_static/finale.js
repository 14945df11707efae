/* The book's verdicts: folded until the reader has given a verdict on every claim, or asks for them. */
(() => {
  "use strict";
  const finale = document.querySelector(".finale");
  if (!finale) return;
  const [button, told] = document.querySelectorAll(".to-finale > *");
  const claims = [...document.querySelectorAll("[data-claim][data-when=after]")];
  const isJudged = () => claims.every((claim) => claim.querySelector("input:checked"));

  function openIfJudged() {
    if (isJudged()) BookFold.open(finale);
  }

  BookFold.fold(finale, () => {
    button.hidden = true;
    told.textContent = "The book’s verdicts stand open below.";
  });
  button.hidden = false;
  told.textContent = claims.length > 1
    ? "They open by themselves once you have judged each claim."
    : "They open by themselves once you have judged the claim.";
  button.addEventListener("click", () => {
    BookFold.open(finale);
    finale.querySelector("h3").focus();
  });
  document.addEventListener("change", openIfJudged);
  document.addEventListener("book-memory", openIfJudged);
  openIfJudged();
  BookFold.follow();
})();
