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
      this.part("message").textContent = text;
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
      history.replaceState(null, "", this.fragment(this.state));
      const copied = navigator.clipboard?.writeText(location.href) ?? Promise.reject();
      copied.then(
        () => this.say("Link copied."),
        () => this.say("The address bar now holds the link."),
      );
    }

    download() {
      const text = this.frames.tables.rows(this.index(this.state))
        .map((row) => row.map(csvCell).join(",")).join("\r\n");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`${text}\r\n`], { type: "text/csv" }));
      link.download = `${[this.id, ...this.data.axes.map((axis, k) => axis.tokens[this.state[k]])].join("_")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }

    /* The state in the address: #name?axis=value&axis=value. A name alone is an ordinary anchor. */
    follow() {
      const [id, query] = location.hash.slice(1).split("?");
      this.say("");
      if (query === undefined) return;
      if (id === this.id) {
        const { state, trouble } = this.parse(query);
        if (this.index(state) !== this.index(this.state)) this.go(state);
        this.say(trouble);
        this.scrollIntoView();
      } else if (document.querySelector("model-explorer") === this && !document.getElementById(id)) {
        this.say(`The link asks for “${id}”, which this page does not hold.`);
      }
    }

    parse(query) {
      const state = this.defaults();
      for (const [name, value] of new URLSearchParams(query)) {
        const k = this.data.axes.findIndex((axis) => axis.name === name);
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
