/* Slides as large as a laptop's screen, on which an explorer is in view as a whole. */
Reveal.initialize({
  width: 1366, height: 768, margin: 0, center: false, hash: true, slideNumber: "c/t",
  transition: "none", backgroundTransition: "none", preloadIframes: false, plugins: [RevealNotes],
});
