// Copies what stands on the page: a button's data-copy is the id of it. Without this script it is copied by hand.
(() => {
  "use strict";

  const { copy, copied } = document.currentScript.dataset; // where the text has code: each block gets a button
  document.querySelectorAll(copy ? ".code > pre" : ".none").forEach((pre, at) => {
    const button = document.createElement("button");
    pre.id ||= `code-${at + 1}`;
    Object.assign(button, { type: "button", className: "copy-code", textContent: copy });
    Object.assign(button.dataset, { copy: pre.id, copied });
    pre.after(button);
  });

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    const byHand = button.nextElementSibling?.localName === "details" ? button.nextElementSibling : null;
    const label = button.textContent;
    if (!source) continue;
    if (byHand) byHand.hidden = true;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        const text = source.textContent;
        await navigator.clipboard.writeText(source.matches(".code > pre") ? text.replace(/\n$/, "") : text.trim());
        button.textContent = button.dataset.copied;
        setTimeout(() => { button.textContent = label; }, 2000);
      } catch { // refused, or not over https
        if (byHand) { byHand.hidden = false; byHand.open = true; }
        getSelection().selectAllChildren(source);
      }
    });
  }
})();
