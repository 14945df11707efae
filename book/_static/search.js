/* The search: what is typed into the bar's box, in the texts of all pages. Texts and engine (MiniSearch) come
   with the first search and not before. The texts are made by the build: bookkit/page/search.py. */
const BookSearch = (() => {
  "use strict";
  const KINDS = {
    page: { name: "Page", weight: 1.6 },
    section: { name: "Section", weight: 1 },
    term: { name: "Term", weight: 2.2 },
    claim: { name: "Claim", weight: 1.1 },
    explorer: { name: "Explorer", weight: 1.1 },
    statement: { name: "Statement", weight: 0.9 },
    figure: { name: "Figure", weight: 0.8 },
    fact: { name: "Fact", weight: 0.3 },
    model: { name: "Model", weight: 0.4 },
    source: { name: "Source", weight: 0.3 },
  };
  const FIRST = 20; // places shown at once
  const MOST_WORDS = 20; // of a search
  const LONGEST_SAID = 80; // characters of a search that are said again
  const EXCERPT = 190; // characters
  const BEFORE = 50; // of these before the first hit
  const COMMON = new Set(("a an and are as at be by for from has have if in into is it its no not of on or "
    + "that the their them then there these they this to was were which will with").split(" "));

  /* ---- Words ---- */

  const RUN = /(\p{Script=Han}+)|\bC\d+-\d+|[\p{L}\p{N}\p{M}_]+(?:[.,]\p{N}+)*/gui; // the number of a claim is one word
  const MARKS = /\p{M}/gu; // é is found as e
  const isAscii = (word) => /^[\x20-\x7e]*$/.test(word);
  const bare = (word) => (isAscii(word) ? word : word.normalize("NFKD").replace(MARKS, ""));
  const folded = (word) => bare(word).replaceAll(",", "").toLowerCase();

  const simple = new Map(); // of a traditional Chinese sign the simplified one, for those in the texts

  /* Chinese has no spaces: each sign is a word, and so is each pair. */
  function ofHan(run, from) {
    const signs = [...run];
    const at = signs.map((_, i) => from + signs.slice(0, i).join("").length);
    const word = (...some) => some.map((sign) => simple.get(sign) ?? sign).join("");
    const pair = (sign, i) => ({ word: word(sign, signs[i + 1]), from: at[i], to: at[i + 1] + signs[i + 1].length });
    const one = (sign, i) => ({ word: word(sign), from: at[i], to: at[i] + sign.length });
    return { ones: signs.map(one), pairs: signs.slice(0, -1).map(pair) };
  }

  /* A name in the code, break_even_rate, is found as a whole and by its parts. */
  function ofName(run, from) {
    const to = from + run.length;
    const parts = run.includes("_") ? run.split("_").filter(Boolean) : [];
    return [run, ...parts].map((word) => ({ word: folded(word), from, to }));
  }

  /* The words of a text with their places in it. */
  function placed(text) {
    return [...text.matchAll(RUN)].flatMap(({ 0: run, 1: han, index }) => {
      if (!han) return ofName(run, index);
      const { ones, pairs } = ofHan(run, index);
      return [...ones, ...pairs];
    });
  }

  /* What is looked for: of several Chinese signs the pairs, for one sign of a word says little. */
  function wanted(text) {
    const words = [...text.matchAll(RUN)].flatMap(({ 0: run, 1: han }) => {
      if (!han) return [folded(run)];
      const { ones, pairs } = ofHan(run, 0);
      return (pairs.length ? pairs : ones).map(({ word }) => word);
    });
    return [...new Set(words)].filter((word) => !COMMON.has(word)).slice(0, MOST_WORDS);
  }

  /* ---- Looking ---- */

  const isPlain = (word) => /^\p{L}+$/u.test(word) && !/\p{Script=Han}/u.test(word);
  const prefix = (word) => word.length > 2 && !/\p{Script=Han}/u.test(word);
  const fuzzy = (word) => (isPlain(word) && word.length > 4 ? 1 : false);
  /* One after another, until one finds something; what the reader is told then. */
  const WAYS = [
    { how: { combineWith: "AND", prefix } },
    { how: { combineWith: "AND", prefix, fuzzy }, told: "No place has these very words. Similar ones:" },
    { how: { combineWith: "OR", prefix, fuzzy }, told: "No place has all of these words. Some of them:" },
  ];

  let engine;
  function index({ passages, traditional }) {
    for (const [, old, now] of traditional.matchAll(/(.)(.)/gsu)) simple.set(old, now);
    engine = new MiniSearch({
      fields: ["title", "text", "unseen"],
      tokenize: (text) => placed(text).map(({ word }) => word),
      processTerm: (word) => (COMMON.has(word) ? null : word),
    });
    engine.addAll(passages.map(([, , , title, text, unseen], id) => ({ id, title, text, unseen })));
  }

  const sameWords = (one, other) => one.length === other.length && one.every((word) => other.includes(word));

  /* Half of the words is worth a quarter, however rare they are. */
  function byShare(found, count) {
    const worth = ({ score, queryTerms }) => score * (queryTerms.length / count) ** 2;
    return found.sort((one, other) => worth(other) - worth(one));
  }

  function look({ passages }, words, asked) {
    const phrase = asked.toLowerCase();
    const boostDocument = (id) => {
      const [, kind, , title, text] = passages[id];
      const latin = title.replace(/\p{Script=Han}/gu, "");
      const han = title.match(/\p{Script=Han}+/gu)?.join(" ") ?? "";
      const named = [title, latin, han].some((name) => sameWords(wanted(name), words));
      const inOrder = words.length > 1 && `${title} ${text}`.toLowerCase().includes(phrase);
      const counted = kind === "fact" && words.some((word) => /^\d/.test(word)); // who types a number looks for one
      return KINDS[kind].weight * (counted ? 3 : 1) * (named ? 4 : 1) * (inOrder ? 2 : 1);
    };
    for (const { how, told = "" } of WAYS) {
      const options = { ...how, boost: { title: 3, unseen: 0.6 }, boostDocument, tokenize: () => words };
      const found = engine.search(words.join(" "), options);
      if (found.length) return { found: byShare(found, words.length), told };
    }
    return { found: [], told: "" };
  }

  /* ---- Showing ---- */

  function made(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /* A text, its Chinese words said to be Chinese. */
  function spoken(text) {
    return text.split(/(\p{Script=Han}+)/u).map((part, i) => (i % 2 ? made("span", { lang: "zh" }, part) : part));
  }

  const hits = (text, terms) => placed(text).filter(({ word }) => terms.has(word));

  /* A part of a text, with its hits marked. */
  function marked(text, found, from = 0, to = text.length) {
    const runs = []; // pairs of Chinese signs overlap
    found.filter((hit) => hit.from >= from && hit.to <= to).sort((a, b) => a.from - b.from).forEach((hit) => {
      const last = runs.at(-1);
      if (last && hit.from <= last.to) last.to = Math.max(last.to, hit.to);
      else runs.push({ ...hit });
    });
    const parts = [];
    let at = from;
    runs.forEach((run) => {
      parts.push(...spoken(text.slice(at, run.from)), made("mark", {}, ...spoken(text.slice(run.from, run.to))));
      at = run.to;
    });
    return [...parts, ...spoken(text.slice(at, to))];
  }

  /* Where the part of a text begins that has most of the words. */
  function best(found) {
    const count = ({ from }) => new Set(
      found.filter((hit) => hit.from >= from && hit.to <= from + EXCERPT - BEFORE).map(({ word }) => word),
    ).size;
    return found.reduce((top, hit) => (count(hit) > count(top) ? hit : top), found[0]).from;
  }

  /* Browsers that can are led to the words themselves, which they mark; the others to the anchor alone. */
  function wordsInAddress(text, found) {
    if (!found.length || !("fragmentDirective" in document)) return "";
    const [clause] = text.slice(best(found)).split(/[.!?:;,()“”] |[.!?:;]$/);
    const [start] = clause.match(/^\S+(?: \S+){0,3}/) ?? [""];
    return `:~:text=${encodeURIComponent(start).replaceAll("-", "%2D")}`;
  }

  function excerpt(text, found) {
    const start = found.length ? Math.max(0, best(found) - BEFORE) : 0;
    const from = start ? text.indexOf(" ", start) + 1 : 0;
    const cut = text.length > from + EXCERPT ? text.lastIndexOf(" ", from + EXCERPT) : text.length;
    const to = cut > from ? cut : text.length;
    const parts = marked(text, found, from, to);
    return made("p", { className: "excerpt" }, from ? "… " : "", ...parts, to < text.length ? " …" : "");
  }

  function item({ pages, passages }, { id, match }) {
    const [place, kind, anchor, title, text] = passages[id];
    const [address, page] = pages[place];
    const terms = new Set(Object.keys(match));
    const found = hits(text, terms);
    const fragment = anchor + wordsInAddress(text, found);
    const href = fragment ? `${address}#${fragment}` : address;
    const link = made("a", { href }, ...marked(title, hits(title, terms)));
    const label = made("span", { className: "kind" }, KINDS[kind].name);
    const where = made("p", { className: "place" }, label, kind === "page" ? "" : page);
    const apart = Object.values(match).flat().every((field) => field === "unseen");
    const shown = apart ? made("p", { className: "excerpt" }, "In what it answers to your guess.") : excerpt(text, found);
    return made("li", {}, where, link, shown);
  }

  function show(texts, found, list) {
    list.append(...found.slice(0, FIRST).map((each) => item(texts, each)));
    if (found.length <= FIRST) return;
    const others = found.slice(FIRST);
    const more = made("button", { type: "button", className: "more" }, `Show the other ${others.length}`);
    more.addEventListener("click", () => {
      more.remove();
      const items = others.map((each) => item(texts, each));
      list.append(...items);
      items[0].querySelector("a").focus();
    });
    list.after(more);
  }

  /* ---- The page ---- */

  function load(src) {
    return new Promise((resolve, reject) => {
      document.head.append(made("script", { src, onload: resolve, onerror: reject }));
    });
  }

  function said(asked) {
    const signs = [...asked];
    return `“${signs.length > LONGEST_SAID ? `${signs.slice(0, LONGEST_SAID).join("")}…` : asked}”`;
  }

  function answer(asked, words, { found, told }) {
    if (found.length) {
      const places = found.length === 1 ? "1 place" : `${found.length} places`;
      return `${told || `Found for ${said(asked)}:`} ${places}${found.length > 1 ? ", the best first." : "."}`;
    }
    const why = !words.length && /\p{L}/u.test(asked) ? " It is in nearly every sentence." : "";
    return `Nothing found for ${said(asked)}.${why}`;
  }

  let ready; // once texts and engine are there
  function loaded(needs) {
    ready ??= needs.reduce((before, src) => before.then(() => load(src)), Promise.resolve())
      .then(() => index(api.texts));
    return ready;
  }

  async function ask(asked) {
    const results = document.getElementById("search-results");
    const told = results.querySelector("[role=status]");
    document.title = document.title.replace(/^(“.*” – )?/s, asked ? `${said(asked)} – ` : "");
    results.querySelector(".hint").hidden = Boolean(asked);
    results.querySelectorAll(".found > *, .more").forEach((old) => old.remove());
    told.textContent = "";
    if (!asked) return;
    try {
      await loaded(results.dataset.needs.split(" "));
    } catch {
      ready = undefined;
      told.textContent = "The search could not be loaded. Load the page again.";
      return;
    }
    if (asked !== here()) return; // meanwhile another word was looked for
    const words = wanted(asked); // once the texts are there: they bring the simplified signs
    const outcome = words.length ? look(api.texts, words, asked) : { found: [], told: "" };
    told.textContent = answer(asked, words, outcome);
    show(api.texts, outcome.found, results.querySelector("ol"));
  }

  const tidy = (text) => text.trim().replace(/\s+/g, " ");
  const here = () => tidy(new URLSearchParams(location.search).get("q") ?? "");

  function begin() {
    const box = document.getElementById("bar-search");
    const arrive = () => {
      box.value = here();
      ask(box.value);
    };
    box.form.addEventListener("submit", (event) => {
      event.preventDefault();
      history.pushState(null, "", `?${new URLSearchParams({ q: box.value })}`);
      arrive();
    });
    addEventListener("popstate", arrive);
    arrive();
    if (!box.value) box.focus();
  }

  document.addEventListener("DOMContentLoaded", begin);
  const api = { texts: undefined };
  return api;
})();
