// Choose people and topics, and take their addresses along. Without this script the page is a list of addresses.
// A choice stands in the address of the page (#follow=people/maya,topics/lenses), so that it can be shared.
(() => {
  "use strict";

  const root = document.getElementById("choices");
  const bar = root?.querySelector(".taking");
  if (!bar) return;
  const choices = [...root.querySelectorAll(".choice")];
  const tick = (choice) => choice.querySelector(".tick");
  const shown = (inside) => [...inside.closest(".group").querySelectorAll(".choice:not([hidden])")].map(tick);
  const chosen = () => choices.filter((choice) => tick(choice).checked);
  const count = bar.querySelector(".count");
  const paper = bar.querySelector("textarea");
  const groups = [...root.querySelectorAll(".group")];
  const START = "#follow=";

  // ── the choice, on the page and in its address ──

  function show() {
    const some = chosen();
    for (const choice of choices) choice.classList.toggle("chosen", tick(choice).checked);
    count.textContent = some.length ? counted(some.length) : count.dataset.none;
    for (const button of bar.querySelectorAll("[data-do]")) button.disabled = some.length === 0;
    bar.classList.toggle("empty", some.length === 0);
    for (const button of root.querySelectorAll(".every")) {
      button.dataset.all ??= button.textContent;
      button.textContent = shown(button).every((box) => box.checked) ? button.dataset.none : button.dataset.all;
    }
    paper.hidden = true;
  }

  // The form of the phrase that the number takes: data-one, data-few, ..., data-other.
  function counted(number) {
    const language = document.documentElement.lang || undefined;
    const form = new Intl.PluralRules(language).select(number);
    return (count.dataset[form] ?? count.dataset.other).replace("{}", number.toLocaleString(language));
  }

  function keep() {
    const keys = chosen().map((choice) => choice.dataset.key.split("/").map(encodeURIComponent).join("/"));
    const here = location.pathname + location.search;
    history.replaceState(null, "", keys.length ? here + START + keys.join(",") : here);
  }

  function read() {
    if (!location.hash.startsWith(START)) return;
    const keys = new Set(location.hash.slice(START.length).split(",").map(decoded));
    for (const choice of choices) tick(choice).checked = keys.has(choice.dataset.key);
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";  // an address that somebody cut off
    }
  }

  // ── taking it along ──

  async function copy(button) {
    paper.value = chosen().map((choice) => choice.dataset.feed).join("\n");
    try {
      await navigator.clipboard.writeText(paper.value);
      count.textContent = button.dataset.done;
    } catch {  // refused, or not served by https: then by hand
      paper.hidden = false;
      paper.focus();
      paper.select();
      count.textContent = button.dataset.byHand;
    }
  }

  const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  const WRITTEN = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  const xml = (text) => text.replace(ILLEGAL, "").replace(/[&<>"']/g, (c) => WRITTEN[c]);

  function opml(some) {
    const { title, owner, language } = root.dataset;
    const rows = some.map(({ dataset }) => {
      const facts = {
        type: "rss", text: dataset.title, title: dataset.title, description: dataset.says, xmlUrl: dataset.feed,
        htmlUrl: dataset.page, language,
      };
      const told = Object.entries(facts).filter(([, value]) => value).map(([name, value]) => `${name}="${xml(value)}"`);
      return `<outline ${told.join(" ")}/>`;
    });
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<opml version="2.0"><head><title>${xml(title)}</title><ownerId>${xml(owner)}</ownerId></head><body>`,
      `<outline text="${xml(title)}">`, ...rows, "</outline>", "</body></opml>", "",
    ].join("\n");
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([opml(chosen())], { type: "text/x-opml" }));
    link.download = "follow.opml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function clear() {
    for (const choice of choices) tick(choice).checked = false;
    keep();
    show();
    (choices.find((choice) => !choice.hidden) ?? root).querySelector(".tick").focus();
  }

  const DO = { copy, save, clear };

  // ── finding ──

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function find(text) {
    const words = plain(text).split(/\s+/).filter(Boolean);
    for (const choice of root.querySelectorAll(".group .choice")) {
      const said = plain(`${choice.querySelector("h3").textContent} ${choice.querySelector(".meta")?.textContent ?? ""}`);
      choice.hidden = !words.every((word) => said.includes(word));
    }
    for (const group of groups) group.hidden = !group.querySelector(".choice:not([hidden])");
    show();
    root.querySelector(".none").hidden = groups.some((group) => !group.hidden);
  }

  // ── beginning ──

  root.addEventListener("change", (event) => {
    if (!event.target.matches(".tick")) return;
    keep();
    show();
  });
  root.addEventListener("click", (event) => {
    const face = event.target.closest(".choice > .face");
    if (face) tick(face.parentElement).click();
    const every = event.target.closest(".every");
    if (every) {
      const boxes = shown(every);
      const on = !boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = on;
      keep();
      show();
    }
    const button = event.target.closest("[data-do]");
    if (button) DO[button.dataset.do](button);
  });
  addEventListener("hashchange", () => {
    read();
    show();
  });

  const search = root.querySelector(".find");
  search.hidden = root.querySelectorAll("#people .choice").length <= Number(search.dataset.many);
  search.querySelector("input").addEventListener("input", (event) => find(event.target.value));
  for (const hidden of root.querySelectorAll(".tick, .every")) hidden.hidden = false;
  bar.hidden = false;
  root.classList.add("live");
  read();
  show();
})();
