// What a chapter does beyond being read and what its figures do: the way through it, copying a command, and a quiz that
// answers. Without this script everything is still on the page.
(function () {
  "use strict";
  const root = document.documentElement;
  const each = (selector, within, action) => within.querySelectorAll(selector).forEach(action);
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  each(".keys", document, (keys) => { keys.hidden = false; });

  // What the device remembers: the place last read, and which chapters were read to their end. A page opened from a file
  // may not be allowed to remember anything.
  const memory = {
    key: "glassformer-course",
    read() {
      try {
        return JSON.parse(window.localStorage.getItem(this.key)) || {};
      } catch (error) {
        return {};
      }
    },
    write(change) {
      try {
        window.localStorage.setItem(this.key, JSON.stringify(Object.assign(this.read(), change)));
      } catch (error) {
        // It is forgotten when the page is closed.
      }
    },
  };
  const page = decodeURIComponent(location.pathname.split("/").pop() || "");

  // Where the reader is -----------------------------------------------------------------------------------------
  // The address names the step, and the frame of its figure: `#merges` or `#merges.3`.
  const marks = new Map();
  each(".steps a", document, (link) => marks.set(link.getAttribute("href").slice(1), link));
  const sections = [...document.querySelectorAll("section.step[id]")];
  let here = "";

  function place() {
    const section = document.getElementById(here);
    const set = section && [...section.querySelectorAll(".set")].find((one) => one.offsetParent !== null);
    const frames = set ? [...set.querySelectorAll(".frame")] : [];
    const frame = frames.findIndex((one) => one.classList.contains("current"));
    return here ? `#${here}${frame > 0 ? `.${frame + 1}` : ""}` : "";
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
    const [id, frame] = decodeURIComponent(location.hash.slice(1)).split(".");
    const section = id && document.getElementById(id);
    if (!section || !section.matches("section.step")) return;
    here = id;
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

  // Quiz --------------------------------------------------------------------------------------------------------
  each(".question", document, (question) => {
    const form = question.querySelector("form");
    const answer = question.querySelector("details.answer");
    const verdict = form.querySelector("output");
    form.querySelector("button").hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = form.querySelector("input:checked");
      each(".choice", form, (choice) => choice.classList.remove("is-right", "is-wrong"));
      if (!chosen) {
        verdict.textContent = form.dataset.word;
        return;
      }
      const isRight = chosen.value === form.dataset.answer;
      chosen.closest(".choice").classList.add(isRight ? "is-right" : "is-wrong");
      verdict.textContent = isRight ? form.dataset.right : form.dataset.wrong;
      verdict.classList.toggle("good", isRight);
      // A wrong try gives its hint, and opens no answer.
      each(".hint", form, (hint) => { hint.hidden = isRight || !chosen.closest(".choice").contains(hint); });
      if (!isRight) return;
      each(".measure", form, (measure) => { measure.hidden = false; });
      answer.open = true;
    });
  });

  // Variants ----------------------------------------------------------------------------------------------------
  each(".variants", document, (variants) => {
    const all = [...variants.querySelectorAll(".variant")];
    const buttons = [...variants.querySelectorAll(".variant-button")];
    function choose(index) {
      all.forEach((variant, place) => { variant.hidden = place !== index; });
      buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(place === index)));
    }
    variants.querySelector(".variant-buttons").hidden = false;
    each(".variant-label", variants, (label) => { label.hidden = true; });
    buttons.forEach((button, index) => button.addEventListener("click", () => choose(index)));
    choose(0);
  });
})();
