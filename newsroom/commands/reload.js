// Keeps a page in the preview equal to the site, and shows what is wrong. Served by `newsroom serve`, part of no site.
(() => {
  "use strict";
  const ours = 'script[src^="/_newsroom/"]';
  const apart = `${ours}, script[type="application/ld+json"]`; // scripts that do nothing to the page
  let build = document.currentScript.dataset.build;
  let served = fetchPage(); // as the server sent it: the page's own scripts may change what stands in the document
  let stream = null;
  let panel = null;
  let dismissed = "";
  let turn = Promise.resolve();

  async function fetchPage() {
    const response = await fetch(location.href, { cache: "no-store" });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  // ── the page ──

  async function update(state) {
    const next = await fetchPage();
    const old = await served;
    if (old.querySelector(ours)?.dataset.build !== build) throw new Error(); // changed before we had read it
    if (frame(old) !== frame(next) || !document.querySelector("main") || !next.querySelector("main")) throw new Error();
    swapStyles(next, state);
    const focus = place(document.activeElement);
    const [x, y] = [scrollX, scrollY];
    patch(document.querySelector("main"), old.querySelector("main"), next.querySelector("main"));
    document.title = next.title;
    find(focus)?.focus({ preventScroll: true });
    scrollTo({ left: x, top: y, behavior: "instant" });
    served = Promise.resolve(next);
  }

  // Everything that cannot be replaced in place: with another frame the page is loaded anew.
  function frame(page) {
    const copy = page.documentElement.cloneNode(true);
    copy.querySelectorAll(`main, title, meta:not([http-equiv]), link, ${apart}`).forEach((element) => element.remove());
    return copy.outerHTML;
  }

  // Replaces only what differs, so that a playing film or an open conversation elsewhere on the page goes on.
  function patch(live, old, next) {
    if (old.isEqualNode(next)) return;
    const alike = old.cloneNode(false).isEqualNode(next.cloneNode(false));
    const parts = [...old.childNodes];
    if (alike && [live, next].every((other) => sameParts(parts, [...other.childNodes]))) {
      const [lives, nexts] = [[...live.childNodes], [...next.childNodes]];
      parts.forEach((part, i) => patch(lives[i], part, nexts[i]));
    } else {
      const bound = "button, form, input, [data-src], [data-provider]"; // a script may be listening: it must run anew
      const scripts = document.querySelector(`script:not(${apart})`);
      if (scripts && live.nodeType === 1 && (live.matches(bound) || live.querySelector(bound))) throw new Error();
      live.replaceWith(document.importNode(next, true));
    }
  }

  function sameParts(parts, others) {
    return parts.length === others.length && parts.every((part, i) => part.nodeName === others[i].nodeName);
  }

  function swapStyles(next, state) {
    const sheets = [...document.querySelectorAll('link[rel="stylesheet"]')];
    const wanted = [...next.querySelectorAll('link[rel="stylesheet"]')];
    if (sheets.length !== wanted.length) throw new Error();
    sheets.forEach((sheet, i) => {
      const address = wanted[i].getAttribute("href");
      if (sheet.getAttribute("href").split("?")[0] === address.split("?")[0] && !state.styles) return;
      const fresh = wanted[i].cloneNode();
      fresh.href = address + (address.includes("?") ? "&" : "?") + state.build;
      fresh.onload = fresh.onerror = () => sheet.remove(); // not before: the page would flash without a style
      sheet.after(fresh);
    });
  }

  // ── focus: by id, else by position among the page's elements ──

  function place(element) {
    if (!element || element === document.body) return null;
    return { id: element.id, index: [...document.querySelectorAll("main *")].indexOf(element), name: element.nodeName };
  }

  function find(focus) {
    if (!focus || (document.activeElement && document.activeElement !== document.body)) return null;
    const element = focus.id ? document.getElementById(focus.id) : document.querySelectorAll("main *")[focus.index];
    return element?.nodeName === focus.name ? element : null;
  }

  // ── problems ──

  const style = `
    section { all: initial; position: fixed; inset: auto 1rem 1rem 1rem; max-block-size: 60vh; overflow: auto;
      z-index: 2147483647; box-sizing: border-box; padding: 1rem 1.25rem; border-radius: .5rem; background: #2b1512;
      color: #fff3ee; border: 2px solid #ff9d85; font: 16px/1.5 system-ui, sans-serif; }
    h2 { margin: 0 6rem .5rem 0; font-size: 1.1rem; }
    pre { margin: .75rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere;
      font: 14px/1.45 ui-monospace, Menlo, Consolas, monospace; }
    button { position: absolute; inset-block-start: .75rem; inset-inline-end: .75rem; min-block-size: 2rem;
      padding: 0 .75rem; font: inherit; color: inherit; background: none; border: 1px solid currentColor;
      border-radius: .25rem; cursor: pointer; }
    button:focus-visible, section:focus-visible { outline: 3px solid #ffd2c4; outline-offset: 2px; }`;

  function show(problems) {
    const key = problems.join("\n\n");
    if (panel?.dataset.key === key || (key && key === dismissed)) return;
    panel?.remove();
    panel = null;
    if (!key) dismissed = "";
    if (!key) return;
    const root = shadow("newsroom-problems", style);
    panel = root.host;
    panel.dataset.key = key;
    const section = add(root, "section", "");
    section.setAttribute("role", "alert");
    section.setAttribute("aria-label", "Problems");
    section.tabIndex = 0;
    const count = problems.length === 1 ? "1 problem keeps" : `${problems.length} problems keep`;
    add(section, "h2", `${count} this site from being built`);
    problems.forEach((problem) => add(section, "pre", problem));
    const button = add(section, "button", "Dismiss");
    const dismiss = () => ((dismissed = key), panel?.remove(), (panel = null));
    button.addEventListener("click", dismiss);
    section.addEventListener("keydown", (event) => event.key === "Escape" && dismiss());
  }

  // ── the voice check ──

  const corner = `
    a { all: initial; position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483646;
      padding: .35rem .8rem; border-radius: 1rem; background: #1c1a17; color: #faf8f3; border: 1px solid #faf8f3;
      font: 14px/1.5 system-ui, sans-serif; cursor: pointer; }
    a:hover { text-decoration: underline; }
    a:focus-visible { outline: 3px solid #8fd1d2; outline-offset: 2px; }
    @media print { a { display: none; } }`;

  async function hearVoice() {
    const page = encodeURIComponent(location.pathname);
    const { words, address } = await (await fetch(`/_newsroom/voice.json?page=${page}`, { cache: "no-store" })).json();
    document.getElementById("newsroom-voice")?.remove();
    if (!words) return;
    const link = add(shadow("newsroom-voice", corner), "a", words);
    link.href = address;
  }

  // An element of the preview, out of reach of the site's styles, and what to put into it.
  function shadow(id, rules) {
    const host = document.body.appendChild(Object.assign(document.createElement("div"), { id }));
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // not a style element: the site's content security policy may forbid those
    sheet.replaceSync(rules);
    root.adoptedStyleSheets = [sheet];
    return root;
  }

  function add(parent, name, text) {
    const element = parent.appendChild(document.createElement(name));
    element.textContent = text;
    return element;
  }

  // ── news ──

  async function hear(state) {
    show(state.problems);
    if (state.build === build) return;
    try {
      await update(state);
      build = state.build;
      hearVoice().catch(() => {}); // the page matters more
    } catch {
      location.reload();
    }
  }

  // Browsers open six connections to a host and no more: a page nobody sees gives its own back.
  function listen() {
    stream?.close();
    stream = document.hidden ? null : new EventSource("/_newsroom/events");
    if (stream) stream.onmessage = (event) => (turn = turn.then(() => hear(JSON.parse(event.data))));
  }

  document.addEventListener("visibilitychange", listen);
  listen();
  hearVoice().catch(() => {});
})();
