// What the device remembers, and nobody else: the place last read, which chapters were read to their end, which
// questions were answered. A page opened from a file may not be allowed to remember anything.
window.bookMemory = {
  key: "glassformer-course",
  // The same in every language.
  page: decodeURIComponent(location.pathname.split("/").pop() || ""),
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
  // How a question of this page ended: "right", "shown", or nothing.
  answer(name) {
    const answers = this.read().answers || {};
    return (answers[this.page] || {})[name];
  },
  keepAnswer(name, how) {
    const answers = this.read().answers || {};
    const own = Object.assign({}, answers[this.page]);
    if (how) own[name] = how;
    else delete own[name];
    answers[this.page] = own;
    this.write({ answers });
  },
};
