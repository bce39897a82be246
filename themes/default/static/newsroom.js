// Players that load when the reader asks; without this script the links still work.
// Every address comes from a data attribute that the site's own renderer wrote.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const link = event.target.closest("figure.embed[data-src] a.embed-link");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const figure = link.closest("figure");
    if (!figure.dataset.src.startsWith("https://")) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = figure.dataset.src;
    frame.title = link.textContent.trim();
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    link.replaceWith(frame);
    figure.querySelector(".embed-note")?.remove();
    frame.focus();
  });
})();
