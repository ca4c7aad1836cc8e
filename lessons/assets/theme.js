// Runs before the first paint: marks that scripts work, and restores the reader's theme.
// A page opened from a file may not be allowed to remember anything, hence the guard.
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = window.localStorage.getItem("glassformer-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (error) {
    // Without memory the page follows the system.
  }
})();
