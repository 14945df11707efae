/* My book as a file: a page that opens by itself, without a script, and holds the record as JSON.
   What a file brings is somebody else's: it is parsed, never shown, before BookMemory has checked it. */
const BookFile = (() => {
  "use strict";
  const LARGEST = 4_000_000; // bytes; a full record of this book has a fortieth
  const HOLDER = '<script type="application/json" id="my-book">', END = "</script"; // no file is read as markup
  const FOREIGN = "This file holds no My book; choose one that was made with “Save to a file”.";
  const KEPT = new Set(["SECTION", "H2", "H3", "P", "DIV", "SPAN", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD"]);
  const MARKS = ["class", "lang", "scope", "data-label"];
  const STYLE = `
    html { color-scheme: light dark; }
    body { max-width: 50rem; margin: 0 auto; padding: 2rem 1rem; font: 1rem/1.5 "Helvetica Neue", Arial, "Noto Sans CJK SC",
      "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: break-word; }
    h1, h2, h3 { margin: 1.6rem 0 0.5rem; line-height: 1.2; break-after: avoid; }
    h1 { margin-top: 0; } h2 { padding-top: 0.6rem; border-top: 1px solid; font-size: 1.3rem; } h3 { font-size: 1rem; }
    p { margin: 0 0 0.6rem; }
    table { width: 100%; table-layout: fixed; margin-bottom: 1rem; border-collapse: collapse; font-size: 0.9rem; }
    th, td { padding: 0.35rem 0.8rem 0.35rem 0; border-bottom: 1px solid; text-align: left; vertical-align: top; }
    th:first-child { width: 40%; } .my-verdicts th:is(:nth-child(2), :nth-child(3)) { width: 17%; }
    tr { break-inside: avoid; }
    span[class^="verdict-"] { display: inline-block; padding: 0 0.5em; border: 1px solid; border-radius: 1em; }
    [lang="zh"] { white-space: nowrap; } .own [lang="zh"] { display: none; }
    @media screen and (max-width: 40rem) {
      thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      tbody, tr, td { display: block; }
      tr { padding: 0.5rem 0; border-bottom: 1px solid; } td { padding: 0.1rem 0; border: 0; }
      td::before { content: attr(data-label) ": "; font-weight: bold; }
    }
    @page { size: A4; margin: 18mm 20mm; }
    @media print { body { max-width: none; padding: 0; font-size: 10pt; } }`;

  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  /* Copy words, headings and tables of the page, and nothing that does something. */
  function copied(node) {
    if (node.nodeType === Node.TEXT_NODE) return [node.cloneNode()];
    if (node.nodeType !== Node.ELEMENT_NODE || node.hidden || node.matches(".headerlink, summary, .my-way")) return [];
    if (node.matches("details:not([open])")) return [document.createTextNode("not shown")];
    const inner = [...node.childNodes].flatMap(copied);
    if (!KEPT.has(node.tagName)) return inner;
    const copy = document.createElement(node.tagName);
    MARKS.filter((mark) => node.hasAttribute(mark)).forEach((mark) => copy.setAttribute(mark, node.getAttribute(mark)));
    copy.append(...inner);
    return [copy];
  }
  const markup = (sections) => sections.flatMap(copied).map((each) => each.outerHTML).join("\n");

  /* Write the file; `about` has name, saved (a day) and edition, which stand in the JSON too. */
  function written(record, about, title, sections) {
    const { name, saved, edition } = about;
    const json = JSON.stringify({ ...record, ...about }, null, 1).replaceAll("<", "\\u003c");
    const who = name ? `<p><b>${escaped(name)}</b></p>\n` : "";
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>My book: ${escaped(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>My book: ${escaped(title)}</h1>
${who}<p>Saved on ${escaped(saved)} from edition ${escaped(edition)}.</p>
${markup(sections) || "<p>Nothing guessed, answered or judged yet.</p>"}
</main>
${HOLDER}
${json}
</script>
</body>
</html>
`;
  }

  /* Take the JSON out of a file: one that was saved here, or the JSON alone. */
  function unpacked(text) {
    const start = text.trimStart();
    const from = text.indexOf(HOLDER) + HOLDER.length;
    const to = text.indexOf(END, from);
    const alone = start.startsWith("{");
    if (!alone && (from < HOLDER.length || to < 0)) throw new Error(FOREIGN);
    const json = alone ? start : text.slice(from, to);
    try { return JSON.parse(json); } catch { throw new Error("What this file holds of My book is damaged."); }
  }

  /* Read a file; give the record, checked, and the name that stands beside it. */
  async function read(file) {
    if (!file.size) throw new Error("This file is empty.");
    if (file.size > LARGEST) throw new Error("This file is larger than 4 megabytes, and no My book is.");
    const text = await file.text().catch(() => { throw new Error("This file could not be read."); });
    const value = unpacked(text);
    const record = BookMemory.check(value);
    return { record, name: typeof value.name === "string" ? value.name.slice(0, 100) : "" };
  }

  return { read, written };
})();
