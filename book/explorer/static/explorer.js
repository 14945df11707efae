/* <model-explorer>: shows the state its controls ask for, out of frames compiled while the book was built.
   A classic script without fetch or modules, so that it works from file:// too. It computes no model. */
(() => {
  "use strict";
  const QUIET = 700; // ms without a move before the sentence is announced

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

  const readable = (cell) => {
    if (typeof cell !== "number") return cell.replaceAll(" %", "\u00a0%");
    const digits = Math.max(4, String(Math.trunc(Math.abs(cell))).length);
    return String(Number(cell.toPrecision(digits)));
  };

  const csvCell = (cell) => (/[",\n]/.test(cell) ? `"${String(cell).replace(/"/g, '""')}"` : String(cell));

  /* An address is #name?axis=value&axis=value; a name alone is an ordinary anchor. Programs that pass links
     on encode what follows the #, once or more, or write & as in HTML: as it stands comes first. */
  const readings = (hash) => {
    const texts = [hash.slice(1)];
    try {
      for (let more = true; more;) {
        const text = decodeURIComponent(texts.at(-1).replaceAll("&amp;", "&"));
        more = text !== texts.at(-1);
        if (more) texts.push(text);
      }
    } catch { /* a sign % that encodes nothing: what has been read till here is all */ }
    return texts.map((text) => text.split("?")).filter(([, query]) => query !== undefined);
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
        this.querySelectorAll(".mx-panel, .mx-guess, .mx-challenge, .mx-csv").forEach((part) => part.remove());
        this.say("This page is damaged: its controls cannot work. The picture shows the starting state.");
        return;
      }
      this.controls = [...this.querySelectorAll(".mx-control :is(input, select)")];
      this.state = this.defaults();
      this.bind();
      this.follow();
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
      };
      return this.unpacked;
    }

    part(name) {
      return this.querySelector(`.mx-${name}`);
    }

    bind() {
      this.controls.forEach((control, k) => {
        control.addEventListener("input", () => {
          this.state[k] = control.type === "checkbox" ? Number(control.checked) : Number(control.value);
          this.moved();
        });
      });
      this.part("reset")?.addEventListener("click", () => this.reset());
      this.part("link")?.addEventListener("click", (event) => this.copyLink(event));
      this.part("csv").addEventListener("click", () => this.download());
      this.querySelectorAll(".mx-ranges button").forEach((button, i) =>
        button.addEventListener("click", () => this.commit(i)));
      addEventListener("hashchange", () => this.follow());
      addEventListener("beforeprint", () => this.show(this.defaults()));
      addEventListener("afterprint", () => this.show(this.state));
    }

    /* A move by the reader: drawn with the next frame of the screen, however many events come before. */
    moved() {
      this.say("");
      this.revealGuess();
      this.labelControls();
      this.pending ??= requestAnimationFrame(() => {
        this.pending = undefined;
        this.show(this.state);
        this.announce();
      });
    }

    reset() {
      if (location.hash.startsWith(`#${this.id}?`)) history.replaceState(null, "", `#${this.id}`);
      this.go(this.defaults());
    }

    go(state) {
      this.state = state;
      this.controls.forEach((control, k) => {
        if (control.type === "checkbox") control.checked = Boolean(state[k]);
        else control.value = state[k];
      });
      this.moved();
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
      this.part("sentence").textContent = this.frames.sentences.text(index, "");
      const [, ...rows] = this.frames.tables.rows(index);
      this.querySelector("tbody").replaceChildren(...rows.map((row) => {
        const line = document.createElement("tr");
        row.forEach((cell) => { line.insertCell().textContent = readable(cell); });
        return line;
      }));
      this.part("link")?.setAttribute("href", this.fragment(state));
      if (this.part("found")) {
        this.part("found").textContent = this.data.met.includes(index) ? `Found. ${this.data.found}` : "";
      }
      this.dataset.state = index;
      this.toggleAttribute("data-moved", index !== this.index(this.defaults()));
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

    commit(choice) {
      this.guessed = choice;
      this.querySelectorAll(".mx-ranges button").forEach((button, i) =>
        button.setAttribute("aria-pressed", String(i === choice)));
      const steps = this.data.at.map(([k, i]) => `set ${this.label(k)} to ${this.data.axes[k].texts[i]}`);
      this.part("because").textContent = `Noted. Now ${steps.join(" and ") || "move a control"} and see.`;
    }

    label(k) {
      return this.controls[k].labels[0].textContent;
    }

    revealGuess() {
      if (this.guessed === undefined || this.data.at.some(([k, i]) => this.state[k] !== i)) return;
      const buttons = this.querySelectorAll(".mx-ranges button");
      const verdict = this.guessed === this.data.right
        ? "You were right."
        : `The model says: ${buttons[this.data.right].textContent}.`;
      this.part("because").textContent = `${verdict} ${this.data.because}`;
      buttons[this.data.right].classList.add("mx-right");
    }

    fragment(state) {
      const pairs = this.data.axes.map((axis, k) => `${axis.name}=${encodeURIComponent(axis.tokens[state[k]])}`);
      return `#${this.id}?${pairs.join("&")}`;
    }

    copyLink(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens the link elsewhere
      event.preventDefault();
      const link = new URL(this.fragment(this.state), location.href).href;
      try { history.replaceState(null, "", link); } catch { /* a frame without an origin */ }
      const copied = navigator.clipboard?.writeText(link) ?? Promise.reject();
      copied.then(
        () => this.say("Link copied."),
        () => this.offer(link, "Your browser lets this page copy nothing. The link to this state:", "Link to this state"),
      );
    }

    download() {
      const lines = this.frames.tables.rows(this.index(this.state)).map((row) => row.map(csvCell).join(","));
      const text = `${lines.join("\r\n")}\r\n`;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      link.download = `${[this.id, ...this.data.axes.map((axis, k) => axis.tokens[this.state[k]])].join("_")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      const asked = `Your browser was asked to save ${link.download}.`; // whether it did, no page is told
      if (window === window.top) this.say(`${asked} The numbers also stand under “The numbers in the picture”.`);
      else this.offer(text, `${asked} If no file comes, this frame does not allow it; take the numbers from here:`, "Numbers as CSV");
    }

    follow() {
      const asked = readings(location.hash);
      const own = asked.filter(([id]) => id === this.id).map(([, query]) => this.parse(query));
      this.say("");
      if (own.length) {
        const { state, trouble } = own.find((reading) => !reading.trouble) ?? own[0];
        if (this.index(state) !== this.index(this.state)) this.go(state);
        this.say(trouble);
        this.scrollIntoView();
      } else if (asked.length && document.querySelector("model-explorer") === this
        && !asked.some(([id]) => document.getElementById(id))) {
        this.say(`The link asks for “${asked[0][0]}”, which this page does not hold.`);
      }
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

  /* ?embed=name: that explorer alone, for a frame in a learning platform. */
  const embed = () => {
    const name = new URLSearchParams(location.search).get("embed");
    const explorer = name && document.getElementById(name);
    if (!explorer || explorer.localName !== "model-explorer") return;
    document.documentElement.classList.add("mx-embed");
    for (let node = explorer; node !== document.body; node = node.parentElement) {
      node.classList.add("mx-kept");
      for (const other of node.parentElement.children) {
        if (other !== node) other.classList.add("mx-hidden");
      }
    }
  };

  customElements.define("model-explorer", ModelExplorer);
  embed();
})();
