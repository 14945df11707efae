/* The guess of an explorer: asked, noted, told. Once told it stays so, until the reader guesses again. */
const ExplorerGuess = (() => {
  "use strict";
  const MODEL = "◆ "; // in words, as in the picture

  return class {
    constructor(explorer) {
      this.explorer = explorer;
      this.data = explorer.data;
      this.box = explorer.part("guess");
      this.options = [...this.box.querySelectorAll(".mx-option")];
      this.options.forEach((button, i) => button.addEventListener("click", () => this.commit(i)));
      this.part("skip").addEventListener("click", () => this.skip());
      this.part("set").addEventListener("click", () => {
        explorer.go(this.data.at);
        this.part("again").focus({ preventScroll: true }); // for the button pressed is gone
      });
      this.part("again").addEventListener("click", () => this.askAgain());
      this.reserveForReply();
    }

    part(name) {
      return this.box.querySelector(`.mx-${name}`);
    }

    get step() {
      return this.box.dataset.step;
    }

    set step(step) {
      this.box.dataset.step = step;
      if (step !== "ask") this.explorer.setChallenge();
    }

    option(i) {
      return this.options[i].textContent;
    }

    commit(choice) {
      this.keepFirst();
      this.hold(choice, "noted");
      this.mark(this.explorer.state);
      this.part(this.step === "told" ? "again" : "set").focus({ preventScroll: true });
      this.explorer.tell();
    }

    skip() {
      this.keepFirst();
      this.hold(undefined, "told");
      this.mark(this.explorer.state);
      this.part("again").focus({ preventScroll: true });
      this.explorer.tell();
    }

    hold(choice, step) {
      this.guessed = choice;
      this.options.forEach((button, i) => button.setAttribute("aria-pressed", String(i === choice)));
      this.step = step;
      this.part("yours").textContent = choice === undefined ? "No guess." : this.yours(choice);
      if (step === "told") this.reply(this.told());
      this.answer();
    }

    /* The guess that was made before the model had answered; empty, if there was none. */
    keepFirst() {
      if (this.record) this.first ??= this.record.guess ?? "";
    }

    /* The last guess stays on record while the reader is asked again, and the first for good. */
    keep() {
      const guess = this.guessed === undefined ? undefined : this.option(this.guessed);
      this.record = {
        asked: this.asked, right: this.option(this.data.right), step: this.step,
        ...(guess !== undefined && { guess }),
        ...(this.first !== undefined && this.first !== (guess ?? "") && { first: this.first }),
      };
    }

    /* A guess as it was kept, in words; where others are asked or offered by now, it is passed over. */
    restore({ asked, first, guess, step }) {
      const choice = guess === undefined ? undefined : this.options.findIndex((_, i) => this.option(i) === guess);
      if (asked !== this.asked || choice === -1 || !step || (choice === undefined && step !== "told")) return;
      this.first = first;
      this.hold(choice, step);
    }

    get asked() {
      const [, ...words] = this.part("question").childNodes; // the first says “Guess first.”
      return words.map((node) => node.textContent).join("").trim();
    }

    /* From the start, where neither the picture nor its marks give the answer. */
    askAgain() {
      this.step = "ask";
      this.reply("");
      this.explorer.reset();
      this.mark(this.explorer.state);
      this.options[this.guessed ?? 0].focus({ preventScroll: true });
    }

    /* With each move and each guess: what is still to be done, or, where it has been done, the answer. */
    answer() {
      if (this.step === "noted") {
        const steps = this.stepsFrom(this.explorer.state);
        if (steps.length) this.reply(this.noted(steps));
        else {
          this.step = "told";
          this.reply(this.told());
        }
      }
      if (this.step !== "ask") this.keep();
      this.lineUp();
    }

    lineUp() {
      this.part("set").classList.toggle("mx-done", this.stepsFrom(this.explorer.state).length === 0);
    }

    stepsFrom(state) {
      return this.data.at.flatMap((i, k) =>
        (state[k] === i ? [] : [`set “${this.explorer.label(k)}” to ${this.data.axes[k].texts[i]}`]));
    }

    /* What marks the reader's guess in the picture, if anything does. */
    sign(choice) {
      return this.data.marks ? `${this.data.marks.signs[choice]} ` : "";
    }

    yours(choice) {
      return `${this.sign(choice)}Your guess: ${this.option(choice)}`;
    }

    noted(steps) {
      return `Noted. Now ${steps.join(" and ")} and see.`;
    }

    told(guessed = this.guessed) {
      const right = this.option(this.data.right);
      const model = this.data.marks ? MODEL : "";
      if (guessed === undefined) return `${model}The model: ✓ ${right}. ${this.data.because}`;
      const yours = this.sign(guessed);
      if (guessed === this.data.right) return `✓ ${yours}${model}Right: ${right}. ${this.data.because}`;
      return `✗ ${yours}You: ${this.option(guessed)}. ${model}The model: ✓ ${right}. ${this.data.because}`;
    }

    /* The model's sign is seen in the words as long as its mark is in the picture; it is not read out,
       so that the reply is not when it comes and goes. */
    reply(text) {
      const box = this.part("reply");
      if (box.textContent === text) return;
      const [before, after] = text.split(MODEL);
      box.textContent = before;
      if (after === undefined) return;
      const sign = document.createElement("span");
      sign.className = "mx-model-sign";
      sign.setAttribute("aria-hidden", "true");
      sign.textContent = MODEL;
      box.append(sign, after);
    }

    /* Invisible copies of the longest texts keep the box as high as it will ever be. */
    reserveForReply() {
      const choices = this.options.map((_, i) => i);
      const longest = (texts) => texts.reduce((one, other) => (other.length > one.length ? other : one));
      const line = longest(choices.map((i) => this.yours(i)));
      const started = this.stepsFrom(this.explorer.defaults().map(() => -1)).filter((_, k) => this.data.at[k] !== this.data.axes[k].default);
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
        this.box.append(copy);
      }
    }

    /* The reader's option and, where the model has answered, its value. Each picture is new, so they are drawn anew. */
    mark(state) {
      this.explorer.part("marks")?.remove();
      const { marks, at } = this.data;
      const told = this.step === "told" && this.explorer.index(state) === this.explorer.index(at);
      this.box.toggleAttribute("data-answered", told);
      if (!marks || this.step === "ask") return;
      const lines = [
        this.guessed === undefined ? "" : `<path class="mx-yours-mark" d="${marks.yours[this.guessed]}"/>`,
        told ? `<path class="mx-model-mark" d="${marks.model}"/>` : "",
      ];
      this.explorer.querySelector(".mx-picture svg").insertAdjacentHTML("beforeend", `<g class="mx-marks">${lines.join("")}</g>`);
    }
  };
})();
