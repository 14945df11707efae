/* 404.html is served at any address, so it asks for this file in every folder above its own. The
   first one that answers tells where the book is. */
(() => {
  "use strict";
  const root = document.documentElement;
  if (root.dataset.root) return; // a nearer folder has answered
  const home = new URL("../", document.currentScript.src);
  root.dataset.root = home.pathname;
  document.querySelectorAll("main a").forEach((link) => {
    link.href = new URL(link.getAttribute("href").slice(1), home);
  });
  const theme = document.createElement("script");
  theme.src = new URL("_static/theme.js", home);
  document.head.append(theme);
})();
