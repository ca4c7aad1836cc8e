// What a page does beyond being read: frames one at a time, exact values under the pointer or the focus,
// the theme, copying a command, and a quiz that answers. Without this script everything is still on the page.
(function () {
  "use strict";
  const root = document.documentElement;
  const each = (selector, within, action) => within.querySelectorAll(selector).forEach(action);
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Theme -------------------------------------------------------------------------------------------------------
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;

  each("button.theme", document, (button) => {
    button.hidden = false;
    const tell = () => button.setAttribute("aria-pressed", String(isDark()));
    tell();
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      tell();
      try {
        window.localStorage.setItem("glassformer-theme", root.dataset.theme);
      } catch (error) {
        // A page opened from a file may have no memory.
      }
    });
  });
  each(".keys", document, (keys) => { keys.hidden = false; });

  // Figures -----------------------------------------------------------------------------------------------------
  class Figure {
    constructor(element) {
      this.element = element;
      this.frames = [...element.querySelectorAll(".frame")];
      this.dots = [...element.querySelectorAll(".dot")];
      this.status = element.querySelector(".status");
      this.hint = this.status.textContent;
      this.svg = element.querySelector(".download-svg");
      const data = element.querySelector("script.spots");
      this.spots = data ? JSON.parse(data.textContent) : [];
      this.current = 0;
      this.cell = -1;
      this.prepareFrames();
      this.prepareValues();
      this.show(0);
    }

    prepareFrames() {
      const controls = this.element.querySelector(".controls");
      if (!controls) return;
      controls.hidden = false;
      this.element.classList.add("steps-through");
      controls.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        if (button.name === "previous") this.turn(-1);
        else if (button.name === "next") this.turn(1);
        else this.show(Number(button.value));
      });
      const [previous, next] = controls.querySelectorAll(".turn-frame");
      this.previous = previous;
      this.next = next;
      // A swipe turns the frame, where the picture itself does not scroll.
      let start = null;
      this.element.addEventListener("touchstart", (event) => {
        const stage = event.target.closest(".stage");
        start = stage && stage.scrollWidth <= stage.clientWidth + 1 ? event.changedTouches[0].clientX : null;
      }, { passive: true });
      this.element.addEventListener("touchend", (event) => {
        if (start === null) return;
        const moved = event.changedTouches[0].clientX - start;
        if (Math.abs(moved) > 48) this.turn(moved < 0 ? 1 : -1);
      }, { passive: true });
    }

    turn(by) {
      const target = this.current + by;
      if (target < 0 || target >= this.frames.length) return false;
      this.show(target);
      return true;
    }

    show(index) {
      this.current = index;
      this.frames.forEach((frame, place) => frame.classList.toggle("current", place === index));
      this.dots.forEach((dot, place) => {
        if (place === index) dot.setAttribute("aria-current", "step");
        else dot.removeAttribute("aria-current");
      });
      if (this.previous) {
        this.previous.disabled = index === 0;
        this.next.disabled = index === this.frames.length - 1;
      }
      if (this.svg) {
        const picture = this.frames[index].querySelector("img.on-light");
        if (picture) this.svg.setAttribute("href", picture.getAttribute("src"));
      }
      this.point(-1);
    }

    // Exact values: a rectangle over the picture, and a line below it.
    prepareValues() {
      if (!this.spots.some((frame) => frame.length > 0)) return;
      this.status.hidden = false;
      this.frames.forEach((frame, index) => {
        const stage = frame.querySelector(".stage");
        const picture = frame.querySelector(".picture");
        const mark = document.createElement("span");
        mark.className = "mark";
        mark.hidden = true;
        picture.append(mark);
        frame.mark = mark;
        picture.addEventListener("pointermove", (event) => {
          const box = picture.getBoundingClientRect();
          const x = ((event.clientX - box.left) / box.width) * 1000;
          const y = ((event.clientY - box.top) / box.height) * 1000;
          this.point(this.spotAt(index, x, y));
        });
        picture.addEventListener("pointerleave", () => this.point(-1));
        stage.addEventListener("blur", () => this.point(-1));
        stage.addEventListener("keydown", (event) => {
          const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
          if (event.key === "Escape") this.point(-1);
          if (!way || event.altKey || event.ctrlKey || event.metaKey || this.spots[index].length === 0) return;
          event.preventDefault();
          event.stopPropagation();
          this.point(this.cell < 0 ? 0 : this.neighbour(index, this.cell, way));
        });
      });
    }

    // The smallest rectangle under a point: cells lie inside the matrix that holds them.
    spotAt(frame, x, y) {
      let best = -1;
      let area = Infinity;
      this.spots[frame].forEach(([left, top, width, height], index) => {
        const inside = x >= left && x <= left + width && y >= top && y <= top + height;
        if (inside && width * height < area) {
          best = index;
          area = width * height;
        }
      });
      return best;
    }

    // The nearest spot in a direction; sideways distance counts double, so rows and columns are kept.
    neighbour(frame, from, [dx, dy]) {
      const spots = this.spots[frame];
      const centre = ([left, top, width, height]) => [left + width / 2, top + height / 2];
      const [x, y] = centre(spots[from]);
      let best = from;
      let least = Infinity;
      spots.forEach((spot, index) => {
        if (index === from) return;
        const [otherX, otherY] = centre(spot);
        const along = (otherX - x) * dx + (otherY - y) * dy;
        const aside = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
        if (along <= 0.5 || aside > along * 2) return;
        const distance = along + aside * 2;
        if (distance < least) {
          least = distance;
          best = index;
        }
      });
      return best;
    }

    point(index) {
      this.cell = index;
      const frame = this.frames[this.current];
      const spot = index >= 0 ? this.spots[this.current][index] : null;
      this.frames.forEach((other) => { if (other.mark) other.mark.hidden = other !== frame || !spot; });
      if (!spot) {
        this.status.textContent = this.hint;
        this.status.classList.remove("telling");
        return;
      }
      const [left, top, width, height, label, value] = spot;
      if (frame.mark) {
        frame.mark.style.left = `${left / 10}%`;
        frame.mark.style.top = `${top / 10}%`;
        frame.mark.style.width = `${width / 10}%`;
        frame.mark.style.height = `${height / 10}%`;
      }
      this.status.textContent = "";
      const name = document.createElement("span");
      name.textContent = label;
      this.status.append(name);
      if (value) {
        const number = document.createElement("strong");
        number.textContent = value;
        this.status.append(" ", number);
      }
      this.status.classList.add("telling");
    }
  }

  const figures = [...document.querySelectorAll("figure.figure")].map((element) => new Figure(element));

  // The figure that an arrow key means: the one with the focus, else the one most in view.
  function figureInView() {
    const focused = figures.find((figure) => figure.element.contains(document.activeElement));
    if (focused) return focused;
    let best = null;
    let most = 0;
    for (const figure of figures) {
      const box = figure.element.getBoundingClientRect();
      const visible = Math.min(box.bottom, window.innerHeight) - Math.max(box.top, 0);
      if (visible > most) {
        most = visible;
        best = figure;
      }
    }
    return best;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, summary")) return;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const figure = figureInView();
      if (figure && figure.frames.length > 1 && figure.turn(event.key === "ArrowLeft" ? -1 : 1)) event.preventDefault();
    } else if (event.key === "n" || event.key === "p") {
      const link = document.querySelector(event.key === "n" ? "a[rel=next]" : "a[rel=prev]");
      if (link) link.click();
    }
  });

  // Where the reader is -----------------------------------------------------------------------------------------
  const marks = new Map();
  each(".steps a", document, (link) => marks.set(link.getAttribute("href").slice(1), link));
  if (marks.size > 0 && "IntersectionObserver" in window) {
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const link = marks.get(entry.target.id);
        if (!link || !entry.isIntersecting) continue;
        marks.forEach((other) => other.removeAttribute("aria-current"));
        link.setAttribute("aria-current", "step");
      }
    }, { rootMargin: "-35% 0px -60% 0px" });
    each("section.step", document, (section) => watch.observe(section));
  }
  if (!calm()) root.classList.add("moves");

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
      each(".measure", form, (measure) => { measure.hidden = false; });
      answer.open = true;
    });
  });
})();
