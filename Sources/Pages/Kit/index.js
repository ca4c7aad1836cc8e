// A folder's figures: one of them large, in the order of the story of one head. The address keeps the place.
(function () {
  "use strict";
  const read = (selector) => dataOf(document.querySelector(selector).textContent);
  const words = read("script.words");
  const figures = read("script.figures").map((row, place) => {
    const [name, title, kind, section, head, frames, pictures, files, steps, width, height, isMap] = row;
    return { place, name, title, kind, section, head, frames, pictures, files, steps, width, height, isMap };
  });
  const shown = figures.filter((figure) => figure.pictures.length > 0);
  if (shown.length === 0) return;
  const byName = new Map(shown.map((figure) => [figure.name, figure]));
  const find = (selector) => document.querySelector(selector);
  const bar = find(".bar");
  const [sections, heads, kinds] = ["section", "head", "kind"].map((name) => find(`select[name=${name}]`));
  const [back, next, play] = ["back", "next", "play"].map((name) => find(`button[name=${name}]`));
  const map = find("button[name=map]");
  const counter = find(".counter");
  const reader = find(".reader");
  const [stage, picture, mark] = [".stage", ".picture", ".mark"].map((part) => reader.querySelector(part));
  const frameBar = reader.querySelector(".frames");
  const range = frameBar.querySelector("input");
  const list = find("#list");

  let now = null;
  let frame = 0;
  let head = null;
  let spots = [];
  let cell = -1;
  let timer = null;
  const part = (selector) => reader.querySelector(selector);
  const image = new Image();
  image.decoding = "async";
  picture.prepend(image);

  // The story ---------------------------------------------------------------------------------------------------
  // What is of no one head, and what is of the head that was chosen.
  // The whole comes first.
  const story = () => {
    const way = shown.filter((figure) => figure.head === null || figure.head === head);
    return [...way.filter((figure) => figure.isMap), ...way.filter((figure) => !figure.isMap)];
  };
  const headsOf = (section) =>
    [...new Set(shown.filter((figure) => figure.section === section && figure.head !== null).map((each) => each.head))];

  function options(select, values, chosen) {
    const box = select.closest("label");
    box.hidden = values.length < 2;
    select.replaceChildren(...values.map(([value, text]) => new Option(text, value, false, value === chosen)));
  }

  function tell() {
    const way = story();
    const place = way.indexOf(now);
    counter.textContent = `${place + 1} / ${way.length}`;
    back.disabled = place <= 0 && frame === 0;
    next.disabled = place >= way.length - 1 && frame >= now.frames.length - 1;
    sections.value = now.section;
    sections.closest("label").hidden = sections.options.length < 2;
    options(heads, headsOf(now.section).map((each) => [String(each), `H${each}`]), String(head));
    const seen = new Set();
    const own = way.filter((each) => each.section === now.section && !seen.has(each.kind + each.steps) && seen.add(each.kind + each.steps));
    options(kinds, own.map((each) => [each.name, each.title]), now.name);
    if (map) map.setAttribute("aria-pressed", String(now.isMap));
    for (const link of list.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
    const entry = document.getElementById(now.name);
    if (entry) entry.querySelector("a").setAttribute("aria-current", "true");
  }

  function address() {
    const hash = "#" + now.name + (frame > 0 ? `/${frame + 1}` : "");
    if (window.location.hash === hash) return;
    try {
      window.history.replaceState(null, "", hash);
    } catch (error) {
      // Where the address may not be kept, the page works all the same.
    }
    document.title = `${now.title} · ${find("h1").textContent} · Glassformer`;
  }

  function go(figure, at = 0) {
    if (!figure) return;
    now = figure;
    if (figure.head !== null) head = figure.head;
    const values = document.getElementById("values-" + figure.name);
    spots = values ? unfoldSpots(dataOf(values.textContent)) : [];
    reader.hidden = false;
    size();
    frameBar.hidden = figure.frames.length < 2;
    range.max = String(figure.frames.length - 1);
    part(".files").replaceChildren(
      ...figure.files.map(([format, address]) => Object.assign(document.createElement("a"), { href: address, textContent: format })),
      ...figure.steps.slice(0, 4).map((step) => Object.assign(document.createElement("code"), { textContent: step })));
    show(at);
  }

  function show(at) {
    frame = Math.max(0, Math.min(now.frames.length - 1, at));
    const source = now.pictures[Math.min(frame, now.pictures.length - 1)];
    const [caption, alt] = now.frames[frame];
    // The old picture stands until the new one can: nothing flickers.
    const wanted = new Image();
    wanted.src = source;
    const put = () => {
      if (now.pictures[Math.min(frame, now.pictures.length - 1)] === source) image.src = source;
    };
    if (wanted.decode) wanted.decode().then(put, put);
    else put();
    image.alt = alt;
    image.width = now.width;
    image.height = now.height;
    stage.setAttribute("aria-label", now.title);
    part(".caption").textContent = now.frames.length > 1 ? caption : "";
    part(".words p").textContent = alt;
    range.value = String(frame);
    range.setAttribute("aria-valuetext", words.frame.replace("{number}", frame + 1).replace("{count}", now.frames.length));
    frameBar.querySelector("output").textContent = `${frame + 1} / ${now.frames.length}`;
    point(-1);
    tell();
    address();
    const way = story();
    for (const near of [way[way.indexOf(now) + 1]]) if (near) new Image().src = near.pictures[0];
  }

  function turn(by) {
    stop();
    const target = frame + by;
    if (target >= 0 && target < now.frames.length) return show(target);
    const way = story();
    const figure = way[way.indexOf(now) + by];
    if (figure) go(figure, by < 0 ? figure.frames.length - 1 : 0);
  }

  // As large as the window lets it be, with its words in sight.
  function size() {
    const high = Math.max(260, window.innerHeight - bar.offsetHeight - (now.frames.length > 1 ? 190 : 130));
    // The words below are as wide as the picture.
    reader.style.maxWidth = `${Math.max(320, (high * now.width) / now.height)}px`;
  }

  // Frames ------------------------------------------------------------------------------------------------------
  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶";
    play.setAttribute("aria-label", words.play);
  }

  play.addEventListener("click", () => {
    if (timer) return stop();
    if (frame >= now.frames.length - 1) show(0);
    play.textContent = "❚❚";
    play.setAttribute("aria-label", words.pause);
    timer = setInterval(() => {
      if (frame >= now.frames.length - 1) stop();
      else show(frame + 1);
    }, 1400);
  });
  range.addEventListener("input", () => {
    stop();
    show(Number(range.value));
  });

  // Values ------------------------------------------------------------------------------------------------------
  const ofFrame = () => spots[Math.min(frame, spots.length - 1)] || [];

  const spotAt = (event) => spotUnder(event, picture, ofFrame());

  function point(index) {
    cell = index;
    const status = part(".status");
    const spot = ofFrame()[index];
    mark.hidden = !spot;
    status.classList.toggle("telling", Boolean(spot));
    if (!spot) {
      status.textContent = ofFrame().length > 0 ? words.hint : "";
      part(".sum").textContent = "";
      return;
    }
    layMark(mark, spot);
    const [label, value] = spot.slice(4);
    const number = document.createElement("strong");
    number.textContent = value;
    status.replaceChildren(label, value ? " " : "", number);
  }

  // A number's arithmetic; on the map, the first figure of the step that was pressed.
  function press(index) {
    const spot = ofFrame()[index];
    if (!spot) return;
    point(index);
    part(".sum").textContent = spot[6] || "";
    if (!now.isMap || !spot[7]) return;
    const target = shown.find((each) => !each.isMap && each.steps.includes(spot[7]));
    if (target) go(target);
  }

  picture.addEventListener("pointermove", (event) => {
    const index = spotAt(event);
    if (index !== cell) point(index);
  });
  picture.addEventListener("pointerleave", () => point(-1));
  picture.addEventListener("click", (event) => press(spotAt(event)));

  stage.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || ofFrame().length === 0) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (cell < 0) point(0);
      else press(cell);
    }
    if (event.key === "Escape") point(-1);
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || cell < 0) return;
    event.preventDefault();
    event.stopPropagation();
    point(nearestBox(ofFrame(), cell, way) ?? cell);
  });

  // Choices -----------------------------------------------------------------------------------------------------
  sections.addEventListener("change", () => {
    const own = shown.filter((figure) => figure.section === sections.value);
    const fits = (figure) => figure.head === null || figure.head === head;
    go(own.find((figure) => figure.kind === now.kind && fits(figure)) || own.find(fits) || own[0]);
  });
  heads.addEventListener("change", () => {
    head = Number(heads.value);
    const own = shown.filter((figure) => figure.section === now.section && figure.head === head);
    go(own.find((figure) => figure.kind === now.kind) || own[0]);
  });
  kinds.addEventListener("change", () => go(byName.get(kinds.value)));
  back.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  if (map) map.addEventListener("click", () => go(shown.find((figure) => figure.isMap)));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, summary") || index.isListed()) return;
    if (event.key === "ArrowLeft") turn(-1);
    else if (event.key === "ArrowRight") turn(1);
    else return;
    event.preventDefault();
  });

  const index = listOfFigures(list, figures, reader, (name) => {
    if (!byName.has(name)) return false;
    index.listAll(false);
    go(byName.get(name));
    window.scrollTo(0, 0);
    stage.focus({ preventScroll: true });
    return true;
  });

  // Begin -------------------------------------------------------------------------------------------------------
  function named() {
    let hash = window.location.hash.slice(1);
    try {
      hash = decodeURIComponent(hash);
    } catch (error) {
      // Not ours; it names nothing.
    }
    const [name, at] = hash.split("/");
    const figure = byName.get(name);
    if (figure) go(figure, at ? Number(at) - 1 : 0);
    return Boolean(figure);
  }

  for (const element of [find(".choices"), find(".steps"), ...index.controls]) element.hidden = false;
  const firstHead = shown.find((figure) => figure.head !== null);
  head = firstHead ? firstHead.head : null;
  index.listAll(false);
  if (!named()) go(shown.find((figure) => figure.isMap) || shown[0]);
  window.addEventListener("hashchange", named);
  window.addEventListener("resize", size);
})();
