/* Instead of Sphinx's own, which keeps the words searched for in storage, and so breaks the search
   where that is switched off. The search asks for this one name. */
const SPHINX_HIGHLIGHT_ENABLED = false;
