// What a chapter does beyond being read, and what its figures and questions do: the way through it, copying a command,
// choosing a variant; the contents' search. Without this script everything is still on the page.
(function () {
  "use strict";
  const root = document.documentElement;
  const each = (selector, within, action) => within.querySelectorAll(selector).forEach(action);
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  each(".keys", document, (keys) => { keys.hidden = false; });

  const memory = window.bookMemory;
  const page = memory.page;

  // Where the reader is -----------------------------------------------------------------------------------------
  // The address names the step, its variant, and the frame of its figure: `#merges`, `#merges.3`, `#experiment/2.3`.
  const marks = new Map();
  each(".steps a", document, (link) => marks.set(link.getAttribute("href").slice(1), link));
  const sections = [...document.querySelectorAll("section.step[id]")];
  let here = "";

  // Variants: one is shown, chosen by its button.
  each(".variants", document, (variants) => {
    const section = variants.closest(".step");
    const all = [...variants.querySelectorAll(".variant")];
    const buttons = [...section.querySelectorAll(".variant-button")];
    const choose = (index) => {
      all.forEach((variant, place) => variant.classList.toggle("chosen", place === index));
      buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(place === index)));
    };
    variants.choose = choose;
    section.querySelector(".variant-buttons").hidden = false;
    buttons.forEach((button, index) => button.addEventListener("click", () => {
      // Frames that correspond stay in step.
      const frame = frameOf(all.find((one) => one.classList.contains("chosen")));
      choose(index);
      each(`.set .dot[value="${frame}"]`, all[index], (dot) => dot.click());
      here = section.id;
      keepPlace();
    }));
  });

  // Two figures of one step: where the window is too low for both, one is shown, chosen by its button.
  each(".several", document, (shown) => {
    const placed = [...shown.querySelectorAll(":scope > .placed")];
    const buttons = [...shown.querySelectorAll(".figure-button")];
    const choose = (index) => {
      placed.forEach((one, place) => one.classList.toggle("chosen", place === index));
      buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(place === index)));
    };
    choose(0);
    buttons.forEach((button, index) => button.addEventListener("click", () => choose(index)));
  });

  // The frame that is seen, of the first figure in sight.
  function frameOf(within) {
    const set = within && [...within.querySelectorAll(".placed .set")].find((one) => one.offsetParent !== null);
    const frames = set ? [...set.querySelectorAll(".frame")] : [];
    return Math.max(0, frames.findIndex((one) => one.classList.contains("current")));
  }

  function place() {
    const section = document.getElementById(here);
    if (!section) return "";
    const variant = [...section.querySelectorAll(".variant")].findIndex((one) => one.classList.contains("chosen"));
    const frame = frameOf(section);
    return `#${here}${variant > 0 ? `/${variant + 1}` : ""}${frame > 0 ? `.${frame + 1}` : ""}`;
  }

  function keepPlace() {
    const hash = place();
    if (hash !== location.hash) {
      try {
        history.replaceState(null, "", hash || location.pathname + location.search);
      } catch (error) {
        // Some pages from a file have no history of their own.
      }
    }
    each("a.tool[hreflang]", document, (link) => { link.href = link.getAttribute("href").split("#")[0] + hash; });
    if (!sections.length) return;
    const title = document.querySelector("h1");
    memory.write({ page, hash, title: title ? title.textContent.replace(/\s+/g, " ").trim() : page });
    const last = sections[sections.length - 1];
    if (here === last.id) {
      const read = memory.read().read || {};
      read[page] = true;
      memory.write({ read });
    }
  }

  function arrive() {
    const [, id, variant, frame] = /^([^/.]*)(?:\/(\d+))?(?:\.(\d+))?/.exec(decodeURIComponent(location.hash.slice(1)));
    const section = id && document.getElementById(id);
    if (!section || !section.matches("section.step")) return;
    here = id;
    const variants = section.querySelector(".variants");
    if (variants && variants.querySelectorAll(".variant")[Number(variant) - 1]) variants.choose(Number(variant) - 1);
    section.scrollIntoView({ behavior: "instant" });
    const index = Number(frame) - 1;
    if (index > 0) each(`.set .dot[value="${index}"]`, section, (dot) => dot.click());
  }

  function notice() {
    const line = window.innerHeight * 0.4;
    let current = "";
    for (const section of sections) if (section.getBoundingClientRect().top <= line) current = section.id;
    const atEnd = window.innerHeight + window.scrollY >= root.scrollHeight - 4;
    if (atEnd && sections.length) current = sections[sections.length - 1].id;
    if (current === here) return;
    here = current;
    marks.forEach((link, id) => {
      if (id === here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    keepPlace();
  }

  if (sections.length > 0) {
    arrive();
    let waiting = false;
    here = "";
    notice();
    window.addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      window.setTimeout(() => { waiting = false; notice(); }, 120);
    }, { passive: true });
    window.addEventListener("hashchange", arrive);
    document.addEventListener("click", (event) => {
      if (event.target.closest(".controls")) window.setTimeout(keepPlace, 0);
    });
    document.addEventListener("keyup", (event) => {
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") keepPlace();
    });
  }
  if (!calm()) root.classList.add("moves");

  // What scrolls sideways can be scrolled by keyboard.
  function reach() {
    each(".formula, .table, .prose pre", document, (box) => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }
  reach();
  window.addEventListener("resize", reach);

  // Contents: how far the reader is, and what is found --------------------------------------------------------------
  each(".finding", document, (finding) => {
    const known = memory.read();
    const read = known.read || {};
    const lines = [...document.querySelectorAll(".line a")];
    let done = 0;
    for (const line of lines) {
      if (!read[line.getAttribute("href")]) continue;
      done += 1;
      line.querySelector(".done").hidden = false;
    }
    const resume = finding.querySelector(".resume");
    if (known.page && lines.some((line) => line.getAttribute("href") === known.page)) {
      const link = resume.querySelector("a");
      const title = lines.find((line) => line.getAttribute("href") === known.page);
      link.href = known.page + (known.hash || "");
      link.textContent += ` ${title.querySelector(".line-number").textContent} `
        + title.querySelector(".line-title").textContent;
      resume.hidden = false;
    }
    const progress = finding.querySelector(".progress");
    if (done > 0) {
      progress.textContent = progress.dataset.word.replace("{done}", done).replace("{count}", lines.length);
      progress.hidden = false;
    }

    const input = finding.querySelector("input");
    const list = finding.querySelector(".found");
    const scripts = JSON.parse(finding.querySelector("script.scripts").textContent);
    const pages = [];
    let loading = null;
    window.bookSections = (address, parts) => { pages.push([address, parts]); };
    function load() {
      if (!loading) {
        loading = Promise.all(scripts.map((address) => new Promise((resolve) => {
          const script = document.createElement("script");
          script.src = address;
          script.onload = script.onerror = resolve;
          document.head.append(script);
        }))).then(() => pages.sort((one, other) =>
          lines.findIndex((line) => line.getAttribute("href") === one[0])
          - lines.findIndex((line) => line.getAttribute("href") === other[0])));
      }
      return loading;
    }
    function tell(text, words, from, length) {
      const before = text.slice(Math.max(0, from - 40), from);
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, from + length);
      words.append((from > 40 ? "…" : "") + before, mark, text.slice(from + length, from + length + 60));
    }
    function find() {
      const wanted = input.value.trim().toLowerCase();
      list.textContent = "";
      list.hidden = wanted.length === 0;
      if (!wanted) return;
      let count = 0;
      for (const [address, parts] of pages) {
        for (const [anchor, title, text] of parts) {
          const whole = `${title} · ${text}`;
          const from = whole.toLowerCase().indexOf(wanted);
          if (from < 0 || count >= 30) continue;
          count += 1;
          const item = document.createElement("li");
          const link = document.createElement("a");
          link.href = address + (anchor ? `#${anchor}` : "");
          link.textContent = `${address.split("-")[0]} ${title}`;
          const words = document.createElement("p");
          tell(whole, words, from, wanted.length);
          item.append(link, words);
          list.append(item);
        }
      }
      if (count === 0) {
        const item = document.createElement("li");
        item.textContent = input.dataset.word;
        list.append(item);
      }
    }
    input.hidden = false;
    input.addEventListener("input", () => load().then(find));
    // A browser may have kept what was typed.
    if (input.value) load().then(find);
  });

  // Commands ----------------------------------------------------------------------------------------------------
  function copyText(text, element) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // A page opened from a file has no clipboard of its own: select, and copy the selection.
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  each(".command", document, (line) => {
    const button = line.querySelector("button.copy");
    const code = line.querySelector("code");
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      copyText(code.textContent, code).then(() => {
        button.textContent = button.dataset.copied;
        window.setTimeout(() => { button.textContent = label; }, 1600);
      }, () => {});
    });
  });
})();
