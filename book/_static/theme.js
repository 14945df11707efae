/* Light or dark: what the reader chose, else what the system wants. Runs before anything is drawn. */
(() => {
  "use strict";
  const KEY = "why-shops-become-banks:theme"; // of our own: other books may lie on the same host
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const forced = matchMedia("(forced-colors: active)"); // the system paints: a choice would clash with it
  const isTheme = (word) => word === "light" || word === "dark";
  const systemTheme = () => (dark.matches ? "dark" : "light");

  function stored() {
    try { return localStorage.getItem(KEY); } catch { return null; }
  }
  function store(theme) {
    try {
      if (isTheme(theme)) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
      return true;
    } catch { return false; /* storage switched off: the choice lasts for this page */ }
  }

  /* Firefox keeps a storage for each file of a book read from a folder. There the choice travels in
     the links, and leaves the address once it is stored. */
  const travels = location.protocol === "file:";
  function arrived() {
    const here = new URL(location.href);
    const theme = here.searchParams.get("theme");
    if (!travels || theme === null) return null;
    here.searchParams.delete("theme");
    if (store(theme)) history.replaceState(null, "", here);
    return theme;
  }
  function send({ target }) {
    const link = target.closest?.("a[href]");
    if (link?.protocol !== "file:" || link.pathname === location.pathname) return;
    const there = new URL(link.href);
    there.searchParams.set("theme", choice ?? "system");
    link.href = there.href;
  }

  /* The policy of a page lets forms go to its own host alone, and to Firefox a folder is none. */
  function search(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "get" || !form.hasAttribute("action")) return;
    event.preventDefault();
    const there = new URL(form.action);
    there.search = new URLSearchParams(new FormData(form));
    there.searchParams.set("theme", choice ?? "system");
    location.assign(there);
  }

  /* An explorer in a frame may be told how the page around it looks: ?embed=name&theme=dark. */
  function framed() {
    const asked = new URLSearchParams(location.search);
    return asked.has("embed") ? asked.get("theme") : null;
  }

  let choice = [framed() ?? arrived() ?? stored()].find(isTheme);

  function show() {
    const theme = forced.matches ? systemTheme() : choice ?? systemTheme();
    root.dataset.theme = theme;
    document.querySelector(".theme-button")?.setAttribute("aria-pressed", String(theme === "dark"));
  }
  function turn() {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    choice = theme === systemTheme() ? undefined : theme; // what the system wants anyway needs no memory
    store(choice);
    show();
  }

  show();
  root.classList.add("scripted");
  /* The letters in the style sheet are made ready before the first line is laid out, not when it asks for them. */
  document.fonts.forEach((face) => { if (face.unicodeRange.startsWith("U+20-7E")) face.load().catch(() => {}); });
  [dark, forced].forEach((wish) => wish.addEventListener("change", show));
  document.addEventListener("DOMContentLoaded", () => {
    show();
    document.querySelector(".theme-button")?.addEventListener("click", turn);
  });
  if (travels) {
    ["click", "auxclick", "contextmenu"].forEach((opening) => addEventListener(opening, send, true));
    addEventListener("submit", search);
  }
})();
