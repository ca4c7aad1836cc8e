// Runs before the first paint: marks that scripts work, restores the reader's theme; then connects the switch.
// A page opened from a file may not be allowed to remember anything, hence the guards.
(function () {
  "use strict";
  const root = document.documentElement;
  const key = "glassformer-theme";
  root.classList.add("js");
  try {
    const theme = window.localStorage.getItem(key);
    if (!root.dataset.theme && (theme === "light" || theme === "dark")) root.dataset.theme = theme;
  } catch (error) {
    // Without memory the page follows the system.
  }
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("button.theme").forEach((button) => {
      button.hidden = false;
      const tell = () => button.setAttribute("aria-pressed", String(isDark()));
      tell();
      button.addEventListener("click", () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        tell();
        try {
          window.localStorage.setItem(key, root.dataset.theme);
        } catch (error) {
          // It is forgotten when the page is closed.
        }
      });
    });
  });
})();
