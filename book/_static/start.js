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
    told.textContent = (counted.begun && RecordWords.progress(counted)) || told.dataset.time;
  }

  function goOn(door, record) {
    const station = stations.find((each) => each.dataset.page === record.last);
    if (!station) return;
    const link = station.querySelector("a");
    const { place, heading } = RecordWords.page(record, record.last);
    door.href = link.getAttribute("href") + (place ? `#${encodeURIComponent(place)}` : "");
    const told = { lead: "Continue:", title: link.textContent, place: heading ?? "" };
    Object.entries(told).forEach(([part, words]) => { door.querySelector(`.begin-${part}`).textContent = words; });
  }

  function show() {
    const record = BookMemory.read();
    stations.forEach((station) => fill(station, record));
    const door = document.querySelector(".begin a");
    if (door) goOn(door, record);
  }

  document.addEventListener("book-memory", show);
  document.addEventListener("DOMContentLoaded", show);
})();
