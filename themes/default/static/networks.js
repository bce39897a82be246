// Answers from a social network below a post: their words, in our elements. Rows of the table in comments.js.
(() => {
  "use strict";

  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const key in attributes) if (attributes[key] !== undefined) element.setAttribute(key, attributes[key]);
    element.append(...inside);
    return element;
  };

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

  // A phrase with an element in its place, "{}".
  const around = (phrase, element) => {
    const [before, after = ""] = phrase.split("{}");
    return [before, element, after];
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
        at.row.querySelector(".who").after(make("p", { class: "meta" }, ...around(says.to || "to {}", name)));
      }
    }
    for (const { row, under } of rows.values()) {
      under.list ||= under.row.appendChild(make("ol", { class: "remarks" }));
      under.list.append(row);
    }
    const answer = link(d.thread, (says.answer || "Answer at {}").replace("{}", new URL(d.thread).host));
    answer.className = "btn";
    if (!rows.size) box.append(make("p", {}, says.none || ""));
    box.append(make("p", {}, answer));
  };

  window.newsroomNetworks = {
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
  };
})();
