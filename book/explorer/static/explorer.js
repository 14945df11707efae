/* <model-explorer>: shows the state its controls ask for, out of frames compiled while the book was built.
   A classic script without fetch or modules, so that it works from file:// too. It computes no model. */
(() => {
  "use strict";
  const QUIET = 700; // ms without a move before the sentence is announced
  const WRITTEN = 400; // ms between two states in the address: Safari allows 100 in 30 s
  const TURNED = 8; // px that a finger travels before a swipe has a direction

  /* The inverse of packed() in frames.py: every frame as a list of line numbers. */
  const unpack = (pack) => {
    let now = pack.frames[0];
    return pack.frames.map((change, i) => {
      if (i === 0) return now;
      if (Array.isArray(change[0])) now = change[0];
      else {
        now = now.slice();
        for (let k = 0; k < change.length; k += 2) now[change[k]] = change[k + 1];
      }
      return now;
    });
  };

  /* The texts of tables as `typeset` in signs.py sets them; a file of numbers holds them plain. */
  const TYPE = [
    [/(?<=\S)\s%/g, "\u00a0%"],
    [/(?<![^\s([/,:;~≈=<>±×·|–—])-(?=[\d.]*\d)/g, "\u2212"],
    [/(?<![^\s([/–—“"])'(?!\s)/g, "‘"],
    [/'/g, "’"],
    [/(?<![^\s([/–—‘])"(?!\s)/g, "“"],
    [/"/g, "”"],
  ];
  const typeset = (text) => TYPE.reduce((so, [sign, put]) => so.replace(sign, put), text);

  const NUMBERS = new Intl.NumberFormat("en", { maximumFractionDigits: 20 }); // 12,389 and 0.0000005, no 5e-7
  const readable = (cell) => {
    if (typeof cell !== "number") return typeset(cell);
    const digits = Math.max(4, String(Math.trunc(Math.abs(cell))).length);
    return NUMBERS.format(Number(cell.toPrecision(digits))).replace("-", "\u2212");
  };

  /* A cell of a file for tables; where a comma stands for the point, a semicolon stands between cells. */
  const csvCell = (cell, mark) => {
    const text = typeof cell === "number" && mark === ";" ? String(cell).replace(".", ",") : String(cell);
    return text.includes(mark) || /["\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };

  /* Numbers out of whole steps from one to the next, counted in the last of their decimals. */
  const summed = (steps, decimals) => {
    let sum = 0;
    return steps.map((step) => {
      sum += step;
      return decimals > 0 ? sum / 10 ** decimals : sum * 10 ** -decimals;
    });
  };

  class Frames {
    constructor(pack) {
      this.lines = pack.lines;
      this.frames = unpack(pack);
    }
    text(index, joint) {
      return this.frames[index].map((line) => this.lines[line]).join(joint);
    }
    rows(index) {
      return this.frames[index].map((line) => JSON.parse(this.lines[line]));
    }
  }

  class ModelExplorer extends HTMLElement {
    connectedCallback() {
      if (this.data) return;
      try {
        this.data = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
      } catch {
        this.querySelectorAll(".mx-panel, .mx-guess, .mx-challenge, .mx-foot").forEach((part) => part.remove());
        this.say("This page is damaged: its controls cannot work. The picture shows the starting state.");
        return;
      }
      this.controls = [...this.querySelectorAll(".mx-control :is(input, select)")];
      this.notFound = this.part("found")?.textContent;
      this.state = this.defaults();
      this.bind();
      if (this.part("guess")) this.guess = new ExplorerGuess(this);
    }

    defaults() {
      return this.data.axes.map((axis) => axis.default);
    }

    /* Taken apart only when first needed: a page with five explorers opens as fast as one with none. */
    get frames() {
      this.unpacked ??= {
        pictures: new Frames(this.data.pictures),
        sentences: new Frames(this.data.sentences),
        tables: new Frames(this.data.tables),
        lines: new Frames(this.data.lines),
      };
      return this.unpacked;
    }

    part(name) {
      return this.querySelector(`.mx-${name}`);
    }

    bind() {
      this.controls.forEach((control, k) => {
        control.addEventListener("input", () => this.take(k));
        if (control.type === "range") this.mindSwipes(control, k);
      });
      this.querySelectorAll(".mx-reset").forEach((button) => button.addEventListener("click", () => this.reset()));
      this.part("link")?.addEventListener("click", (event) => this.copyLink(event));
      this.querySelectorAll(".mx-csv").forEach((button) =>
        button.addEventListener("click", () => this.download(button.dataset.mark)));
      addEventListener("beforeprint", () => this.show(this.defaults()));
      addEventListener("afterprint", () => this.show(this.state));
      addEventListener("pagehide", () => this.write());
    }

    take(k) {
      const control = this.controls[k];
      if (control.undecided) return;
      this.state[k] = control.type === "checkbox" ? Number(control.checked) : Number(control.value);
      this.moved();
    }

    /* A finger that comes down on a slider may mean the page: nothing moves before it is known to go sideways,
       and a swipe that turns out to scroll leaves the slider where it stood. */
    mindSwipes(control, k) {
      let start;
      control.addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "touch") return;
        start = { x: event.clientX, y: event.clientY };
        control.undecided = true;
      });
      control.addEventListener("pointermove", (event) => {
        if (!control.undecided) return;
        const [across, along] = [Math.abs(event.clientX - start.x), Math.abs(event.clientY - start.y)];
        if (across > TURNED && across > along) this.decide(control, k);
      });
      control.addEventListener("pointerup", () => control.undecided && this.decide(control, k));
      control.addEventListener("change", () => control.undecided && this.decide(control, k));
      control.addEventListener("pointercancel", () => {
        if (!control.undecided) return;
        control.value = this.state[k];
        setTimeout(() => { // an input event may come after
          control.undecided = false;
          control.value = this.state[k];
        });
      });
    }

    decide(control, k) {
      control.undecided = false;
      if (Number(control.value) !== this.state[k]) this.take(k);
    }

    /* A move by the reader: drawn with the next frame of the screen, however many events come before. */
    moved() {
      this.say("");
      this.guess?.answer();
      this.labelControls();
      this.remember();
      this.tell();
      this.pending ??= requestAnimationFrame(() => {
        this.pending = undefined;
        this.show(this.state);
        this.announce();
      });
    }

    reset() {
      this.go(this.defaults());
      this.write();
    }

    go(state) {
      this.set(state);
      this.moved();
    }

    set(state) {
      this.state = [...state];
      this.controls.forEach((control, k) => {
        if (control.type === "checkbox") control.checked = Boolean(state[k]);
        else control.value = state[k];
      });
    }

    labelControls() {
      this.data.axes.forEach((axis, k) => {
        const control = this.controls[k];
        if (control.type !== "range") return;
        control.setAttribute("aria-valuetext", axis.texts[this.state[k]]);
        control.previousElementSibling.value = axis.texts[this.state[k]];
      });
    }

    index(state) {
      return this.data.axes.reduce((index, axis, k) => index * axis.texts.length + state[k], 0);
    }

    show(state) {
      const index = this.index(state);
      this.part("picture").innerHTML = this.frames.pictures.text(index, "\n");
      this.guess?.mark(state);
      this.part("sentence").textContent = this.frames.sentences.text(index, "");
      const [, ...rows] = this.frames.tables.rows(index);
      this.querySelector("tbody").replaceChildren(...rows.map((row) => {
        const line = document.createElement("tr");
        row.forEach((cell) => { line.insertCell().textContent = readable(cell); });
        return line;
      }));
      this.part("link")?.setAttribute("href", this.fragment(state));
      this.find(index);
      this.dataset.state = index;
      this.toggleAttribute("data-moved", index !== this.index(this.defaults()));
      this.reserve(this.part("words")); // last: it asks the browser to lay the page out
    }

    /* The longest text in letters is not always the tallest: a box that has grown stays so, at this width. */
    reserve(box) {
      const { width, height } = box.getBoundingClientRect();
      if (width !== box.reservedAt) box.style.minHeight = "";
      else if (height > parseFloat(box.style.minHeight || 0)) box.style.minHeight = `${height}px`;
      box.reservedAt = width;
    }

    find(index) {
      const found = this.part("found");
      if (!found) return;
      const own = this.index(this.state) === index; // not the start, for paper
      if (own && index !== this.chanced) this.chanced = undefined;
      const met = this.data.met.includes(index) && !this.challengeWaits && index !== this.chanced;
      const before = this.found;
      this.found ||= met && own;
      const text = met ? `✓ Found. ${this.data.found}` : this.found ? "✓ Found before." : this.notFound;
      if (found.textContent !== text) found.textContent = text;
      if (this.found && !before) this.tell();
    }

    get challengeWaits() {
      return this.part("challenge").hasAttribute("data-waiting");
    }

    /* The challenge is set once the guess is made. Where the reader stands by chance, nothing is found yet. */
    setChallenge() {
      if (!this.part("challenge") || !this.challengeWaits) return;
      this.part("challenge").removeAttribute("data-waiting");
      const here = this.index(this.state);
      if (!this.found) this.chanced = here;
      this.find(here);
    }

    /* ---- What the page around may keep, and give back another day ---- */

    tell() {
      this.dispatchEvent(new CustomEvent("model-explorer", { bubbles: true }));
    }

    get record() {
      const state = this.data.axes.map((axis, k) => [axis.name, axis.tokens[this.state[k]]]);
      return {
        ...(this.index(this.state) !== this.index(this.defaults()) && { state: Object.fromEntries(state) }),
        ...this.guess?.record,
        ...((this.found || this.guess?.record) && this.part("task") && { challenge: this.part("task").textContent }),
        ...(this.found && { found: true }),
      };
    }

    /* Quietly: nothing is announced, told or written. A link has the last word, and what a record asks
       for that is no longer here is passed over. */
    restore(record) {
      const asked = record.state && !this.linked && this.parse(new URLSearchParams(record.state));
      if (asked && !asked.trouble) this.set(asked.state);
      this.found = Boolean(record.found) && record.challenge === this.part("task")?.textContent;
      this.guess?.restore(record);
      this.labelControls();
      if (this.index(this.state) !== this.index(this.defaults())) this.show(this.state);
      else {
        this.guess?.mark(this.state);
        this.find(this.index(this.state));
      }
    }

    announce() {
      clearTimeout(this.timer);
      this.part("live").textContent = "";
      this.timer = setTimeout(() => {
        this.part("live").textContent = this.part("sentence").textContent;
      }, QUIET);
    }

    say(text) {
      this.part("offer")?.remove();
      this.part("message").textContent = text;
    }

    /* What the browser may have refused to copy or save, for the reader to take by hand. */
    offer(text, said, name) {
      this.say(said);
      const field = document.createElement("textarea");
      field.className = "mx-offer";
      field.readOnly = true;
      field.value = text;
      field.setAttribute("aria-label", name);
      this.part("message").after(field);
      field.select();
    }

    label(k) {
      return this.controls[k].labels[0].textContent;
    }

    /* ---- The address, which holds what is seen ---- */

    fragment(state) {
      const pairs = this.data.axes.map((axis, k) => `${axis.name}=${encodeURIComponent(axis.tokens[state[k]])}`);
      return pairs.length ? `#${this.id}?${pairs.join("&")}` : `#${this.id}`;
    }

    remember() {
      this.unwritten ??= setTimeout(() => this.write(), WRITTEN);
    }

    /* Written over the present entry of the browser's history, with a note that no link has led here. */
    write() {
      if (this.unwritten === undefined) return;
      clearTimeout(this.unwritten);
      this.unwritten = undefined;
      const starting = this.index(this.state) === this.index(this.defaults());
      const own = location.hash === `#${this.id}` || location.hash.startsWith(`#${this.id}?`);
      if (starting && !own) return;
      const fragment = starting ? `#${this.id}` : this.fragment(this.state);
      try { history.replaceState({ ...history.state, explored: true }, "", fragment); } catch { /* a frame without an origin */ }
    }

    copyLink(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens the link elsewhere
      event.preventDefault();
      this.write();
      const link = new URL(this.fragment(this.state), location.href).href;
      const copied = navigator.clipboard?.writeText(link) ?? Promise.reject();
      copied.then(
        () => this.say("Link copied."),
        () => this.offer(link, "Your browser lets this page copy nothing. The link to this state:", "Link to this state"),
      );
    }

    /* ---- The numbers as a file ---- */

    /* What the page says of the book that it belongs to. */
    get book() {
      const meta = (name) => document.querySelector(`meta[name="explorer-${name}"]`)?.content;
      return { source: meta("source"), licence: meta("licence") };
    }

    get caption() {
      return this.closest("figure")?.querySelector("figcaption");
    }

    /* Its number and caption; without them, the page's title. */
    get heading() {
      const said = (this.caption ?? document.querySelector("h1"))?.cloneNode(true);
      said?.querySelectorAll(".headerlink").forEach((link) => link.remove());
      return said?.textContent.trim().replace(/\s+/g, " ") ?? "";
    }

    /* The named lines of the picture, a point a row; the inverse of line_rows() in lines.py. */
    lines() {
      const packed = this.frames.lines.rows(this.index(this.state));
      const rows = [];
      let labels;
      for (let i = 0; i < packed.length; i += 3) {
        const [[name, x, y, ...decimals], ...steps] = packed.slice(i, i + 3);
        if (labels !== `${x} ${y}`) {
          labels = `${x} ${y}`;
          const [across, up] = decimals.map((to) => summed([1], to));
          rows.push([`# Lines of the picture, rounded to ${across} across and ${up} up`], ["line", x, y]);
        }
        const [xs, ys] = steps.map((each, k) => summed(each, decimals[k]));
        xs.forEach((value, n) => rows.push([name, value, ys[n]]));
      }
      return rows;
    }

    csv(mark) {
      const rows = [...this.frames.tables.rows(this.index(this.state)), ...this.lines()];
      const source = [this.book.source, this.book.licence, new URL(this.fragment(this.state), location.href).href];
      const about = [
        this.heading,
        ...this.data.axes.map((axis, k) => `${this.label(k)} = ${axis.texts[this.state[k]]}`),
        `Source: ${source.filter(Boolean).join("; ")}`,
      ].filter(Boolean);
      const lines = [...about.map((line) => csvCell(`# ${line}`, mark)), ...rows.map((row) => row.map((cell) => csvCell(cell, mark)).join(mark))];
      return `${lines.join("\r\n")}\r\n`;
    }

    download(mark) {
      const text = this.csv(mark);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" })); // the mark by which Excel knows UTF-8
      const state = this.data.axes.map((axis, k) => axis.tokens[this.state[k]]);
      link.download = `${[this.id, ...state, ...(mark === ";" ? ["semicolon"] : [])].join("_")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      const asked = `Your browser was asked to save ${link.download}.`; // whether it did, no page is told
      if (window === window.top) this.say(`${asked} The numbers also stand under “The numbers in the picture”.`);
      else this.offer(text, `${asked} If no file comes, this frame does not allow it; take the numbers from here:`, "Numbers as CSV");
    }

    /* ---- Links to a state ---- */

    /* Goes to the state that a link asks for; returns what is wrong with it. */
    follow(queries) {
      this.linked = true;
      const own = queries.map((query) => this.parse(query));
      const { state, trouble } = own.find((reading) => !reading.trouble) ?? own[0];
      if (this.index(state) !== this.index(this.state)) this.go(state);
      clearTimeout(this.unwritten); // the address says it already, or asks for what is not there
      this.unwritten = undefined;
      if (history.state?.explored) return trouble;
      if (window === window.top) this.scrollIntoView();
      else scrollTo(0, scrollY + this.getBoundingClientRect().top); // the page around it stays where it is
      return trouble;
    }

    /* A word that is no control may be one mistyped, unless all of them are set: then a program that
       counts visits has appended it, and the state is whole. */
    parse(query) {
      const words = [...new URLSearchParams(query)];
      const whole = this.data.axes.every((axis) => words.some(([name]) => name === axis.name));
      const state = this.defaults();
      for (const [name, value] of words) {
        const k = this.data.axes.findIndex((axis) => axis.name === name);
        if (k < 0 && whole) continue;
        const found = this.data.axes[k]?.tokens.indexOf(value);
        if (!(found >= 0)) return { state: this.defaults(), trouble: this.trouble(name, k, value) };
        state[k] = found;
      }
      return { state, trouble: "" };
    }

    trouble(name, k, value) {
      if (k < 0) return `The link sets “${name}”, which is no control here. This is the starting state.`;
      const { texts } = this.data.axes[k];
      const held = this.controls[k].type === "range"
        ? `${texts[0]} to ${texts.at(-1)} in ${texts.length} steps` : texts.join(" or ");
      return `The link asks for ${this.label(k)} = ${value}; this page holds ${held}. This is the starting state.`;
    }
  }

  customElements.define("model-explorer", ModelExplorer);
})();
