/* What the reader's record comes to, in numbers and in words; for Start and for My book. */
const RecordWords = (() => {
  "use strict";
  const of = (record, table, slug) => Object.entries(record[table]).filter(([, entry]) => entry.page === slug);
  const page = (record, slug) => (Object.hasOwn(record.pages, slug) ? record.pages[slug] : {});

  const isSolved = ({ result, solved }) => result === "right" || Boolean(solved);

  /* What is there of a page. It may have lost questions since they were answered: then those answered count. */
  function count(record, slug) {
    const [quiz, explorers] = ["quiz", "explorers"].map((table) => of(record, table, slug).map(([, entry]) => entry));
    const { questions = 0, challenges = 0, read } = page(record, slug);
    const unmarked = quiz.filter((each) => !each.result).length; // of a book without solutions
    const found = explorers.filter((each) => each.found).length;
    const right = quiz.filter(isSolved).length;
    const guessed = explorers.filter((each) => each.guess).length;
    const judged = of(record, "verdicts", slug).filter(([, each]) => each.before || each.after).length;
    const done = quiz.length + explorers.filter((each) => each.guess || each.step || each.found).length;
    return {
      right, found, done, guessed, judged, unmarked, questions: Math.max(questions, quiz.length), challenges: Math.max(challenges, found),
      begun: Boolean(read) || quiz.length + explorers.length + judged > 0,
    };
  }

  /* From 0 to 1; a page without questions and challenges has no end. */
  function share({ right, found, questions, challenges }) {
    return questions + challenges ? (right + found) / (questions + challenges) : 0;
  }

  function progress({ right, found, unmarked, questions, challenges }) {
    const told = unmarked ? [`${unmarked} of ${questions} questions answered`] : [];
    if (questions && !unmarked) told.push(`${right} of ${questions} questions right`);
    if (challenges) told.push(`${found} of ${challenges} challenges`);
    return told.join(", ");
  }

  const some = (number, one, more) => (number ? [`${number} ${number === 1 ? one : more}`] : []);
  function listed(parts) {
    return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  }

  /* What has no right or wrong to be counted, and is a mark of the reader's all the same. */
  function marks({ guessed, judged }) {
    return listed([...some(guessed, "guess", "guesses"), ...some(judged, "claim judged", "claims judged")]);
  }

  const judged = (record) => Object.values(record.verdicts).filter(({ before, after }) => before || after);

  /* All that a record holds of its reader; empty if that is nothing. */
  function holds(record) {
    const [explorers, quiz, pages] = ["explorers", "quiz", "pages"].map((table) => Object.values(record[table]));
    return listed([
      ...some(judged(record).length, "claim judged", "claims judged"),
      ...some(quiz.length, "question answered", "questions answered"),
      ...some(explorers.filter((each) => each.guess).length, "guess", "guesses"),
      ...some(explorers.filter((each) => each.found).length, "challenge met", "challenges met"),
      ...some(explorers.filter((each) => each.state).length, "explorer as you left it", "explorers as you left them"),
      ...some(pages.filter((each) => each.place).length, "place where you stopped", "places where you stopped"),
    ]);
  }

  /* What became of the reader's mind: claims judged after reading, against the own first judgement and the book's. */
  function mind(record) {
    const after = judged(record).filter((each) => each.after);
    if (!after.length) return "";
    const changed = after.filter((each) => each.before && each.before !== each.after).length;
    const agreed = after.filter((each) => each.book === each.after).length;
    const told = [`changed your mind on ${changed}`, `agree with the book on ${agreed}`];
    return `Of ${after.length} ${after.length === 1 ? "claim" : "claims"} judged after reading you ${told.join(" and ")}.`;
  }

  const number = (id) => Number(id.match(/\d+$/)?.[0] ?? 0); // of "quiz-spread-3"

  /* The answers to a page's questions, in the page's order. */
  const answers = (record, slug) => of(record, "quiz", slug).sort(([one], [other]) => number(one) - number(other));

  /* Ids of the questions of a page that were answered and never right. */
  const retries = (record, slug) => answers(record, slug).filter(([, each]) => each.result && !isSolved(each)).map(([id]) => id);
  const toRetry = (ids) => `${ids.length} ${ids.length === 1 ? "question" : "questions"} to try again`;

  return { answers, count, holds, marks, mind, number, of, page, progress, retries, share, toRetry };
})();
