// What a figure does on a page: frames one at a time, exact values under the pointer or the focus. Without this script
// every frame stands there, one under another.
(function () {
  "use strict";

  class Figure {
    constructor(element) {
      this.element = element;
      this.frames = [...element.querySelectorAll(".frame")];
      this.dots = [...element.querySelectorAll(".dot")];
      this.counter = element.querySelector(".controls output");
      this.status = element.querySelector(".status");
      this.hint = this.status ? this.status.textContent : "";
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
      controls.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        if (button.classList.contains("dot")) this.show(Number(button.value));
        else this.turn(button.name === "previous" ? -1 : 1);
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
      if (this.counter) this.counter.textContent = `${index + 1} / ${this.frames.length}`;
      const picture = this.svg && this.frames[index].querySelector("img");
      if (picture) this.svg.setAttribute("href", picture.getAttribute("src"));
      if (this.status) this.point(-1);
    }

    // Exact values: a rectangle over the picture, and a line below it.
    prepareValues() {
      if (!this.status || !this.spots.some((frame) => frame.length > 0)) return;
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
          this.point(this.cell < 0 ? 0 : nearestBox(this.spots[index], this.cell, way) ?? this.cell);
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
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    if (event.target.closest("input, select, textarea, summary, dialog")) return;
    const figure = figureInView();
    if (figure && figure.frames.length > 1 && figure.turn(event.key === "ArrowLeft" ? -1 : 1)) event.preventDefault();
  });
})();
