/* What the reader's record comes to, in numbers and in words; for Start and for My book. */
const RecordWords = (() => {
  "use strict";
  const of = (record, table, slug) => Object.entries(record[table]).filter(([, entry]) => entry.page === slug);
  const page = (record, slug) => (Object.hasOwn(record.pages, slug) ? record.pages[slug] : {});

  /* What is there of a page. It may have lost questions since they were answered: then those answered count. */
  function count(record, slug) {
    const [quiz, explorers] = ["quiz", "explorers"].map((table) => of(record, table, slug).map(([, entry]) => entry));
    const { questions = 0, challenges = 0, read } = page(record, slug);
    const found = explorers.filter((each) => each.found).length;
    const right = quiz.filter((each) => each.result === "right").length;
    return {
      right, found, questions: Math.max(questions, quiz.length), challenges: Math.max(challenges, found),
      begun: Boolean(read) || quiz.length + explorers.length > 0,
    };
  }

  /* From 0 to 1; a page without questions and challenges has no end. */
  function share({ right, found, questions, challenges }) {
    return questions + challenges ? (right + found) / (questions + challenges) : 0;
  }

  function progress({ right, found, questions, challenges }) {
    const told = [];
    if (questions) told.push(`${right} of ${questions} questions`);
    if (challenges) told.push(`${found} of ${challenges} challenges`);
    return told.join(", ");
  }

  const some = (number, one, more) => (number ? [`${number} ${number === 1 ? one : more}`] : []);
  function listed(parts) {
    return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  }

  /* All that a record holds of its reader; empty if that is nothing. */
  function holds(record) {
    const [explorers, quiz, pages] = ["explorers", "quiz", "pages"].map((table) => Object.values(record[table]));
    return listed([
      ...some(Object.keys(record.verdicts).length, "claim judged", "claims judged"),
      ...some(quiz.length, "question answered", "questions answered"),
      ...some(explorers.filter((each) => each.guess).length, "guess", "guesses"),
      ...some(explorers.filter((each) => each.found).length, "challenge met", "challenges met"),
      ...some(explorers.filter((each) => each.state).length, "explorer as you left it", "explorers as you left them"),
      ...some(pages.filter((each) => each.place).length, "place where you stopped", "places where you stopped"),
    ]);
  }

  return { count, holds, of, page, progress, share };
})();
