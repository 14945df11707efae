/* The page's own behaviour: the contents on a phone, where one is on this page, what is printed. */
(() => {
  "use strict";
  const root = document.documentElement;

  function initMenu() {
    const button = document.querySelector(".menu-button");
    const contents = document.getElementById("contents");
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
      if (!contents.contains(event.target) && !button.contains(event.target)) toggle(false);
    });
  }

  function initPlace() {
    const links = new Map();
    document.querySelectorAll("aside.on-this-page a[href^='#']").forEach((link) => {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) links.set(target, link);
    });
    const mark = (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(entry.target).setAttribute("aria-current", "true");
    });
    const watcher = new IntersectionObserver(mark, { rootMargin: "-10% 0px -80% 0px" });
    links.forEach((_, target) => watcher.observe(target));
  }

  /* What scrolls sideways must be reachable by keyboard. */
  function initScrollers() {
    const mark = () => document.querySelectorAll("pre, .scrolls, .output, div.math").forEach((box) => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
    addEventListener("resize", mark);
    mark();
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
})();
