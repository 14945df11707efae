/* The page's own behaviour: light and dark, the contents on a phone, where one is on this page. */
(() => {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try { return localStorage.getItem("theme"); } catch { return null; }
  }
  function store(theme) {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch { /* storage switched off: the choice lasts for this page */ }
  }
  function show(theme) {
    root.dataset.theme = theme;
    const button = document.querySelector(".theme-button");
    button.setAttribute("aria-pressed", String(theme === "dark"));
  }
  const systemTheme = () => (system.matches ? "dark" : "light");

  function initTheme() {
    show(root.dataset.theme);
    document.querySelector(".theme-button").addEventListener("click", () => {
      const theme = root.dataset.theme === "dark" ? "light" : "dark";
      store(theme === systemTheme() ? null : theme); // what the system wants anyway needs no memory
      show(theme);
    });
    system.addEventListener("change", () => stored() || show(systemTheme()));
  }

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

  document.addEventListener("DOMContentLoaded", () => {
    [initTheme, initMenu, initPlace, initScrollers].forEach((init) => init());
  });
})();
