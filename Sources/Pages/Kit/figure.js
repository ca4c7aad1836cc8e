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
      this.sum = element.querySelector(".sum");
      this.svg = element.querySelector(".download-svg");
      this.data = element.querySelector("script.spots");
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

    // The places of each frame, made when they are first wanted: a page has many thousands.
    get spots() {
      if (!this.unfolded) this.unfolded = this.data ? unfoldSpots(dataOf(this.data.textContent)) : [];
      return this.unfolded;
    }

    ofFrame(index) { return this.spots[Math.min(index, this.spots.length - 1)] || []; }

    // Exact values: a rectangle over the picture, and a line below it; pressed, the number's arithmetic.
    prepareValues() {
      if (!this.status || !this.data || !/^~|"rows":\[\{/.test(this.data.textContent)) return;
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
          const place = spotUnder(event, picture, this.ofFrame(index));
          if (place !== this.cell) this.point(place);
        });
        // What was pressed stays until another is pointed at.
        picture.addEventListener("pointerleave", () => { if (!this.isPressed) this.point(-1); });
        picture.addEventListener("click", (event) => this.press(spotUnder(event, picture, this.ofFrame(index))));
        stage.addEventListener("blur", () => this.point(-1));
        stage.addEventListener("keydown", (event) => {
          if (event.altKey || event.ctrlKey || event.metaKey || this.ofFrame(index).length === 0) return;
          if (event.key === "Escape") this.point(-1);
          if (event.key === "Enter") {
            event.preventDefault();
            if (this.cell < 0) this.point(0);
            else this.press(this.cell);
          }
          // Before Enter the arrow keys turn the frames, as everywhere on the page.
          const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
          if (!way || this.cell < 0) return;
          event.preventDefault();
          event.stopPropagation();
          this.point(nearestBox(this.ofFrame(index), this.cell, way) ?? this.cell);
        });
      });
    }

    point(index) {
      this.cell = index;
      this.isPressed = false;
      const frame = this.frames[this.current];
      const spot = index >= 0 ? this.ofFrame(this.current)[index] : null;
      this.frames.forEach((other) => { if (other.mark) other.mark.hidden = other !== frame || !spot; });
      this.element.classList.remove("explaining");
      if (this.sum) this.sum.textContent = "";
      if (!spot) {
        this.status.textContent = this.hint;
        this.status.classList.remove("telling");
        return;
      }
      if (frame.mark) layMark(frame.mark, spot);
      const [label, value] = spot.slice(4);
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

    press(index) {
      this.point(index);
      const spot = index >= 0 ? this.ofFrame(this.current)[index] : null;
      if (!spot) return;
      this.isPressed = true;
      if (this.sum) this.sum.textContent = spot[6];
      this.element.classList.toggle("explaining", Boolean(spot[6]));
      // A question may have been waiting for it.
      this.element.dispatchEvent(new CustomEvent("cell", { bubbles: true, detail: { place: index, spot } }));
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
