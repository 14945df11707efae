/* Leads on from where a page has been, with what stands at the end of the address: it may be a state. */
document.addEventListener("DOMContentLoaded", () => {
  const there = new URL(document.querySelector("a").href);
  there.search = location.search;
  there.hash = location.hash;
  location.replace(there);
});
