// The live conversation: nothing is asked of a comment service before the reader asks for it.
// What a service is told comes from data attributes that the site's own renderer wrote; the words stand in the page.
(() => {
  "use strict";

  const PATIENCE = 20_000; // milliseconds until a reader is told that the service does not answer
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = (d = {}) => (dark.matches ? d.dark || "dark" : d.light || "light");

  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const key in attributes) if (attributes[key] !== undefined) element.setAttribute(key, attributes[key]);
    element.append(...inside);
    return element;
  };

  // What a row of SERVICES works with. All of it ends with the signal: what comes later is not used.
  const toolsUntil = (signal) => ({
    load: (name, attributes, parent = document.head) =>
      new Promise((done, fail) => {
        const element = make(name, attributes);
        const giveUp = () => (element.remove(), fail(new Error(`no answer: ${attributes.src || attributes.href}`)));
        element.onload = done;
        element.onerror = giveUp;
        signal.addEventListener("abort", giveUp);
        parent.append(element);
      }),
    get: async (address) => {
      const asked = { signal, credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" };
      const answer = await fetch(address, asked);
      if (!answer.ok) throw new Error(`${answer.status} from ${address}`);
      return answer.json();
    },
    follow: (change) => dark.addEventListener("change", change, { signal }),
  });

  const tell = (frame, message, origin) => frame?.contentWindow.postMessage(message, new URL(origin).origin);

  // A row a service: builds in `box` what it expects, from the section's data, and waits for its script.
  // Those of social networks are in networks.js.
  const SERVICES = {
    ...window.newsroomNetworks,

    isso: (box, d, { load }) => {
      box.append(make("section", { id: "isso-thread", "data-isso-id": d.thread, "data-title": d.title }));
      return load("script", {
        src: d.script, "data-isso": d.url, "data-isso-lang": d.language, "data-isso-css": d.css,
        "data-isso-avatar": d.avatar, "data-isso-vote": d.vote, "data-isso-sorting": d.sorting,
        "data-isso-page-author-hashes": d.hashes,
      });
    },

    giscus: (box, d, { load, follow }) => {
      box.append(make("div", { class: "giscus" }));
      document.head.append(make("meta", { name: "giscus:backlink", content: d.address })); // for a discussion it opens
      const frame = () => box.querySelector("iframe.giscus-frame");
      follow(() => tell(frame(), { giscus: { setConfig: { theme: theme(d) } } }, d.script));
      return load("script", {
        src: d.script, crossorigin: "anonymous", "data-repo": d.repo, "data-repo-id": d.repoId,
        "data-category": d.category, "data-category-id": d.categoryId, "data-mapping": d.number ? "number" : "specific",
        "data-term": d.number || d.thread, "data-strict": "1", "data-reactions-enabled": +(d.reactions === "true"),
        "data-emit-metadata": "0", "data-input-position": d.input, "data-theme": theme(d), "data-lang": d.language,
      });
    },

    utterances: (box, d, { load, follow }) => {
      const frame = () => box.querySelector("iframe.utterances-frame");
      follow(() => tell(frame(), { type: "set-theme", theme: theme(d) }, d.script));
      return load("script", {
        src: d.script, crossorigin: "anonymous", repo: d.repo, "issue-number": d.number,
        "issue-term": d.number ? undefined : d.thread, label: d.label, theme: theme(d),
      }, box);
    },

    remark42: (box, d, { load, follow }) => {
      box.append(make("div", { id: "remark42" }));
      window.remark_config = {
        host: d.url, site_id: d.siteId, url: d.thread, components: ["embed"], theme: theme(), locale: d.language,
        page_title: d.title, simple_view: d.simple === "true", show_email_subscription: d.mail === "true",
      };
      follow(() => window.REMARK42?.changeTheme(theme()));
      return load("script", { src: d.script, type: "module" });
    },

    comentario: (box, d, { load }) => {
      box.append(make("comentario-comments", {
        "page-id": d.thread, lang: d.language, "live-update": d.live, "max-level": d.levels, "no-fonts": d.noFonts,
      }));
      return load("script", { src: d.script });
    },

    waline: async (box, d, { load }) => {
      // Its own dark mode writes an inline style, which the page's policy forbids: its colours are the page's instead.
      for (const pair of WALINE) box.style.setProperty(...pair);
      const [{ init }] = await Promise.all([import(d.script), load("link", { rel: "stylesheet", href: d.style })]);
      init({
        el: box, serverURL: d.url, path: d.thread, lang: d.language, dark: false, login: d.login,
        wordLimit: Number(d.words), meta: ["nick", "mail"], requiredMeta: ["nick"], emoji: false, search: false,
        imageUploader: false,
      });
    },

    artalk: async (box, d, { load }) => {
      const el = box.appendChild(make("div"));
      await Promise.all([load("script", { src: d.script }), load("link", { rel: "stylesheet", href: d.style })]);
      window.Artalk.init({
        el, server: d.url.replace(/\/$/, ""), site: d.site, pageKey: d.thread, pageTitle: d.title, locale: d.language,
        darkMode: "auto", vote: d.vote === "true", emoticons: false, imgUpload: false, uaBadge: false,
        versionCheck: false,
      });
    },

    twikoo: async (box, d, { load, follow }) => {
      box.append(make("div", { id: "tcomment" }));
      const paint = () => (box.dataset.theme = theme());
      paint();
      follow(paint);
      await Promise.all([load("script", { src: d.script }), load("link", { rel: "stylesheet", href: d.style })]);
      await window.twikoo.init({ envId: d.url, el: "#tcomment", path: d.thread, lang: d.language });
    },

    discourse: (box, d, { load }) => {
      box.append(make("div", { id: "discourse-comments" }));
      window.DiscourseEmbed = { discourseUrl: d.url, discourseUserName: d.user, className: theme() };
      if (d.number) window.DiscourseEmbed.topicId = Number(d.number);
      else window.DiscourseEmbed.discourseEmbedUrl = d.thread;
      return load("script", { src: d.script });
    },

    disqus: (box, d, { load }) => {
      box.append(make("div", { id: "disqus_thread" }));
      window.disqus_config = function () {
        Object.assign(this.page, { url: d.address, identifier: d.thread, title: d.title });
        this.language = d.language;
      };
      return load("script", { src: d.script, "data-timestamp": Date.now() });
    },

    hyvor: (box, d, { load }) => {
      box.append(make("hyvor-talk-comments", {
        "website-id": d.website, "page-id": d.thread, "page-url": d.address, "page-title": d.title,
        "page-language": d.language, colors: "os",
      }));
      return load("script", { src: d.script, type: "module" });
    },

    fastcomments: async (box, d, { load }) => {
      await load("script", { src: d.script });
      // Its update() draws all anew, and loses what a reader is writing: a change of scheme waits for the next page.
      window.FastCommentsUI(box.appendChild(make("div")), {
        tenantId: d.tenant, region: d.region, urlId: d.thread, url: d.address, pageTitle: d.title, locale: d.language,
        hasDarkBackground: dark.matches,
      });
    },

    custom: async (box, d, { load }, gate) => {
      const snippet = document.importNode(gate.querySelector("template").content, true);
      const scripts = [...snippet.querySelectorAll("script[src]")].map((script) => [script, script.parentNode]);
      for (const [script] of scripts) script.remove();
      box.append(snippet);
      for (const [script, parent] of scripts) {
        const attributes = Object.fromEntries([...script.attributes].map(({ name, value }) => [name, value]));
        await load("script", { ...attributes, src: script.src }, parent.isConnected ? parent : box);
      }
    },
  };

  const WALINE = Object.entries({
    white: "paper", color: "ink", "bg-color": "card", "bg-color-light": "paper", "bg-color-hover": "line",
    "border-color": "line", "disable-bg-color": "line", "disable-color": "soft", "bq-color": "line",
    "light-grey": "soft", "dark-grey": "soft", "info-color": "soft", "info-bg-color": "paper", "theme-color": "cool",
    "active-color": "cool",
  }).map(([theirs, ours]) => [`--waline-${theirs}`, `var(--${ours})`]);

  // ── the gate ──

  // A reader's own choice, for each host; null where the browser keeps nothing.
  const memory = (() => {
    try {
      localStorage.getItem("newsroom");
      return localStorage;
    } catch {
      return null;
    }
  })();

  const whenSeen = (element, act) => {
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      act();
    });
    watch.observe(element);
    return watch;
  };

  const remember = (root, show) => {
    const key = `newsroom:comments:${root.dataset.host}`;
    const [row, told] = ["offer", "kept"].map((name) => root.querySelector(`[data-comments-${name}]`));
    if (!memory || !row || !told) return;
    const kept = memory.getItem(key) === "1", watch = kept && whenSeen(root, show), box = row.querySelector("input");
    box.checked = false;
    row.hidden = kept;
    told.hidden = !kept;
    box.addEventListener("change", () => {
      try {
        if (!box.checked) return memory.removeItem(key);
        memory.setItem(key, "1");
      } catch {
        box.checked = false; // a full store: nothing is remembered, nothing is said to be
        return;
      }
      show();
    });
    told.querySelector("button").addEventListener("click", () => {
      memory.removeItem(key);
      watch.disconnect();
      told.hidden = true;
      row.hidden = false;
      box.focus();
    });
  };

  const gate = (root) => {
    const service = SERVICES[root.dataset.provider], button = root.querySelector("[data-comments-load]");
    if (!service || !button) return;
    const status = root.querySelector("[role=status]") || root.appendChild(make("p", { role: "status" }));
    const says = status.dataset;

    const show = async (asked) => {
      if (button.hidden) return;
      button.hidden = true;
      root.dataset.state = "loading";
      status.textContent = says.loading || "…";
      const box = make("div", { class: "thread", tabindex: "-1" }), stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), PATIENCE);
      const late = new Promise((_, fail) => stop.signal.addEventListener("abort", fail));
      root.append(box);
      if (asked) box.focus({ preventScroll: true });
      try {
        await Promise.race([service(box, root.dataset, toolsUntil(stop.signal), root), late]);
        root.dataset.state = "ready";
        const kept = root.parentElement.querySelector("details.archive");
        if (kept && !location.hash.startsWith("#comment-")) kept.open = false; // the same words would stand here twice
        status.textContent = "";
      } catch {
        stop.abort();
        box.remove();
        root.dataset.state = "failed";
        status.textContent = `${says.failed || "✗"} `;
        if (document.querySelector("#contact") && says.contact)
          status.append(make("a", { href: "#contact" }, says.contact));
        button.hidden = false;
        if (asked) button.focus();
      } finally {
        clearTimeout(timer);
      }
    };

    button.hidden = false;
    button.addEventListener("click", () => show(true));
    const soon = () => show(false);
    if (root.dataset.load === "always") soon();
    else if (root.dataset.load === "visible") whenSeen(root, soon);
    else remember(root, soon);
  };

  document.querySelectorAll("[data-provider]").forEach(gate);
})();
