/* Start for a reader who comes back: where to go on, and how far each station of the map is filled.
   Where a link leads stands in the page; the record only says which one, and adds a place on it. */
(() => {
  "use strict";
  const stations = [...document.querySelectorAll(".station.open")];

  function fill(station, record) {
    const told = station.querySelector(".station-told");
    told.dataset.time ??= told.textContent;
    const counted = RecordWords.count(record, station.dataset.page);
    const share = RecordWords.share(counted);
    station.classList.toggle("begun", counted.begun);
    station.classList.toggle("finished", share === 1);
    station.style.setProperty("--done", String(share));
    const done = [counted.done ? RecordWords.progress(counted) : "", RecordWords.marks(counted)].filter(Boolean);
    told.textContent = done.join("; ") || told.dataset.time;
  }

  /* Where the reader has been to the end, or has done all there is. */
  function isRead(station, record) {
    const { page } = station.dataset;
    return Boolean(RecordWords.page(record, page).end) || RecordWords.share(RecordWords.count(record, page)) === 1;
  }

  function lead(door, words, station, record) {
    const link = station.querySelector("a");
    const { place, heading } = RecordWords.page(record, station.dataset.page);
    door.href = link.getAttribute("href") + (place ? `#${encodeURIComponent(place)}` : "");
    const told = { lead: words, title: link.textContent, place: heading ?? (place ? "" : station.querySelector(".station-told").dataset.time) };
    Object.entries(told).forEach(([part, text]) => { door.querySelector(`.begin-${part}`).textContent = text; });
  }

  function goOn(door, record) {
    const last = stations.findIndex((each) => each.dataset.page === record.last);
    if (last < 0) return;
    const ahead = [...stations.slice(last), ...stations.slice(0, last)].find((each) => !isRead(each, record));
    const here = stations[last];
    if (!ahead || ahead === here) lead(door, "Continue:", here, record);
    else lead(door, "Next:", ahead, record);
  }

  /* Below the door: what became of the reader's mind, and which questions are still to be answered. */
  function tellMore(door, record) {
    let line = document.querySelector(".begin-more");
    const links = stations.map((station) => {
      const ids = RecordWords.retries(record, station.dataset.page);
      if (!ids.length) return "";
      const [link, name] = [document.createElement("a"), station.querySelector("a")];
      link.href = `${name.getAttribute("href")}#${encodeURIComponent(ids[0])}`;
      link.textContent = `${name.textContent}: ${RecordWords.toRetry(ids)}`;
      return link;
    });
    const parts = [RecordWords.mind(record), ...links].filter(Boolean);
    if (!line && parts.length) {
      line = document.createElement("p");
      line.className = "begin-more";
      door.parentElement.after(line);
    }
    line?.replaceChildren(...parts.flatMap((part) => [part, " "]));
  }

  function show() {
    const record = BookMemory.read();
    stations.forEach((station) => fill(station, record));
    const door = document.querySelector(".begin a");
    if (!door) return;
    goOn(door, record);
    tellMore(door, record);
  }

  document.addEventListener("book-memory", show);
  document.addEventListener("DOMContentLoaded", show);
})();
