// Comments and players that load when the reader asks; without this script the links still work.
// Every address comes from a data attribute that the site's own renderer wrote.
(() => {
  "use strict";

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = (d = {}) => (dark.matches ? d.dark || "dark" : d.light || "light");

  const make = (name, attributes) => {
    const element = document.createElement(name);
    for (const key in attributes) if (attributes[key] !== undefined) element.setAttribute(key, attributes[key]);
    return element;
  };

  const load = (name, attributes) =>
    new Promise((done, fail) => {
      const element = make(name, attributes);
      element.onload = done;
      element.onerror = fail;
      document.head.append(element);
    });

  // A row a service: builds in `box` what it expects, from the section's data, and waits for its script.
  const SERVICES = {
    isso: (box, d) => {
      box.append(make("section", { id: "isso-thread", "data-isso-id": d.thread, "data-title": d.title }));
      return load("script", {
        src: d.script, "data-isso": d.url, "data-isso-lang": d.language, "data-isso-css": d.css,
        "data-isso-avatar": d.avatar, "data-isso-vote": d.vote, "data-isso-sorting": d.sorting,
        "data-isso-page-author-hashes": d.hashes,
      });
    },

    giscus: (box, d) => {
      box.append(make("div", { class: "giscus" }));
      dark.addEventListener("change", () => {
        const frame = box.querySelector("iframe.giscus-frame");
        frame?.contentWindow.postMessage({ giscus: { setConfig: { theme: theme(d) } } }, new URL(d.script).origin);
      });
      return load("script", {
        src: d.script, crossorigin: "anonymous", "data-repo": d.repo, "data-repo-id": d.repoId,
        "data-category": d.category, "data-category-id": d.categoryId, "data-mapping": "specific",
        "data-term": d.thread, "data-strict": "1", "data-reactions-enabled": +(d.reactions === "true"),
        "data-emit-metadata": "0", "data-input-position": d.input, "data-theme": theme(d), "data-lang": d.language,
      });
    },

    remark42: (box, d) => {
      box.append(make("div", { id: "remark42" }));
      window.remark_config = {
        host: d.url, site_id: d.siteId, url: d.thread, components: ["embed"], theme: theme(), locale: d.language,
        page_title: d.title, simple_view: d.simple === "true", show_email_subscription: d.mail === "true",
      };
      dark.addEventListener("change", () => window.REMARK42?.changeTheme(theme()));
      return load("script", { src: d.script, type: "module" });
    },

    comentario: (box, d) => {
      box.append(make("comentario-comments", {
        "page-id": d.thread, lang: d.language, "live-update": d.live, "max-level": d.levels, "no-fonts": d.noFonts,
      }));
      return load("script", { src: d.script });
    },

    waline: async (box, d) => {
      const [{ init }] = await Promise.all([import(d.script), load("link", { rel: "stylesheet", href: d.style })]);
      init({
        el: box, serverURL: d.url, path: d.thread, lang: d.language, dark: "auto", login: d.login,
        wordLimit: Number(d.words), meta: ["nick", "mail"], requiredMeta: ["nick"], emoji: false, search: false,
        imageUploader: false,
      });
    },

    disqus: (box, d) => {
      box.append(make("div", { id: "disqus_thread" }));
      window.disqus_config = function () {
        Object.assign(this.page, { url: d.address, identifier: d.thread, title: d.title });
        this.language = d.language;
      };
      return load("script", { src: d.script, "data-timestamp": Date.now() });
    },

    custom: async (box, d, section) => box.append(document.importNode(section.querySelector("template").content, true)),
  };

  const gate = (section) => {
    const service = SERVICES[section.dataset.provider];
    const button = section.querySelector("[data-comments-load]");
    if (!service || !button) return;
    const status = make("p", { role: "status" });
    section.append(status);

    const show = async (asked) => {
      if (button.hidden) return;
      button.hidden = true;
      status.textContent = "Loading the comments.";
      const box = make("div", { class: "thread", tabindex: "-1" });
      section.append(box);
      if (asked) box.focus({ preventScroll: true });
      try {
        await service(box, section.dataset, section);
        section.dataset.state = "ready";
        status.textContent = "";
      } catch {
        box.remove();
        status.textContent = "The comments could not be loaded. ";
        const link = make("a", { href: "#contact" });
        link.textContent = "You can still reach the author.";
        if (document.querySelector("#contact")) status.append(link);
        button.hidden = false;
        if (asked) button.focus();
      }
    };

    button.hidden = false;
    button.addEventListener("click", () => show(true));
    if (section.dataset.load === "always") show();
    if (section.dataset.load === "visible") {
      new IntersectionObserver((entries, observer) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        show();
      }).observe(section);
    }
  };

  document.querySelectorAll("section.gate[data-provider]").forEach(gate);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("figure.embed[data-src] a.embed-link");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const figure = link.closest("figure");
    if (!figure.dataset.src.startsWith("https://")) return;
    event.preventDefault();
    const frame = make("iframe", {
      src: figure.dataset.src, title: link.textContent.trim(), allow: "fullscreen; picture-in-picture",
      referrerpolicy: "strict-origin-when-cross-origin",
    });
    link.replaceWith(frame);
    figure.querySelector(".embed-note")?.remove();
    frame.focus();
  });
})();
