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
  const SERVICES = {
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

    mastodon: async (box, d, { get }) => {
      const { descendants } = await get(d.api), found = [];
      const open = (s) => ["public", "unlisted"].includes(s.visibility) && !s.account.limited && !s.account.suspended;
      each(descendants, (s) => open(s) && found.push({
        id: s.id, to: s.in_reply_to_id, name: s.account.display_name || s.account.acct, at: s.url,
        date: new Date(s.created_at).toISOString(), behind: s.spoiler_text, words: copied(s.content || ""),
      }));
      draw(box, d, found);
    },

    bluesky: async (box, d, { get }) => {
      const did = d.actor.startsWith("did:") ? d.actor
        : (await get(`${d.api}com.atproto.identity.resolveHandle?handle=${d.actor}`)).did;
      const uri = encodeURIComponent(`at://${did}/app.bsky.feed.post/${d.post}`);
      const { thread } = await get(`${d.api}app.bsky.feed.getPostThread?depth=100&parentHeight=0&uri=${uri}`);
      if (!thread.post) throw new Error("no such post");
      const found = [], left = [thread];
      each(left, (node) => each(node.replies || [], (reply) => {
        if (!reply.post || !openToAll(reply.post)) return;
        left.push(reply);
        found.push(skeet(reply.post, node === thread ? "" : node.post.uri));
      }));
      draw(box, d, found);
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

  // ── answers from a social network: their words, in our elements ──

  const SILENT =
    "script, style, template, noscript, noframes, noembed, iframe, object, textarea, select, title, svg, math";
  const BLOCK = "p, div, li, blockquote, pre, h1, h2, h3, h4, h5, h6";
  const NESTED = 4; // levels shown as such, as in newsroom/render/conversation.py

  // What is malformed is left out alone.
  const each = (list, act) => {
    for (const one of list)
      try {
        act(one);
      } catch {}
  };

  const link = (address, ...inside) =>
    /^https:\/\//i.test(address)
      ? make("a", { href: address, rel: "nofollow ugc noopener noreferrer" }, ...inside)
      : make("span", {}, ...inside);

  // Copies text, br and links to https, in paragraphs side by side; of all else only the text.
  const copied = (html) => {
    const { body } = new DOMParser().parseFromString(html, "text/html"), all = make("div");
    for (const silent of body.querySelectorAll(SILENT)) silent.remove();
    const walk = document.createTreeWalker(body, 5); // elements and text
    let block, anchor, to;
    for (let node; (node = walk.nextNode()); ) {
      const said = node.data ?? (node.localName === "br" && make("br"));
      if (!said) continue;
      const around = node.parentNode, inBlock = around.closest(BLOCK), inAnchor = around.closest("a");
      if (!to || inBlock !== block) {
        if (!node.data?.trim()) continue;
        all.append((to = make("p")));
        [block, anchor] = [inBlock, null];
      }
      const p = all.lastChild;
      if (inAnchor !== anchor) to = inAnchor ? p.appendChild(link(inAnchor.getAttribute("href"))) : p;
      anchor = inAnchor;
      to.append(said);
    }
    return all;
  };

  const labels = (of) => (of?.labels || []).map((label) => label.val);
  const openToAll = (post) =>
    !labels(post.author).includes("!no-unauthenticated") &&
    !labels(post).some((l) => /^!(hide|warn|takedown)$/.test(l));

  const skeet = (post, to) => {
    const [, , did, , key] = post.uri.split("/");
    return {
      id: post.uri, to, name: post.author.displayName || post.author.handle, behind: labels(post).join(", "),
      at: `https://bsky.app/profile/${did}/post/${key}`, date: new Date(post.indexedAt).toISOString(),
      words: faceted(post.record.text || "", post.record.facets || []),
    };
  };

  // Links in a text of Bluesky are given by places in its UTF-8; of two that overlap, the first is.
  const faceted = (text, facets) => {
    const bytes = new TextEncoder().encode(text), words = make("p"), place = (facet) => facet?.index?.byteStart || 0;
    const part = (from, to) =>
      new TextDecoder().decode(bytes.slice(from, to)).split("\n").flatMap((line, n) => (n ? [make("br"), line] : line));
    let done = 0;
    each(facets.sort((a, b) => place(a) - place(b)), ({ index: { byteStart: start, byteEnd: end }, features }) => {
      const uri = features.find((feature) => feature.$type === "app.bsky.richtext.facet#link")?.uri;
      if (!uri || !(done <= start && start < end && end <= bytes.length)) return;
      words.append(...part(done, start), link(uri, ...part(start, end)));
      done = end;
    });
    words.append(...part(done));
    return make("div", {}, words);
  };

  // As _conversation.html writes an archived one.
  const item = ({ name, at, date, behind, words }, language) => {
    const day = new Date(date).toLocaleDateString(language || undefined, { dateStyle: "long" });
    const address = link(at, make("time", { datetime: date }, day));
    const head = make("p", { class: "who" }, make("bdi", { class: "p-author" }, name || "…"), " ", address);
    address.className = "when";
    words.dir = "auto";
    const fold = behind ? make("details", {}, make("summary", { dir: "auto" }, behind), words) : words;
    return make("li", {}, make("div", { class: "remark" }, head, fold));
  };

  // Each comment is {id, to, name, at, date, behind, words}. A tree, oldest first; what answers nothing here is a root.
  const draw = (box, d, found) => {
    const top = { row: box, level: 0 }, rows = new Map();
    const says = box.parentNode.querySelector("[role=status]").dataset;
    found.sort((a, b) => (a.date < b.date ? -1 : 1));
    each(found, (one) => rows.set(one.id, { ...one, row: item(one, d.language) }));
    for (let at of rows.values()) {
      const way = []; // up to a known level, a root, or once round a circle
      for (; at && !at.met; at = rows.get(at.to)) way.push(at), (at.met = true);
      while ((at = way.pop())) {
        const up = rows.get(at.to);
        at.under = up?.level > NESTED ? up.under : up?.level ? up : top;
        at.level = at.under.level + 1;
        if (at.level <= NESTED) continue;
        up.row.id = `live-${up.id}`;
        const name = make("a", { href: `#${up.row.id}` }, make("bdi", {}, up.name || "…"));
        at.row.querySelector(".who").after(make("p", { class: "meta" }, `${says.to || "to"} `, name));
      }
    }
    for (const { row, under } of rows.values()) {
      under.list ||= under.row.appendChild(make("ol", { class: "remarks" }));
      under.list.append(row);
    }
    const answer = link(d.thread, `${says.answer || "Answer at"} ${new URL(d.thread).host}`);
    answer.className = "btn";
    if (!rows.size) box.append(make("p", {}, says.none || ""));
    box.append(make("p", {}, answer));
  };

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
