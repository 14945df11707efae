/* My book: what the record holds, chapter by chapter; saved to a file, loaded from one, erased.
   All of it reaches the page as text. Links lead to the chapters that the page names itself. */
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const tools = find(".my-book");
  if (!tools) return;
  const field = find("#my-name");
  const chapters = [...document.querySelectorAll(".my-chapter")];
  const STEPS = { right: "right", near: "almost", wrong: "not so" };

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  }

  /* ---- What a chapter shows ---- */

  function table(head, rows) {
    const cells = (row) => row.map((cell, n) => element("td", { "data-label": head[n] }, ...[cell].flat()));
    const titles = head.map((each) => element("th", { scope: "col" }, each));
    const body = rows.map((row) => element("tr", {}, ...cells(row)));
    return element("table", { class: "cards" }, element("thead", {}, element("tr", {}, ...titles)), element("tbody", {}, ...body));
  }
  const linked = (text, base, hash) => (base ? element("a", { href: `${base}#${hash}` }, text) : text);

  /* The answer is told once the reader has reached it, and no sooner. */
  function guess(base, [name, entry]) {
    const told = entry.step === "told" && entry.right;
    const challenge = entry.found ? "met" : "not yet";
    const answer = !told ? "not yet" : (entry.first ?? entry.guess) === entry.right ? "as you guessed" : entry.right;
    const last = entry.guess ?? (told ? "skipped" : "none yet");
    return [
      linked(entry.asked ?? entry.challenge, base, encodeURIComponent(name)),
      entry.first === undefined ? last : `${entry.first || "skipped"}; later: ${last}`,
      answer, entry.challenge ? challenge : "none",
    ];
  }

  const chosen = ({ answer = [] }) => answer.map((text) => text.replace(/\.$/, "")).join("; ");
  function answer(base, [name, entry]) {
    const number = RecordWords.number(name);
    const retry = !entry.result || entry.result === "right" || entry.solved || !base ? [] : [" · ", linked("Try again", base, encodeURIComponent(name))];
    const result = STEPS[entry.result] ?? "not checked";
    return [
      linked(number ? `${number}. ${entry.asked}` : entry.asked, base, encodeURIComponent(name)),
      entry.first ? `${chosen(entry.first)} (${STEPS[entry.first.result]}); later: ${chosen(entry)}` : chosen(entry),
      [entry.solved && entry.result !== "right" ? `${result}, but right before` : result, ...retry],
    ];
  }

  function found(record, slug, base) {
    const guesses = RecordWords.of(record, "explorers", slug)
      .filter(([, entry]) => entry.guess || entry.step || entry.found).filter(([, entry]) => entry.asked ?? entry.challenge);
    const quiz = RecordWords.answers(record, slug).filter(([, entry]) => entry.asked);
    const parts = [];
    if (guesses.length) {
      const head = ["The model was asked", "You guessed", "It says", "Challenge"];
      parts.push(element("h3", {}, "Guesses and challenges"), table(head, guesses.map((each) => guess(base, each))));
    }
    if (quiz.length) {
      const head = ["You were asked", "You answered", "That is"];
      parts.push(element("h3", {}, "Questions"), table(head, quiz.map((each) => answer(base, each))));
    }
    return parts;
  }

  function showLate(book, changed) {
    book.querySelector(".my-late")?.remove();
    if (changed) book.append(element("span", { class: "my-late" }, "You judged, or judged anew, after this was open."));
  }

  function fill(section, record) {
    const counted = RecordWords.count(record, section.id);
    const opened = counted.begun ? "Opened, nothing answered yet" : "Not begun yet";
    const progress = (counted.done && RecordWords.progress(counted)) || opened;
    const parts = found(record, section.id, section.querySelector(".my-way").getAttribute("href"));
    const verdicts = [...section.querySelectorAll(".withheld")].map((book) => {
      const own = record.verdicts[book.closest("tr").dataset.claim] ?? {};
      book.open = Boolean(own.after || own.book); // the book's comes after the reader's
      showLate(book, own.changed);
      return own.before ?? own.after;
    });
    section.querySelector(".my-progress").textContent = `${progress}.`;
    section.querySelector(".my-found").replaceChildren(...parts);
    section.classList.toggle("untouched", !parts.length && !verdicts.some(Boolean));
  }

  /* Start, and chapters that this edition does not have. */
  function others(record) {
    const entries = [...Object.values(record.explorers), ...Object.values(record.quiz)];
    const known = new Set(chapters.map((each) => each.id));
    const slugs = [...new Set(entries.map((each) => each.page))].filter((slug) => slug && !known.has(slug));
    return slugs.flatMap((slug) => {
      const parts = found(record, slug, slug === "index" && find(".book-title").getAttribute("href"));
      const title = slug === "index" ? "Start" : RecordWords.page(record, slug).title ?? slug;
      return parts.length ? [element("section", { class: "my-other" }, element("h2", {}, title), ...parts)] : [];
    });
  }

  function where() {
    if (!BookMemory.stays) return "This browser keeps nothing for the book, or has no room: each page forgets what you did when you leave it, so nothing comes together here. Another browser, or a window that is not private, keeps it.";
    if (!BookMemory.shared) return "Opened from a folder, this browser keeps what you do on a page for that page alone, so it does not come together here. Another browser brings it together, and so does the book on a web server.";
    return "It is kept in this browser alone; nobody else sees it.";
  }

  function show() {
    const record = BookMemory.read();
    const holds = RecordWords.holds(record);
    const sum = holds ? [`Your book so far: ${holds}.`, RecordWords.mind(record)] : ["Your book is empty so far."];
    find(".my-sum").textContent = sum.filter(Boolean).join(" ");
    find(".my-day").textContent = BookMemory.today();
    find(".my-where").textContent = where();
    find(".my-others").replaceChildren(...others(record));
    chapters.forEach((section) => fill(section, record));
    document.documentElement.classList.toggle("my-book-begun", Boolean(holds));
  }

  /* Shown here, the book's verdict is as open as in its chapter. */
  function noteBook(book) {
    const { claim } = book.closest("tr").dataset;
    const direction = book.querySelector('.badges > [class^="verdict-"]').className.replace("verdict-", "");
    BookMemory.write(({ verdicts }) => {
      verdicts[claim] = { page: book.closest(".my-chapter").id, ...verdicts[claim], book: direction };
    });
  }

  /* ---- What the buttons do ---- */

  function say(words, isFault = false) {
    find(".my-said").textContent = words;
    find(".my-said").classList.toggle("fault", isFault);
  }

  /* Ask; true if the reader agrees, false if not or if the box is closed otherwise. */
  function agreed(asked, meant, yes, no) {
    const box = find(".my-question");
    const words = { h2: asked, "#my-meant": meant, ".my-yes": yes, ".my-no": no };
    Object.entries(words).forEach(([selector, text]) => { box.querySelector(selector).textContent = text; });
    box.returnValue = "";
    box.showModal();
    return new Promise((resolve) => {
      box.addEventListener("close", () => resolve(box.returnValue === "yes"), { once: true });
    });
  }

  /* So that the files of a class can lie in one folder; they say nothing of who saved. */
  const letters = () => crypto.getRandomValues(new Uint32Array(1))[0].toString(36).padStart(7, "0").slice(-4);

  function save() {
    if (!RecordWords.holds(BookMemory.read())) return say("There is nothing to save yet; no file was made.", true);
    const about = { saved: BookMemory.today(), edition: tools.dataset.edition };
    if (field.value.trim()) about.name = field.value.trim();
    const sections = [...document.querySelectorAll(".my-chapter:not(.untouched), .my-other")];
    const text = BookFile.written(BookMemory.read(), about, tools.dataset.title, sections);
    const address = URL.createObjectURL(new Blob([text], { type: "text/html;charset=utf-8" }));
    const link = element("a", { href: address, download: `my-book-${about.saved}-${letters()}.html` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    return say(`Saved as ${link.download}, where this browser puts what it downloads.`);
  }

  async function load(file) {
    const { record, name } = await BookFile.read(file);
    const here = RecordWords.holds(BookMemory.read());
    const there = RecordWords.holds(record) || "nothing";
    if (here) {
      const meant = `In the file: ${there}. In this browser: ${here}; that would be gone, unless you save it first.`;
      if (!await agreed("Replace what is here?", meant, "Replace it", "Keep what is here")) return say("Nothing was loaded, all is as it was.");
    }
    BookMemory.replace(record);
    if (name) field.value = name;
    return say(`Loaded: ${there}.`);
  }

  async function erase() {
    const here = RecordWords.holds(BookMemory.read());
    if (here) {
      const meant = `What would be gone for good: ${here}. Files that you saved stay where they are.`;
      if (!await agreed("Erase everything?", meant, "Erase it", "Keep it")) return say("Nothing was erased.");
    }
    BookMemory.erase();
    field.value = "";
    return say(here ? "Erased: this browser keeps nothing of yours any more." : "There was nothing to erase.");
  }

  function init() {
    const chosen = find(".my-book input[type=file]");
    find(".my-save").addEventListener("click", save);
    find(".my-print").addEventListener("click", () => print());
    find(".my-erase").addEventListener("click", erase);
    find(".my-load").addEventListener("click", () => chosen.click());
    chosen.addEventListener("change", async () => {
      const [file] = chosen.files;
      if (file) await load(file).catch((fault) => say(`${fault.message} Nothing was changed.`, true));
      chosen.value = ""; // so that the same file can be chosen again
    });
    ["yes", "no"].forEach((word) => find(`.my-${word}`).addEventListener("click", () => find(".my-question").close(word)));
    document.querySelectorAll(".withheld summary").forEach((summary) => {
      summary.addEventListener("click", (event) => {
        event.preventDefault();
        noteBook(summary.parentElement); // which opens it, as what is kept says
      });
    });
    show();
  }

  document.addEventListener("book-memory", () => {
    say(""); // what was said is of the record before
    show();
  });
  document.addEventListener("DOMContentLoaded", init);
})();
