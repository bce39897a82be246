// Search in the browser: Pagefind finds, this shows. Nothing is loaded before somebody types, or comes with a question in
// the address (?q=lens&year=2026). What was found is written as text, never as HTML.
(() => {
  "use strict";

  const form = document.getElementById("search");
  if (!form) return;
  const words = form.dataset;
  const field = form.elements.q;
  const choices = ["person", "topic", "kind", "year"].map((name) => form.elements[name]);
  const narrow = form.querySelector(".narrow");
  const page = form.closest(".search");
  const status = page.querySelector(".count");
  const list = page.querySelector(".hits");
  const more = page.querySelector(".more button");
  const language = document.documentElement.lang || "en";
  const plural = new Intl.PluralRules(language);
  const forms = JSON.parse(words.results);
  const AT_ONCE = 10;

  let engine;
  let found = [];
  let asked = 0;

  // ── the engine ──

  function load() {
    const folder = new URL(words.index, location.href).href;
    engine ??= import(folder + "pagefind.js").then(async (module) => {
      const made = module.createInstance({ basePath: folder, baseUrl: "/", noWorker: true, excerptLength: 30 });
      await made.filters();  // without which it counts no choices
      return made;
    });
    engine.catch(() => { engine = undefined; });
    return engine;
  }

  const chosen = () => Object.fromEntries(choices.filter((one) => one.value).map((one) => [one.name, one.value]));

  async function ask() {
    const turn = ++asked;
    const term = field.value.trim();
    const filters = chosen();
    keep(term, filters);
    if (!term && !Object.keys(filters).length) return empty();
    if (!engine) say(words.loading);
    try {
      const pagefind = await load();
      const answer = await pagefind.search(term || null, { filters });
      if (turn !== asked) return;
      found = answer.results;
      offer(answer, filters);
      list.replaceChildren();
      say(found.length ? counted(found.length) : words.none);
      await show(turn);
    } catch (error) {
      if (turn !== asked) return;
      console.error(error);
      empty();
      say(words.failed);
    }
  }

  function empty() {
    found = [];
    list.replaceChildren();
    more.hidden = true;
    narrow.hidden = true;
    say("");
  }

  // ── what it says ──

  const say = (text) => { status.textContent = text; };
  const counted = (number) =>
    (forms[plural.select(number)] ?? forms.other).replace("{count}", number.toLocaleString(language));

  // Each choice with the number of results it would leave; one that would leave none is not offered.
  function offer(answer, filters) {
    for (const choice of choices) {
      const counts = (choice.value ? answer.totalFilters : answer.filters)?.[choice.name] ?? {};
      const names = Object.keys(counts).filter((name) => counts[name] > 0 || name === choice.value);
      if (choice.value && !names.includes(choice.value)) names.push(choice.value);
      const order = choice.name === "year" ? (a, b) => b.localeCompare(a) : (a, b) => a.localeCompare(b, language);
      const options = names.sort(order).map((name) => {
        const alone = filters[choice.name] && name !== filters[choice.name];
        const option = new Option(alone || !counts[name] ? name : `${name} (${counts[name]})`, name);
        option.selected = name === filters[choice.name];
        return option;
      });
      choice.replaceChildren(choice.options[0], ...options);
      choice.closest("p").hidden = !options.length;
    }
    narrow.hidden = false;
  }

  async function show(turn, focus = false) {
    const first = list.children.length;
    const some = await Promise.all(found.slice(first, first + AT_ONCE).map((one) => one.data()));
    if (turn !== asked) return;
    list.append(...some.map(hit));
    more.hidden = list.children.length >= found.length;
    if (focus) list.children[first]?.querySelector("a").focus();
  }

  // ── one result: who, what, and where the words stand ──

  function element(name, className, ...inside) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  }

  function hit({ url, meta, content, excerpt, plain_excerpt: plain }) {
    const link = element("a", "", meta.title);
    link.href = url;
    const title = element("h2", "title", link);
    title.dir = "auto";
    const about = element("p", "meta", ...[meta.kind, meta.by, meta.date].filter(Boolean).flatMap((text, n) => {
      const said = element("bdi", "", text);
      return n ? [" · ", said] : [said];
    }));
    const before = content.startsWith(plain.slice(0, 40)) ? "" : "… ";
    const after = content.endsWith(plain.slice(-40)) ? "" : " …";
    const text = element("p", "excerpt", before, ...marked(excerpt), after);
    text.dir = "auto";
    return element("li", "", face(meta), element("div", "", title, about, text));
  }

  function face(meta) {
    if (meta.face) {
      const image = element("img");
      Object.assign(image, { src: meta.face, alt: "", width: 64, height: 64, loading: "lazy" });
      return element("span", "face", image);
    }
    const initials = element("span", meta.initials ? `face tint-${meta.tint}` : "face none", meta.initials ?? "");
    initials.ariaHidden = "true";
    return initials;
  }

  // Pagefind marks what it found with <mark>, and has escaped < and > in the words themselves.
  function marked(excerpt) {
    return excerpt.split(/<mark>(.*?)<\/mark>/).map((part, n) => {
      const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      return n % 2 ? element("mark", "", text) : text;
    });
  }

  // ── the question in the address ──

  function keep(term, filters) {
    const query = new URLSearchParams(term ? { q: term, ...filters } : filters).toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  }

  function read() {
    const query = new URLSearchParams(location.search);
    field.value = query.get("q") ?? "";
    for (const choice of choices) {
      const value = query.get(choice.name);
      if (value) choice.replaceChildren(choice.options[0], new Option(value, value, true, true));
    }
    return field.value.trim() || Object.keys(chosen()).length;
  }

  // ── by hand and by key ──

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    ask();
  });
  narrow.addEventListener("change", ask);
  more.addEventListener("click", () => show(asked, true));
  page.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.matches("select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const places = [field, ...list.querySelectorAll("a")];
    const here = places.indexOf(event.target);
    if (here < 0 || !places[here + step]) return;
    event.preventDefault();
    places[here + step].focus();
  });

  if (read()) ask();
})();
