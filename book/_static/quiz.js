/* Questions answered in the page. Answers and reasons are those folded into the page; nothing is
   sent anywhere, and what the reader answered stays in the reader's book. */
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
    if (form.dataset.kind !== "several") return show(form, "wrong", wrong.map((item) => ["Not so. ", ...reason(item)]));
    const lines = wrong.map((item) => ["Not so: “", ...wording(inputs[items.indexOf(item)]), "”. ", ...reason(item)]);
    if (missed.length && !wrong.length) lines.push("What you chose is right, but not all of it.");
    return show(form, "wrong", [...lines, ...rest(form, missed)]);
  }

  /* What more would have had to be chosen: at first how many, and all of it only at another miss. */
  function rest(form, missed) {
    if (!missed.length) return [];
    if (again.has(form)) return missed.map((input) => ["Missing: ", ...wording(input)]);
    return [missed.length === 1 ? "One more holds; try again." : `${missed.length} more hold; try again.`];
  }
  const [again, fresh] = [new WeakSet(), new WeakSet()]; // missed before, with another answer; begun anew

  const CLOSE = 0.02; // of the answer: what early rounding does, and no other mistake
  const MULTIPLE = /hundred|thousand|[mbr]illion|dozen|basis|^(k|w|m|mn|mln|bn|fen|jiao)(?![a-z])|[百千万萬亿億分角]/; // another number
  const PERIODS = [/year|年/, /month|月/, /week|周|週/, /day|天|日/];
  const periods = (text) => PERIODS.filter((period) => period.test(text)).join();
  const close = (text) => text.normalize("NFKC").replace(/\s/g, "").replace("−", "-").toLowerCase();
  // The number, and what stands behind it: its unit in the reader's words, with no number of its own but the unit's.
  function split(typed, unit) {
    const count = unit.match(/\bof (\d+)$/)?.[1]; // "years of 100"
    const whole = count ? close(typed).replace(RegExp(`(outof|of|in)${count}$`), "") : close(typed);
    const [, bare = "", behind = ""] = whole.match(/^(?:[¥€$£]|rmb)?([-+\d.,]+)((?:[\p{L}%¥€$£]\D*)?)$/u) ?? [];
    return [bare, behind];
  }
  // A number of something else: of thousands, or of a year where a month was asked for.
  function isOther(typed, unit) {
    const [, behind] = split(typed, unit);
    const scaled = MULTIPLE.test(behind) && !close(unit).startsWith(behind);
    return scaled || (periods(behind) && periods(unit) && periods(behind) !== periods(unit));
  }
  // "12,5" and "1,250" may both be meant as written in Europe or in Britain: each reading is tried.
  function readings(typed, unit) {
    const bare = isOther(typed, unit) ? "" : split(typed, unit)[0];
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
    const typed = readings(field.value, field.dataset.unit);
    if (!typed.length) {
      field.setAttribute("aria-invalid", "true");
      const { unit } = field.dataset;
      return tell(form, [isOther(field.value, unit) ? `The question asks for ${unit || "a number"}.` : "Give a number, such as 12.5."]);
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

  /* ---- Answers in the reader's book: their words, for another edition may have other choices ---- */

  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const asked = (form) => words(form.querySelector("legend")).replace(/^\d+\. /, "").slice(0, 500);
  const isNumeric = (form) => form.dataset.kind === "numeric";
  const fields = (form) => [...form.querySelectorAll("fieldset input")];
  const option = (input) => words(input.nextElementSibling).slice(0, 500);

  function given(form) {
    if (isNumeric(form)) return [fields(form)[0].value.trim()];
    return fields(form).filter((input) => input.checked).map(option);
  }
  const plainly = (answer) => answer.map((text) => text.replace(/\.$/, "")).join("; ");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const entryOf = (form) => BookMemory.read().quiz[form.id];
  const isSolved = ({ result, solved } = {}) => result === "right" || Boolean(solved);

  /* The last answer, the first where another has come since, and whether it ever was right. */
  function keep(form) {
    const entry = { page: BookMemory.page, asked: asked(form), answer: given(form) };
    if (!isOpen(form)) entry.result = form.dataset.result;
    BookMemory.write(({ quiz }) => {
      const { first, ...old } = quiz[form.id]?.asked === entry.asked ? quiz[form.id] : {};
      const { answer = entry.answer, result = entry.result } = old;
      if (entry.result && result && (first || !same(answer, entry.answer))) entry.first = first ?? { answer, result };
      if (isSolved(old) && !isSolved(entry)) entry.solved = true;
      quiz[form.id] = entry;
    });
  }
  function noteMiss(form, { answer, first, result } = {}) {
    const anew = fresh.delete(form); // after a new beginning what was answered before does not count
    const missed = first?.result === "wrong" || (result === "wrong" && !same(answer, given(form)));
    if (missed && !anew) again.add(form);
  }
  /* A book without solutions has no key in its page: an answer is kept, and nobody says what it is. */
  const isOpen = (form) => !form.querySelector("details");
  const isGiven = (form) => (isNumeric(form) ? readings(given(form)[0], fields(form)[0].dataset.unit) : given(form)).length > 0;
  function take(form) {
    if (!isGiven(form)) return tell(form, [isNumeric(form) ? "Give a number, such as 12.5." : "Choose an answer first."]);
    return show(form, "kept", ["Your answer is kept. Your teacher has the key."]);
  }
  function mark(form) {
    if (isOpen(form)) return take(form);
    const items = [...form.querySelectorAll("details li")];
    return isNumeric(form) ? checkNumber(form, items) : checkChoices(form, items);
  }
  function restore(form, entry) {
    const answer = entry?.answer ?? [];
    if (!answer.length) return;
    const there = isNumeric(form)
      ? entry.asked === asked(form)
      : answer.every((text) => fields(form).some((input) => option(input) === text));
    if (!there) return tell(form, [`In another edition you answered: ${plainly(answer)}.`]);
    if (isNumeric(form)) [fields(form)[0].value] = answer;
    else fields(form).forEach((input) => { input.checked = answer.includes(option(input)); });
    noteMiss(form, entry);
    mark(form);
  }
  function clear(form) {
    touched.add(form);
    fresh.add(form);
    again.delete(form);
    form.reset();
    forget(form);
  }
  function forget(form) { // an old answer's comment must not stand by a new one
    delete form.dataset.result;
    fields(form).forEach((input) => input.removeAttribute("aria-invalid"));
    tell(form, []);
  }
  const touched = new WeakSet(); // while the reader is at them, what is kept does not come between
  const isUntouched = (form) => !touched.has(form) && !form.dataset.result;

  /* ---- The frame: how many are right, and one question after another or all ---- */

  const way = () => (BookMemory.wish("quiz-way") === "all" ? "all" : "one");

  const part = ({ frame }, name) => frame.querySelector(`.quiz-${name}`);

  function counted(forms, answered, right) {
    if (forms.some(isOpen)) return `${answered} of ${forms.length} answered; your teacher has the key`;
    return answered ? `${right} of ${forms.length} right, ${answered} answered` : `${forms.length} questions`;
  }
  function count(quiz) {
    const { forms } = quiz;
    const kept = BookMemory.read().quiz;
    const answered = forms.filter((form) => form.dataset.result);
    const right = answered.filter((form) => form.dataset.result === "right" || isSolved(kept[form.id]));
    part(quiz, "count").textContent = counted(forms, answered.length, right.length);
    quiz.cleared = quiz.cleared && forms.some((form) => !form.dataset.result && kept[form.id]);
    part(quiz, "again").textContent = quiz.cleared ? "Bring my answers back" : "Begin again";
    part(quiz, "again").hidden = !answered.length && !quiz.cleared;
    listRetries(quiz, answered.filter((form) => !right.includes(form) && !isOpen(form)));
  }

  /* Which questions to try again, each a link. */
  function listRetries(quiz, wrong) {
    const line = part(quiz, "retry");
    const links = wrong.map((form) => {
      const [link, index] = [document.createElement("a"), quiz.forms.indexOf(form)];
      link.href = `#${form.id}`;
      link.textContent = `question ${index + 1}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(quiz, index);
      });
      return link;
    });
    line.hidden = !links.length;
    line.replaceChildren("To try again:", ...links.flatMap((link) => [" ", link]));
  }

  function lay(quiz) {
    const { forms, here } = quiz;
    const all = way() === "all";
    forms.forEach((form, index) => {
      if (all || index === here) form.removeAttribute("hidden");
      else form.setAttribute("hidden", "until-found"); // the browser's own search looks into it
    });
    part(quiz, "steps").hidden = all;
    part(quiz, "here").textContent = `${here + 1} of ${forms.length}`;
    part(quiz, "back").disabled = here === 0;
    part(quiz, "next").disabled = here === forms.length - 1;
  }

  function go(quiz, index) {
    quiz.here = index;
    lay(quiz);
    const group = quiz.forms[index].querySelector("fieldset");
    group.tabIndex = -1;
    group.focus();
  }

  function arrive(quiz, target) {
    const index = quiz.forms.findIndex((form) => form.contains(target));
    if (index < 0) return false;
    quiz.here = index;
    lay(quiz);
    return true;
  }
  function follow(quiz) { // an address that leads to a question shows it
    const target = document.getElementById(location.hash.slice(1));
    if (target && arrive(quiz, target)) target.scrollIntoView();
  }

  function recall(quiz) {
    const kept = BookMemory.read().quiz;
    quiz.forms.filter(isUntouched).forEach((form) => restore(form, kept[form.id]));
    count(quiz);
  }

  /* Empties the page of answers; what is kept stays, until another answer takes its place. */
  function beginAgain(quiz) {
    if (quiz.cleared) {
      quiz.forms.filter((form) => !form.dataset.result).forEach((form) => touched.delete(form));
      quiz.cleared = false;
      return recall(quiz);
    }
    quiz.cleared = true;
    quiz.forms.forEach(clear);
    count(quiz);
    return go(quiz, 0);
  }

  function listen(quiz) {
    quiz.forms.forEach((form) => {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        noteMiss(form, entryOf(form));
        mark(form);
        touched.add(form);
        if (form.dataset.result) keep(form);
        form.querySelector(".quiz-told").scrollIntoView({ block: "nearest" }); // a phone may end above it
      });
      form.addEventListener("input", () => {
        touched.add(form);
        forget(form);
        count(quiz);
      });
    });
    part(quiz, "again").addEventListener("click", () => beginAgain(quiz));
    part(quiz, "back").addEventListener("click", () => go(quiz, quiz.here - 1));
    part(quiz, "next").addEventListener("click", () => go(quiz, quiz.here + 1));
    quiz.frame.addEventListener("beforematch", ({ target }) => arrive(quiz, target));
    addEventListener("hashchange", () => follow(quiz));
    document.addEventListener("book-memory", () => recall(quiz));
  }

  function initFrame(frame) {
    const quiz = { frame, forms: [...frame.querySelectorAll("form.quiz")], here: 0, cleared: false };
    frame.querySelectorAll("button").forEach((button) => { button.hidden = false; });
    frame.querySelectorAll("input[name=quiz-way]").forEach((input) => {
      input.checked = input.value === way();
      input.addEventListener("change", () => {
        BookMemory.wish("quiz-way", input.value);
        lay(quiz);
      });
    });
    const retry = document.createElement("p");
    retry.className = "quiz-retry";
    part(quiz, "steps").before(retry); // below the questions: what is read does not move
    part(quiz, "bar").hidden = false;
    listen(quiz);
    recall(quiz);
    quiz.here = Math.max(0, quiz.forms.findIndex((form) => !form.dataset.result));
    lay(quiz);
    follow(quiz);
  }

  document.querySelectorAll(".quiz-frame").forEach(initFrame);
})();
