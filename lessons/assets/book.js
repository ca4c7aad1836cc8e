// What a chapter does beyond being read and what its figures do: the way through it, copying a command, and a quiz that
// answers. Without this script everything is still on the page.
(function () {
  "use strict";
  const root = document.documentElement;
  const each = (selector, within, action) => within.querySelectorAll(selector).forEach(action);
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  each(".keys", document, (keys) => { keys.hidden = false; });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, summary")) return;
    if (event.key !== "n" && event.key !== "p") return;
    const link = document.querySelector(event.key === "n" ? "a[rel=next]" : "a[rel=prev]");
    if (link) link.click();
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
