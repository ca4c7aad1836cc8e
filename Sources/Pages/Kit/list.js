// All figures of a folder as a list that can be searched. `open` shows one of them, by its name, and says whether it can.
function listOfFigures(list, figures, reader, open) {
  "use strict";
  const search = document.querySelector("input[type=search]");
  const all = document.querySelector("button.all");
  let isListed = false;
  let texts = null;

  function listAll(isOn) {
    isListed = isOn;
    list.hidden = !isOn;
    reader.hidden = isOn;
    all.setAttribute("aria-pressed", String(isOn));
  }

  function filter() {
    texts ??= figures.map((figure) =>
      [figure.name, figure.head === null ? "" : `h${figure.head}`, figure.title, ...figure.steps, ...figure.frames.flat()].join(" ").toLowerCase());
    const asked = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    figures.forEach((figure, place) => {
      const isFound = asked.every((word) => texts[place].includes(word));
      const entry = document.getElementById(figure.name);
      if (entry.hidden === isFound) entry.hidden = !isFound;
      if (isFound) count += 1;
    });
    for (const section of list.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
    list.querySelector(".none").hidden = count > 0;
    if (asked.length > 0) listAll(true);
  }

  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const first = list.querySelector("li:not([hidden])");
    if (first) open(first.id);
  });
  all.addEventListener("click", () => listAll(!isListed));

  list.addEventListener("click", (event) => {
    const entry = event.target.closest("li");
    if (!event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (open(entry.id)) event.preventDefault();
  });

  return { listAll, isListed: () => isListed, controls: [search, all] };
}
