/* What an address asks of a page with explorers: a state, or one explorer alone. After explorer.js. */
(() => {
  "use strict";

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
    if (found?.data) tell(found.follow(asked.filter(([id]) => id === found.id).map(([, query]) => query)));
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
    const { source = document.title, licence } = explorer.book;
    link.textContent = source;
    return line("mx-source", "From ", link, licence ? `, ${licence}` : "");
  };

  /* The page around learns how high its frame would have to be. */
  const reportHeight = (explorer) => {
    if (window === window.top) return;
    new ResizeObserver(() => {
      const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
      parent.postMessage({ type: "model-explorer-height", id: explorer.id, height }, "*");
    }).observe(document.body);
  };

  followAddress();
  embed();
  addEventListener("hashchange", followAddress);
})();
