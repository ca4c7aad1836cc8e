// Questions that answer: choices, a number that is typed, a list that is put in order, a cell that is pointed at.
// A wrong try gives its hint and opens nothing; a second one, or the wish to see, opens the answer and the figure that
// waits for it. Without this script questions and answers are all on the page.
(function () {
  "use strict";
  const memory = window.bookMemory;
  const each = (selector, within, action) => within.querySelectorAll(selector).forEach(action);

  class Question {
    constructor(element) {
      this.element = element;
      this.form = element.querySelector("form");
      this.details = element.querySelector("details.answer");
      this.output = this.form.querySelector("output");
      this.button = this.form.querySelector("button[type=submit]");
      this.again = this.form.querySelector("button.again");
      this.hints = [...this.form.querySelectorAll(":scope > .hint")];
      const data = this.form.querySelector("script.answers");
      this.data = data ? JSON.parse(data.textContent) : null;
      this.step = element.closest(".step.asks");
      this.kind = kinds[element.dataset.kind];
      this.tries = 0;
      if (this.button) this.button.hidden = false;
      this.kind.prepare(this);
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (!this.isDone) this.judge(this.kind.read(this));
      });
      this.again.addEventListener("click", () => this.restart());
      this.details.addEventListener("toggle", () => {
        if (this.details.open && !this.isDone) this.settle("shown");
      });
      const how = memory.answer(element.dataset.name);
      if (how) this.settle(how, true);
    }

    say(words, isGood) {
      this.output.textContent = words;
      this.output.classList.toggle("good", Boolean(isGood));
    }

    // `answer` is null for none, else {isRight, hint: an element or null}.
    judge(answer) {
      each(".hint", this.form, (hint) => { hint.hidden = true; });
      if (!answer) return this.say(this.form.dataset.word);
      if (answer.isRight) return this.settle("right");
      this.tries += 1;
      if (answer.hint && answer.hint.textContent.trim()) answer.hint.hidden = false;
      if (this.tries > 1) return this.settle("shown", false, this.form.dataset.second);
      this.say(this.form.dataset.wrong);
    }

    // The end of a question: all of it is to be seen.
    settle(how, isRemembered, words) {
      this.isDone = true;
      this.element.classList.add("settled");
      this.kind.show(this);
      each(".measure", this.form, (measure) => { measure.hidden = false; });
      this.say(words || (how === "right" ? this.form.dataset.right : ""), how === "right");
      this.details.open = true;
      if (this.button) this.button.hidden = true;
      this.again.hidden = false;
      if (this.step) open(this.step);
      if (!isRemembered) memory.keepAnswer(this.element.dataset.name, how);
    }

    restart() {
      this.isDone = false;
      this.tries = 0;
      this.element.classList.remove("settled");
      each(".hint, .measure", this.form, (part) => { part.hidden = true; });
      this.details.open = false;
      this.again.hidden = true;
      if (this.button) this.button.hidden = false;
      this.say("");
      this.form.reset();
      this.kind.restart(this);
      memory.keepAnswer(this.element.dataset.name, null);
      const first = this.form.querySelector("input, .stage, .movers button");
      if (first) first.focus();
    }
  }

  // Choices ---------------------------------------------------------------------------------------------------------
  const marks = ["is-right", "is-wrong"];
  const choice = {
    prepare() {},
    read(question) {
      const chosen = question.form.querySelector("input:checked");
      each(".choice", question.form, (one) => one.classList.remove(...marks));
      if (!chosen) return null;
      const isRight = Number(chosen.value) === question.data[0];
      const line = chosen.closest(".choice");
      line.classList.add(isRight ? "is-right" : "is-wrong");
      return { isRight, hint: line.querySelector(".hint") };
    },
    show(question) {
      each("input", question.form, (input) => {
        if (Number(input.value) === question.data[0]) input.closest(".choice").classList.add("is-right");
      });
    },
    restart(question) {
      each(".choice", question.form, (one) => one.classList.remove(...marks));
    },
  };

  // Numbers ---------------------------------------------------------------------------------------------------------
  // 1,000 · 1 000 · １，０００ · −3 · 3.0e-6 · 3×10^-6 · 3·10⁻⁶ · 97% · .5 · 1/3; null for what is no number.
  function number(text) {
    const raised = { "⁰": 0, "¹": 1, "²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9, "⁻": "-", "⁺": "+" };
    let plain = text.replace(/10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (all, power) => "10^" + [...power].map((one) => raised[one]).join(""))
      .normalize("NFKC").replace(/[−–—]/g, "-").replace(/。/g, ".").replace(/，/g, ",").trim().toLowerCase();
    const isPercent = /%$/.test(plain);
    plain = plain.replace(/%$/, "").trim();
    // Groups of three digits, however they are parted; else a comma is a decimal point.
    plain = plain.replace(/(\d)[\s'_](?=\d)/g, "$1");
    if (/^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)) plain = plain.replace(/,/g, "");
    else plain = plain.replace(",", ".");
    plain = plain.replace(/^([-+]?)10\^/, "$11e").replace(/\s*[×x*·⋅]\s*10\s*(\^|\*\*)\s*/, "e").replace(/\s+/g, "");
    const part = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?";
    const parts = new RegExp(`^(${part})(?:[/÷](${part}))?$`).exec(plain);
    if (!parts) return null;
    const value = Number(parts[1]) / (parts[2] === undefined ? 1 : Number(parts[2]));
    return Number.isFinite(value) ? { value, isPercent } : null;
  }

  const typed = {
    prepare(question) {
      question.form.querySelector(".typed").hidden = false;
    },
    read(question) {
      const { values, tolerance, percent } = question.data;
      const given = number(question.form.querySelector("input").value);
      if (!given) return null;
      // Of a share, 97, 97% and 0.97 mean the same.
      const meanings = given.isPercent ? [given.value / 100] : percent ? [given.value / 100, given.value] : [given.value];
      // A number smaller than what may be off is compared with itself.
      const near = (value) => meanings.some((one) =>
        Math.abs(one - value) <= (tolerance > Math.abs(value) && value !== 0 ? Math.abs(value) / 20 : tolerance) * 1.000001);
      const place = values.findIndex(near);
      return { isRight: place === 0, hint: place > 0 ? question.hints[place - 1] : null };
    },
    show() {},
    restart() {},
  };

  // Orders ----------------------------------------------------------------------------------------------------------
  const ordering = {
    prepare(question) {
      const list = question.form.querySelector(".ordering");
      each("[hidden]:not(.measure)", question.form.querySelector("fieldset"), (part) => { part.hidden = false; });
      question.first = [...list.children];
      const moved = question.form.querySelector(".moved");
      const tell = (thing) => {
        moved.textContent = list.dataset.word
          .replace("{label}", thing.querySelector(".thing-label").textContent)
          .replace("{place}", [...list.children].indexOf(thing) + 1).replace("{count}", list.children.length);
      };
      ordering.ends(list);
      list.addEventListener("click", (event) => {
        const button = event.target.closest(".movers button");
        if (!button || question.isDone) return;
        const thing = button.closest(".thing");
        if (button.name === "up" && thing.previousElementSibling) thing.previousElementSibling.before(thing);
        if (button.name === "down" && thing.nextElementSibling) thing.nextElementSibling.after(thing);
        ordering.ends(list);
        // At an end the other button is left.
        const other = button.name === "up" ? "down" : "up";
        (button.disabled ? thing.querySelector(`button[name=${other}]`) : button).focus();
        tell(thing);
      });
      let dragged = null;
      list.addEventListener("pointerdown", (event) => {
        const thing = event.target.closest(".thing");
        // A finger on the words scrolls the page; on the grip it drags.
        const isHeld = event.pointerType === "mouse" || event.target.closest(".grip");
        if (!thing || !isHeld || question.isDone || event.target.closest("button") || event.button > 0) return;
        dragged = thing;
        event.preventDefault();
        list.setPointerCapture(event.pointerId);
        thing.classList.add("dragged");
      });
      list.addEventListener("pointermove", (event) => {
        if (!dragged) return;
        for (const other of list.children) {
          const box = other.getBoundingClientRect();
          if (other === dragged || event.clientY < box.top || event.clientY > box.bottom) continue;
          const isBelow = dragged.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
          if (isBelow && event.clientY > box.top + box.height / 2) other.after(dragged);
          else if (!isBelow && event.clientY < box.top + box.height / 2) other.before(dragged);
          break;
        }
      });
      const drop = () => {
        if (!dragged) return;
        dragged.classList.remove("dragged");
        ordering.ends(list);
        tell(dragged);
        dragged = null;
      };
      list.addEventListener("pointerup", drop);
      list.addEventListener("pointercancel", drop);
    },
    ends(list) {
      [...list.children].forEach((thing, place, all) => {
        thing.querySelector("button[name=up]").disabled = place === 0;
        thing.querySelector("button[name=down]").disabled = place === all.length - 1;
      });
    },
    read(question) {
      const things = [...question.form.querySelectorAll(".thing")];
      const isRight = things.every((thing, place) => Number(thing.dataset.name) === question.data[place]);
      things.forEach((thing, place) => {
        thing.classList.toggle("is-right", Number(thing.dataset.name) === question.data[place]);
      });
      return { isRight, hint: question.hints[0] || null };
    },
    show(question) {
      const list = question.form.querySelector(".ordering");
      const byValue = new Map([...list.children].map((thing) => [Number(thing.dataset.name), thing]));
      question.data.forEach((value) => list.append(byValue.get(value)));
      each(".thing", list, (thing) => thing.classList.add("is-right"));
      each(".movers button", list, (button) => { button.disabled = true; });
    },
    restart(question) {
      const list = question.form.querySelector(".ordering");
      list.append(...question.first);
      each(".thing", list, (thing) => thing.classList.remove(...marks));
      ordering.ends(list);
    },
  };

  // Cells -----------------------------------------------------------------------------------------------------------
  const cell = {
    prepare(question) {
      each(".manner", question.form, (words) => { words.hidden = false; });
      question.sets = [...question.form.querySelectorAll(".set")];
      question.sets.forEach((set, index) => {
        set.addEventListener("cell", (event) => {
          if (question.isDone) return;
          const { place, spot } = event.detail;
          const known = question.data[index].findIndex((places) => places.includes(place));
          cell.mark(set, spot, known === 0 ? "is-right" : "is-wrong");
          question.judge({ isRight: known === 0, hint: known > 0 ? question.hints[known - 1] : null });
        });
      });
    },
    mark(set, spot, how) {
      const mark = document.createElement("span");
      mark.className = `pointed ${how}`;
      layMark(mark, spot);
      set.querySelector(".picture").append(mark);
    },
    read() { return null; },
    show(question) {
      question.sets.forEach((set, index) => {
        const spots = unfoldSpots(dataOf(set.querySelector("script.spots").textContent))[0];
        for (const place of question.data[index][0]) if (spots[place]) cell.mark(set, spots[place], "is-right");
      });
    },
    restart(question) {
      each(".pointed", question.form, (mark) => mark.remove());
    },
  };

  const kinds = { choice, number: typed, ordering, cell };

  // Steps that ask first --------------------------------------------------------------------------------------------
  function open(step) {
    step.classList.add("open");
  }

  each(".step.asks", document, (step) => {
    each(".veil", step, (veil) => { veil.hidden = false; });
    each(".reveal", step, (button) => button.addEventListener("click", () => {
      open(step);
      // Where the focus was is gone: it goes on to what came instead.
      const stage = [...step.querySelectorAll(".shown .stage")].find((one) => one.offsetParent !== null);
      if (stage) stage.focus({ preventScroll: true });
      memory.keepAnswer("seen-" + step.id, "shown");
    }));
    if (memory.answer("seen-" + step.id)) open(step);
  });
  each(".question", document, (question) => new Question(question));
})();
