/* Questions answered in the page. Answers and reasons are those folded into the page; nothing is
   sent anywhere. */
(() => {
  "use strict";
  function tell(form, lines) {
    const told = form.querySelector(".quiz-told");
    told.replaceChildren(...lines.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.append(...(Array.isArray(line) ? line : [line]));
      return paragraph;
    }));
  }
  const reason = (item) => [...item.querySelector(".why").cloneNode(true).childNodes];
  const wording = (input) => [...input.nextElementSibling.cloneNode(true).childNodes];
  const isRight = (item) => item.dataset.right === "true";

  function checkChoices(form, items) {
    const inputs = [...form.querySelectorAll("fieldset input")];
    if (!inputs.some((input) => input.checked)) return tell(form, ["Choose an answer first."]);
    const wrong = items.filter((item, index) => inputs[index].checked && !isRight(item));
    const missed = inputs.filter((input, index) => !input.checked && isRight(items[index]));
    if (!wrong.length && !missed.length) {
      return show(form, "right", items.filter(isRight).map((item) => ["Right. ", ...reason(item)]));
    }
    const lines = wrong.map((item) => ["Not so. ", ...reason(item)]);
    if (form.dataset.kind === "several" && missed.length) {
      if (!wrong.length) lines.push("What you chose is right, but not all of it.");
      lines.push(...missed.map((input) => ["Missing: ", ...wording(input)]));
    }
    return show(form, "wrong", lines);
  }

  const CLOSE = 0.02; // of the answer: what early rounding does, and no other mistake
  // "12,5" and "1,250" may both be meant as written in Europe or in Britain: each reading is tried.
  function readings(typed, unit) {
    const plain = typed.normalize("NFKC").replace(/\s/g, "").replace("−", "-");
    const bare = unit && plain.endsWith(unit) ? plain.slice(0, -unit.length) : plain;
    const thousands = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(bare) ? [bare.replaceAll(",", "")] : [];
    return [...thousands, bare.replace(",", ".")]
      .filter((text) => /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text));
  }

  // The answer rounded, or cut off, to fewer decimals than were asked for.
  function isCoarse(text, answer, decimals) {
    const places = (text.split(".")[1] ?? "").length;
    const cut = Math.trunc(answer * 10 ** places) / 10 ** places;
    return places < decimals && [answer.toFixed(places), cut.toFixed(places)].map(Number).includes(Number(text));
  }

  function checkNumber(form, items) {
    const field = form.querySelector("fieldset input");
    const typed = readings(field.value, field.dataset.unit.replace(/\s/g, ""));
    if (!typed.length) {
      field.setAttribute("aria-invalid", "true");
      return tell(form, ["Give a number, such as 12.5."]);
    }
    const off = (item, number) => Math.abs(number - item.dataset.value) - item.dataset.tolerance * (1 + 1e-9);
    const met = items.find((item) => typed.some((text) => off(item, Number(text)) <= 0));
    if (met) return show(form, isRight(met) ? "right" : "wrong", [[isRight(met) ? "Right. " : "Not so. ", ...reason(met)]]);
    const [answer, decimals] = [Number(items.find(isRight).dataset.value), Number(field.dataset.decimals)];
    const coarse = typed.find((text) => isCoarse(text, answer, decimals));
    if (coarse !== undefined) {
      const asked = decimals === 1 ? "one decimal" : `${decimals} decimals`;
      return show(form, "near", [`Right as far as it goes, but rounded too far: give ${asked}.`]);
    }
    if (decimals && typed.some((text) => Math.abs(text - answer) <= CLOSE * Math.abs(answer))) {
      return show(form, "near", ["Close, but not the number. Round at the end only, and less on the way."]);
    }
    return show(form, "wrong", ["Not so. This number comes from none of the usual mistakes; try again."]);
  }

  function show(form, result, lines) {
    form.dataset.result = result;
    tell(form, lines);
  }

  function initQuiz(form) {
    const items = [...form.querySelectorAll("details li")];
    form.querySelector("button").hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.dataset.kind === "numeric") checkNumber(form, items);
      else checkChoices(form, items);
    });
    form.addEventListener("input", ({target}) => { // an old answer's comment must not stand by a new one
      delete form.dataset.result;
      target.removeAttribute("aria-invalid");
      tell(form, []);
    });
  }

  document.querySelectorAll("form.quiz").forEach(initQuiz);
})();
