/* The page's own behaviour: the contents on a phone, where one is on this page, what is printed. */
const BookPlace = (() => {
  "use strict";
  const root = document.documentElement;
  const READ = 0.4; // of the window's height: a heading above it has been reached

  /* The heading that the reader has come to: none yet at the top, the last one at the end. */
  function reached() {
    const headings = [...document.querySelectorAll("article section[id] > :is(h2, h3)")]
      .filter((heading) => heading.checkVisibility?.() ?? true);
    const atEnd = scrollY > 0 && scrollY + innerHeight >= root.scrollHeight - 2;
    return headings.filter((heading) => atEnd || heading.getBoundingClientRect().top < READ * innerHeight).at(-1);
  }

  /* The contents of the page come with those of the book, which on a phone are always at hand. */
  function addPlaces(contents) {
    const list = document.querySelector(".on-this-page ul");
    if (!list) return;
    const places = document.createElement("div");
    places.className = "on-this-page here";
    const [title, top] = ["p", "a"].map((name) => document.createElement(name));
    title.className = "caption";
    title.textContent = "On this page";
    top.href = "#main-content";
    top.textContent = "Top of the page";
    places.append(title, top, list.cloneNode(true));
    contents.prepend(places);
  }

  function initMenu() {
    const button = document.querySelector(".menu-button");
    const contents = document.getElementById("contents");
    addPlaces(contents);
    const toggle = (open) => {
      root.classList.toggle("contents-open", open);
      button.setAttribute("aria-expanded", String(open));
      if (open) contents.querySelector("a").focus();
    };
    button.addEventListener("click", () => toggle(!root.classList.contains("contents-open")));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !root.classList.contains("contents-open")) return;
      toggle(false);
      button.focus();
    });
    document.addEventListener("click", (event) => {
      const away = !contents.contains(event.target) && !button.contains(event.target);
      if (away || event.target.closest(".here a")) toggle(false);
    });
  }

  function initPlace() {
    const links = [...document.querySelectorAll(".on-this-page a[href^='#']")];
    let waiting;
    const mark = () => {
      waiting = undefined;
      const here = `#${reached()?.parentElement.id}`;
      links.forEach((link) => {
        if (link.getAttribute("href") === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    const wait = () => { waiting ??= requestAnimationFrame(mark); };
    ["scroll", "resize"].forEach((change) => addEventListener(change, wait, { passive: true }));
    wait();
  }

  /* What scrolls sideways must be reachable by keyboard. Told by the browser once it has laid a box out: to ask
     would have it lay out what is folded too. */
  function initScrollers() {
    const sizes = new ResizeObserver((entries) => {
      const boxes = entries.map(({ target }) => target);
      const scrolling = boxes.map((box) => box.scrollWidth > box.clientWidth); // all, before any is changed
      boxes.forEach((box, n) => {
        if (scrolling[n]) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      });
    });
    document.querySelectorAll("pre, .scrolls, .output, div.math").forEach((box) => sizes.observe(box));
  }

  /* Paper has the answers only where its reader asks for them. */
  function initPrinting() {
    const box = document.querySelector(".printing");
    if (!box) return;
    box.querySelector("input").addEventListener("change", ({ target }) =>
      root.classList.toggle("with-answers", target.checked));
    box.querySelector("button").addEventListener("click", () => print());
  }

  document.addEventListener("DOMContentLoaded", () => {
    [initMenu, initPlace, initScrollers, initPrinting].forEach((init) => init());
  });
  return { reached };
})();
