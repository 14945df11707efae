/* Sphinx looks words up in plain objects, in which "constructor" finds what every object inherits.
   Here they inherit one thing: the method that its search calls. No word, all being in lower case, meets it. */
{
  const { setIndex } = Search;
  const { hasOwnProperty } = Object.prototype;
  Search.setIndex = (index) => {
    const bare = Object.assign(Object.create(null), { hasOwnProperty });
    [index.terms, index.titleterms].forEach((words) => Object.setPrototypeOf(words, bare));
    setIndex(index);
  };
}
