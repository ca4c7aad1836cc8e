/// Steps through frames and shows a figure large. Without it every figure is still there, as a picture and a link.
enum GalleryScript {
    static let javaScript = """
        const dialog = document.querySelector("dialog");
        const articles = [...document.querySelectorAll("article")].filter(a => a.querySelector("figure"));
        const frames = article => [...article.querySelectorAll("figure a")];
        const current = article => frames(article).findIndex(a => !a.hidden);
        function show(article, place) {
          const all = frames(article);
          const next = (place + all.length) % all.length;
          all.forEach((a, i) => { a.hidden = i !== next; });
          const output = article.querySelector("output");
          if (output) output.textContent = `${next + 1} / ${all.length}`;
          const caption = article.querySelector(".caption");
          if (caption) caption.textContent = all[next].dataset.caption;
        }
        let open = null;
        function enlarge(article) {
          open = article;
          const image = frames(article)[current(article)].querySelector("img").cloneNode();
          image.removeAttribute("loading");
          dialog.replaceChildren(image);
          if (!dialog.open) dialog.showModal();
        }
        for (const article of articles) {
          article.addEventListener("click", event => {
            const button = event.target.closest("button[data-move]");
            if (button) return show(article, current(article) + Number(button.dataset.move));
            const link = event.target.closest("figure a");
            if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
              event.preventDefault();
              enlarge(article);
            }
          });
        }
        dialog.addEventListener("click", () => dialog.close());
        dialog.addEventListener("close", () => { open = null; });
        document.addEventListener("keydown", event => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (!open || !step) return;
          event.preventDefault();
          const place = current(open) + step;
          if (place >= 0 && place < frames(open).length) {
            show(open, place);
            enlarge(open);
          } else {
            const next = articles[articles.indexOf(open) + step];
            if (next) { show(next, step > 0 ? 0 : frames(next).length - 1); enlarge(next); }
          }
        });
        """
}
