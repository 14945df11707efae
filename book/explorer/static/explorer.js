/* <model-explorer>: shows the state its controls ask for, out of frames compiled while the book was built.
   A classic script without fetch or modules, so that it works from file:// too. It computes no model. */
(() => {
  "use strict";
  const QUIET = 700; // ms without a move before the sentence is announced
  const WRITTEN = 400; // ms between two states in the address: Safari allows 100 in 30 s
  const TURNED = 8; // px that a finger travels before a swipe has a direction
  const MARKS = { yours: "▬", model: "◆" }; // in words as in the picture

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

  const unbroken = (text) => text.replaceAll(" %", "\u00a0%");

  const readable = (cell) => {
    if (typeof cell !== "number") return unbroken(cell);
    const digits = Math.max(4, String(Math.trunc(Math.abs(cell))).length);
    return String(Number(cell.toPrecision(digits)));
  };

  /* A cell of a file for tables; where a comma stands for the point, a semicolon stands between cells. */
  const csvCell = (cell, mark) => {
    const text = typeof cell === "number" && mark === ";" ? String(cell).replace(".", ",") : String(cell);
    return text.includes(mark) || /["\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };

  const meta = (name) => document.querySelector(`meta[name="explorer-${name}"]`)?.content;

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

  /* What the reader's options and the model's value are in the picture: a bar and a diamond on an axis. */
  const bar = ({ axis, at }, [from, to]) => {
    const end = Math.max(to, from + 4);
    return axis === "x" ? `M${from} ${at - 3}H${end}` : `M${at + 3} ${from}V${end}`;
  };
  const diamond = ({ axis, at, model }) => {
    const [x, y] = axis === "x" ? [model, at - 3] : [at + 3, model];
    return `M${x - 7} ${y}L${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}z`;
  };

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
      if (this.part("guess")) this.bindGuess();
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
      this.answerGuess();
      this.labelControls();
      this.remember();
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
      this.state = [...state];
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
      this.mark(state);
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
      const text = this.data.met.includes(index) ? `✓ Found. ${this.data.found}` : this.notFound;
      if (found.textContent !== text) found.textContent = text;
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

    /* ---- The guess: asked, noted, told. Once told it stays so, until the reader guesses again. ---- */

    bindGuess() {
      this.options = [...this.querySelectorAll(".mx-option")];
      this.options.forEach((button, i) => button.addEventListener("click", () => this.commit(i)));
      this.part("skip").addEventListener("click", () => this.skip());
      this.part("set").addEventListener("click", () => this.go(this.data.at));
      this.part("again").addEventListener("click", () => this.askAgain());
      addEventListener("resize", () => this.placeReply());
      this.reserveForReply();
    }

    get step() {
      return this.part("guess").dataset.step;
    }

    set step(step) {
      this.part("guess").dataset.step = step;
      if (step !== "ask") this.part("challenge")?.removeAttribute("data-waiting");
    }

    option(i) {
      return this.options[i].textContent;
    }

    commit(choice) {
      this.guessed = choice;
      this.options.forEach((button, i) => button.setAttribute("aria-pressed", String(i === choice)));
      this.step = "noted";
      this.part("yours").textContent = this.yours(choice);
      this.answerGuess();
      this.mark(this.state);
      this.part(this.step === "told" ? "again" : "set").focus({ preventScroll: true });
    }

    skip() {
      this.guessed = undefined;
      this.options.forEach((button) => button.setAttribute("aria-pressed", "false"));
      this.step = "told";
      this.part("yours").textContent = "No guess.";
      this.reply(this.told());
      this.lineUp();
      this.mark(this.state);
      this.part("again").focus({ preventScroll: true });
    }

    askAgain() {
      this.step = "ask";
      this.reply("");
      this.mark(this.state);
      this.options[this.guessed ?? 0].focus({ preventScroll: true });
    }

    /* With each move and each guess: what is still to be done, or, where it has been done, the answer. */
    answerGuess() {
      if (!this.part("guess")) return;
      if (this.step === "noted") {
        const steps = this.stepsFrom(this.state);
        if (steps.length) this.reply(this.noted(steps));
        else {
          this.step = "told";
          this.reply(this.told());
        }
      }
      this.lineUp();
    }

    /* Below the question, if the options have left it room enough there. */
    placeReply() {
      const [, below] = getComputedStyle(this.part("guess")).gridTemplateRows.split(" ");
      const needed = [...this.part("fold").children].reduce((sum, part) => sum + part.getBoundingClientRect().height, 0);
      this.part("guess").toggleAttribute("data-roomy", needed <= parseFloat(below) + 0.1);
    }

    lineUp() {
      this.part("set").classList.toggle("mx-done", this.stepsFrom(this.state).length === 0);
    }

    stepsFrom(state) {
      return this.data.at.flatMap((i, k) =>
        (state[k] === i ? [] : [`set “${this.label(k)}” to ${this.data.axes[k].texts[i]}`]));
    }

    yours(choice) {
      return `${this.data.marks ? `${MARKS.yours} ` : ""}Your guess: ${this.option(choice)}`;
    }

    noted(steps) {
      return unbroken(`Noted. Now ${steps.join(" and ")} and see.`);
    }

    told(guessed = this.guessed) {
      const right = this.option(this.data.right);
      const model = `${this.data.marks ? `${MARKS.model} ` : ""}The model`;
      if (guessed === undefined) return `${model}: ✓ ${right}. ${this.data.because}`;
      if (guessed === this.data.right) return `✓ Right: ${right}. ${this.data.because}`;
      return `✗ You: ${this.option(guessed)}. ${model}: ✓ ${right}. ${this.data.because}`;
    }

    reply(text) {
      if (this.part("reply").textContent === text) return;
      this.part("reply").textContent = text;
      if (this.step === "told") this.placeReply();
    }

    /* Invisible copies of the longest texts keep the box as high as it will ever be. */
    reserveForReply() {
      const choices = this.options.map((_, i) => i);
      const longest = (texts) => texts.reduce((one, other) => (other.length > one.length ? other : one));
      const line = longest(choices.map((i) => this.yours(i)));
      const started = this.stepsFrom(this.defaults().map(() => -1)).filter((_, k) => this.data.at[k] !== this.data.axes[k].default);
      for (const [step, text] of [["noted", this.noted(started)], ["told", longest(choices.map((i) => this.told(i)))]]) {
        const copy = this.part("fold").cloneNode(true);
        copy.className = `mx-fold mx-space mx-space-${step}`; // not seen, and not found by a search in the page
        copy.setAttribute("aria-hidden", "true");
        copy.querySelectorAll("button").forEach((button) => {
          const span = document.createElement("span");
          span.className = "mx-button";
          span.textContent = button.textContent;
          button.replaceWith(span);
        });
        const [yours, reply] = [copy.querySelector(".mx-yours"), copy.querySelector(".mx-reply")];
        yours.textContent = line;
        reply.textContent = text;
        reply.removeAttribute("role");
        this.part("guess").append(copy);
      }
    }

    /* The reader's option and, where the model has answered, its value. Each picture is new, so they are drawn anew. */
    mark(state) {
      this.part("marks")?.remove();
      const { marks, at } = this.data;
      if (!marks || !this.part("guess") || this.step === "ask") return;
      const told = this.step === "told" && this.index(state) === this.index(at);
      const lines = [
        this.guessed === undefined ? "" : `<path class="mx-yours-mark" d="${bar(marks, marks.spans[this.guessed])}"/>`,
        told ? `<path class="mx-model-mark" d="${diamond(marks)}"/>` : "",
      ];
      this.querySelector(".mx-picture svg").insertAdjacentHTML("beforeend", `<g class="mx-marks">${lines.join("")}</g>`);
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

    get caption() {
      return this.closest("figure")?.querySelector("figcaption");
    }

    /* Its number and caption; without them, the page's title. */
    get heading() {
      const said = (this.caption ?? document.querySelector("h1"))?.cloneNode(true);
      said?.querySelectorAll(".headerlink").forEach((link) => link.remove());
      return said?.textContent.trim().replace(/\s+/g, " ") ?? "";
    }

    csv(mark) {
      const rows = this.frames.tables.rows(this.index(this.state));
      const source = [meta("source"), meta("licence"), new URL(this.fragment(this.state), location.href).href];
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
      link.download = `${[this.id, ...this.data.axes.map((axis, k) => axis.tokens[this.state[k]])].join("_")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      const asked = `Your browser was asked to save ${link.download}.`; // whether it did, no page is told
      if (window === window.top) this.say(`${asked} The numbers also stand under “The numbers in the picture”.`);
      else this.offer(text, `${asked} If no file comes, this frame does not allow it; take the numbers from here:`, "Numbers as CSV");
    }

    /* ---- Links to a state ---- */

    follow(queries) {
      const own = queries.map((query) => this.parse(query));
      const { state, trouble } = own.find((reading) => !reading.trouble) ?? own[0];
      if (this.index(state) !== this.index(this.state)) this.go(state);
      clearTimeout(this.unwritten); // the address says it already, or asks for what is not there
      this.unwritten = undefined;
      if (!history.state?.explored) this.scrollIntoView();
      if (trouble) tell(trouble);
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

  /* A message about the page's address, at the top of what the reader sees. */
  const tell = (text) => {
    document.querySelector(".mx-banner")?.remove();
    if (!text) return;
    const banner = document.createElement("div");
    banner.className = "mx-banner";
    banner.setAttribute("role", "alert");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => banner.remove());
    banner.append(line("", text), close);
    document.body.append(banner);
  };

  const followAddress = () => {
    const asked = readings(location.hash);
    const found = asked.map(([id]) => document.getElementById(id)).find(Boolean);
    tell("");
    if (found?.data) found.follow(asked.filter(([id]) => id === found.id).map(([, query]) => query));
    else if (asked.length && !found) tell(`The link asks for “${asked[0][0]}”, which this page does not hold.`);
  };

  /* ?embed=name: that explorer alone with its title and its source, for a frame in a learning platform. */
  const embed = () => {
    const name = new URLSearchParams(location.search).get("embed");
    if (name === null) return;
    const explorer = document.getElementById(name);
    if (explorer?.localName !== "model-explorer") {
      tell(`The address asks for “${name}” alone, which this page does not hold. This is the whole page.`);
      return;
    }
    document.documentElement.classList.add("mx-embed");
    for (let node = explorer; node !== document.body; node = node.parentElement) {
      node.classList.add("mx-kept");
      for (const other of node.parentElement.children) {
        if (other !== node && other.localName !== "figcaption") other.classList.add("mx-hidden");
      }
    }
    if (!explorer.caption) explorer.before(line("mx-title", explorer.heading));
    explorer.after(sourceLine(explorer));
    reportHeight(explorer);
  };

  const line = (name, ...parts) => {
    const made = document.createElement("p");
    made.className = name;
    made.append(...parts);
    return made;
  };

  const sourceLine = (explorer) => {
    const link = document.createElement("a");
    link.href = `${location.pathname}#${explorer.id}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = meta("source") ?? document.title;
    return line("mx-source", "From ", link, meta("licence") ? `, ${meta("licence")}` : "");
  };

  /* The page around learns how high its frame would have to be. */
  const reportHeight = (explorer) => {
    if (window === window.top) return;
    new ResizeObserver(() => {
      const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
      parent.postMessage({ type: "model-explorer-height", id: explorer.id, height }, "*");
    }).observe(document.body);
  };

  customElements.define("model-explorer", ModelExplorer);
  followAddress();
  embed();
  addEventListener("hashchange", followAddress);
})();
