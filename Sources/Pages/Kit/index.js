// A page of many figures: what is searched for, and one picture large. Without it every figure is still there.
(function () {
  "use strict";
  const articles = [...document.querySelectorAll("article")];

  // Search ------------------------------------------------------------------------------------------------------
  const search = document.querySelector("input[type=search]");
  const found = document.querySelector(".way output");
  let texts = null;

  function filter() {
    texts ??= articles.map((article) => `${article.id} ${article.textContent}`.toLowerCase());
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    articles.forEach((article, place) => {
      const isFound = words.every((word) => texts[place].includes(word));
      if (article.hidden === isFound) article.hidden = !isFound;
      if (isFound) count += 1;
    });
    for (const section of document.querySelectorAll("main > section")) {
      if (section.querySelector("article")) section.hidden = !section.querySelector("article:not([hidden])");
    }
    found.textContent = words.length > 0 ? `${count} / ${articles.length}` : "";
  }

  search.hidden = false;
  search.addEventListener("input", filter);
  if (search.value) filter();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, dialog")) return;
    event.preventDefault();
    search.focus();
  });

  // Large -------------------------------------------------------------------------------------------------------
  const dialog = document.querySelector("dialog");
  const pictured = () => articles.filter((article) => !article.hidden && article.querySelector(".stage"));
  let open = null;

  function enlarge(article) {
    open = article;
    const image = article.querySelector(".frame.current img").cloneNode();
    image.removeAttribute("loading");
    dialog.replaceChildren(image);
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("click", (event) => {
    const stage = event.target.closest("article a.stage");
    if (!stage || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    enlarge(stage.closest("article"));
  });
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { open = null; });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const button = open.querySelector(step > 0 ? "button[name=next]" : "button[name=previous]");
    if (button && !button.disabled) {
      button.click();
      enlarge(open);
    } else {
      const all = pictured();
      const next = all[all.indexOf(open) + step];
      if (next) enlarge(next);
    }
  });
})();
