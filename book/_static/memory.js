/* What the book remembers of its reader, in this browser alone: one record under one key. The form of
   the record is told in docs/my-book.md. Nothing here reaches the page or leaves the browser. */
const BookMemory = (() => {
  "use strict";
  const KEY = "why-shops-become-banks";
  const DAMAGED = `${KEY}:damaged`;
  const QUIZ_WAY = `${KEY}:quiz-way`; // of quiz.js: whether one question is shown or all
  const VERDICT = `${KEY}:verdict:`; // of an earlier edition, one key for each: …verdict:C3-01:before
  const PROBE = `${KEY}:room`;
  const ROOM = 2000; // characters that a reader writes at once, and more
  const VERSION = 1;
  const LONGEST = 500; // characters of a text
  const MOST = 2000; // entries of a table
  const MOST_CHOSEN = 20; // texts of an answer, controls of an explorer

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isText = (value) => typeof value === "string" && value.length <= LONGEST;
  const isName = (value) => typeof value === "string" && /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,99}$/u.test(value);
  const isCount = (value) => Number.isInteger(value) && value >= 0 && value <= MOST;
  const isDate = (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
  const isFew = (values) => values.length <= MOST_CHOSEN && values.every(isText);
  const isTexts = (value) => Array.isArray(value) && isFew(value);
  const isState = (value) => isObject(value) && Object.keys(value).every(isName) && isFew(Object.values(value));
  const oneOf = (...words) => (value) => words.includes(value);
  const isDirection = oneOf("holds", "holds-if", "too-strong", "fails", "cannot-be-told"); // of data/claims.yml
  const isResult = oneOf("right", "wrong", "near");
  const isTry = (value) => isObject(value) && isTexts(value.answer) && isResult(value.result) && Object.keys(value).length === 2;

  /* Each table, and what an entry in it may hold; nothing of it must be there. */
  const TABLES = {
    pages: {
      title: isText, place: isName, heading: isText, read: isDate,
      questions: isCount, guesses: isCount, challenges: isCount, end: oneOf(true, false),
    },
    verdicts: { before: isDirection, after: isDirection, book: isDirection, changed: oneOf(true, false), page: isName },
    explorers: {
      page: isName, state: isState, asked: isText, first: isText, guess: isText, right: isText,
      step: oneOf("noted", "told"), challenge: isText, found: oneOf(true, false),
    },
    quiz: { page: isName, asked: isText, first: isTry, answer: isTexts, result: isResult, solved: oneOf(true, false) },
  };

  const empty = () => ({ format: KEY, version: VERSION, pages: {}, verdicts: {}, explorers: {}, quiz: {} });
  const copy = (record) => JSON.parse(JSON.stringify(record));

  /* ---- What is a record, and what only looks like one ---- */

  const refuse = (sentence) => { throw new Error(sentence); };
  const short = (name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

  function checkHead(value) {
    if (!isObject(value) || value.format !== KEY) refuse("This is not a file of what this book remembers.");
    if (!Number.isInteger(value.version) || value.version < 1) refuse("The file does not say which version it has.");
    if (value.version > VERSION) {
      refuse(`The file comes from a newer edition of the book (version ${value.version}); this one reads version ${VERSION}.`);
    }
  }

  function checkEntry(table, name, entry) {
    const where = `“${short(name)}” under “${table}”`;
    if (!isName(name) || !isObject(entry)) refuse(`The file is damaged: the entry ${where} cannot be read.`);
    const known = Object.keys(TABLES[table]).filter((key) => Object.hasOwn(entry, key));
    return Object.fromEntries(known.map((key) => {
      if (!TABLES[table][key](entry[key])) refuse(`The file is damaged: “${key}” of the entry ${where} cannot be read.`);
      return [key, entry[key]];
    }));
  }

  function checkTable(table, entries) {
    if (!isObject(entries)) refuse(`The file is damaged: “${table}” cannot be read.`);
    const names = Object.keys(entries);
    if (names.length > MOST) refuse(`The file is damaged: “${table}” holds ${names.length} entries, at most ${MOST} are possible.`);
    return Object.fromEntries(names.map((name) => [name, checkEntry(table, name, entries[name])]));
  }

  /* A clean copy of a value, or an Error whose message is one sentence for the reader. */
  function check(value) {
    checkHead(value);
    const record = empty();
    if (Object.hasOwn(value, "last")) {
      if (!isName(value.last)) refuse("The file is damaged: “last” cannot be read.");
      record.last = value.last;
    }
    Object.keys(TABLES).forEach((table) => {
      if (Object.hasOwn(value, table)) record[table] = checkTable(table, value[table]);
    });
    return copy(record);
  }

  /* This page's own name, as entries bear it: "spread" of …/book/spread.html. */
  function pageName() {
    const file = location.pathname.split("/").at(-1).replace(/\.html$/, "");
    return isName(file) ? file : "index"; // the address of a folder; one that was changed by hand
  }

  /* The reader's day, as records and files bear it. */
  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }

  /* ---- Where it is kept ---- */

  /* A page in a frame, or an explorer made for one, keeps nothing: another site must not fill the reader's book. */
  const apart = window !== window.top || new URLSearchParams(location.search).has("embed");
  let closed = apart;
  let stays = true;
  let held; // the record, where storage does not take it: lasts until the page is left

  /* What `use` finds in storage; undefined where that is blocked or full. */
  function inStorage(use) {
    try {
      if (closed) throw new Error("closed");
      const found = use(localStorage);
      stays = true;
      return found;
    } catch {
      stays = false;
      return undefined;
    }
  }

  /* What cannot be read is never lost: it is laid aside, or else nothing is written over it. */
  function layAside(text) {
    inStorage((storage) => {
      storage.setItem(DAMAGED, text);
      storage.removeItem(KEY);
    });
    closed ||= !stays;
  }

  function read() {
    if (held) return copy(held);
    const text = inStorage((storage) => storage.getItem(KEY)) ?? null;
    if (text === null) return empty();
    try {
      return check(JSON.parse(text));
    } catch {
      layAside(text);
      return empty();
    }
  }

  const tell = () => document.dispatchEvent(new CustomEvent("book-memory"));

  function keep(record) {
    const text = JSON.stringify(record);
    inStorage((storage) => storage.setItem(KEY, text));
    held = stays ? undefined : record;
    tell();
  }

  /* Texts of the page or of the reader may be longer than a record holds. */
  const cut = (key, value) => (typeof value === "string" ? value.slice(0, LONGEST) : value);

  /* `change` is given what is kept at this moment, for another tab may have written meanwhile. */
  function write(change) {
    const record = read();
    change(record);
    keep(check(JSON.parse(JSON.stringify(record, cut))));
  }

  function erase() {
    closed = apart;
    inStorage((storage) => [KEY, DAMAGED, QUIZ_WAY].forEach((key) => storage.removeItem(key)));
    held = stays ? undefined : empty();
    tell();
  }

  /* How the reader wishes to read: a key of its own for each wish, which stays when the record is erased. */
  const wishes = {}; // those of this page, for where storage is blocked
  function wish(name, value) {
    if (value !== undefined) {
      wishes[name] = value;
      inStorage((storage) => storage.setItem(`${KEY}:${name}`, value));
    }
    return inStorage((storage) => storage.getItem(`${KEY}:${name}`)) ?? wishes[name];
  }

  /* Verdicts that an earlier edition has kept are taken over once. */
  function takeOver() {
    const old = inStorage((storage) => Object.entries(storage).filter(([key]) => key.startsWith(VERDICT))) ?? [];
    if (!old.length) return;
    write(({ verdicts }) => old.forEach(([key, verdict]) => {
      const [claim, when] = key.slice(VERDICT.length).split(":");
      if (!isName(claim) || !isDirection(verdict) || !["before", "after"].includes(when)) return;
      verdicts[claim] = { [when]: verdict, ...verdicts[claim] };
    }));
    if (stays) inStorage((storage) => old.forEach(([key]) => storage.removeItem(key)));
  }

  /* Whether there is storage at all, and room in it; else what is read here lasts until the page is left. */
  function probe() {
    const kept = inStorage((storage) => storage.getItem(KEY));
    if (!stays) return;
    const before = read();
    inStorage((storage) => {
      storage.setItem(PROBE, (kept ?? "").padEnd(ROOM));
      storage.removeItem(PROBE);
    });
    if (!stays) held = before;
  }

  takeOver();
  probe();
  addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) tell(); // null: all of it was erased
  });

  return {
    read, write, check, erase, today, wish,
    replace: (record) => keep(check(record)),
    page: pageName(),
    get stays() { return stays; },
    shared: !(location.protocol === "file:" && location.origin === "null"), // else each file has a storage of its own: Firefox
  };
})();
