// Says what is new on a page that is open. Nothing moves under the hand: one press shows it.
"use strict";
(() => {
  const bar = document.querySelector("[data-live]");
  if (!bar) return;
  const said = bar.dataset;
  // The question that the page is about, or 0 on a list.
  const number = +said.number;
  const [words, button] = bar.children;
  const title = document.title;
  // After a refusal the address is a form's, which is not to be sent again.
  const page = said.page || location.href;
  // A line on which not even a sign of life came for so long is dead.
  const SILENT = 40000;
  let at = said.at, shown = +at, source, tries = 0, heard = Date.now(), isLost = false, losing, due, news = "";

  const tell = (text, shows) => {
    words.textContent = text;
    button.hidden = !shows;
    bar.classList.toggle("on", text !== "");
  };
  const announce = () => tell(isLost ? said.lost : news, !isLost && news !== "");
  const read = async () => {
    const reply = await fetch(page, { headers: { Accept: "text/html" } });
    if (!reply.ok || reply.redirected) throw new Error("not to be read");
    return new DOMParser().parseFromString(await reply.text(), "text/html");
  };

  // A list: what is new is counted; what stands differently is marked where it stands.
  const items = (of) => [...of.querySelectorAll(".item")];
  const added = (fresh) => {
    const shown = items(document).map((item) => item.dataset.number);
    return items(fresh).filter((item) => !shown.includes(item.dataset.number));
  };
  const look = async () => {
    try {
      const count = added(await read()).length;
      news = !count ? "" : count === 1 ? said.one : said.many.replace("#", count);
      document.title = (count ? "(" + count + ") " : "") + title;
      if (count || !button.hidden) announce();
    } catch { due = setTimeout(look, 9000); }
  };
  const mark = (it) => {
    const tag = document.querySelector(`[data-number="${it.number}"] .state`);
    if (!tag || tag.textContent === it.tag) return;
    tag.className = "tag state changed " + it.class;
    tag.textContent = it.tag;
  };
  const showList = (fresh) => {
    const marked = added(fresh);
    document.getElementById("list").replaceWith(fresh.getElementById("list"));
    marked.forEach((item) => {
      item.classList.add("fresh");
      const tag = item.querySelector(".side").insertAdjacentElement("afterbegin", document.createElement("span"));
      tag.className = "tag answered";
      tag.textContent = said.new;
    });
    marked[0]?.querySelector(".title").focus();
  };

  // A question's page: its parts are brought up to date, but for what somebody has begun to write in.
  const isTyped = (field) => {
    if (field.type === "hidden") return false;
    if (field.matches("[type=radio], [type=checkbox]")) return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    const own = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(own, 0);
  };
  const showQuestion = (fresh) => {
    const problem = document.getElementById("problem");
    const known = [...document.querySelectorAll(".post[id]")].map((post) => post.id);
    document.querySelectorAll("[data-part]").forEach((part) => {
      const now = fresh.querySelector("[data-part=" + part.dataset.part + "]");
      const fields = [...part.querySelectorAll("input, textarea, select")];
      if (now && !fields.some((field) => problem || isTyped(field))) part.replaceWith(now);
    });
    const posts = [...document.querySelectorAll(".post[id]")];
    const first = posts.find((post) => !known.includes(post.id)) || document.querySelector("[data-part=next]");
    first.tabIndex = -1;
    first.focus();
  };

  const hear = (it) => {
    if (!number) {
      mark(it);
      clearTimeout(due);
      // Not everybody at the same moment.
      due = setTimeout(look, 300 + Math.random() * 700);
    } else if (number === it.number) {
      news = it.told;
      announce();
    }
  };
  button.addEventListener("click", async () => {
    try {
      const fresh = await read();
      shown = +fresh.querySelector("[data-live]").dataset.at;
      (number ? showQuestion : showList)(fresh);
      news = "";
      document.title = title;
      tell("", false);
    } catch { location.assign(page); }
  });

  const keep = (event) => {
    heard = Date.now();
    if (event.lastEventId) at = event.lastEventId;
  };
  const lose = () => {
    clearTimeout(losing);
    // A line that is back at once was hardly lost.
    losing = setTimeout(() => {
      if (source.readyState === EventSource.OPEN) return;
      isLost = true;
      announce();
    }, 1500);
  };
  const open = () => {
    source = new EventSource(said.live + "?last_event_id=" + encodeURIComponent(at));
    source.onopen = () => {
      tries = 0;
      heard = Date.now();
      if (!isLost) return;
      isLost = false;
      if (news) announce();
      else tell(said.back, false);
    };
    source.onmessage = (event) => {
      keep(event);
      if (+at > shown) hear(JSON.parse(event.data));
    };
    source.addEventListener("beat", keep);
    source.addEventListener("reset", (event) => { keep(event); hear({ number, told: said.changed }); });
    source.onerror = () => {
      lose();
      // A browser comes back by itself after a cut, but not after a refusal.
      if (source.readyState !== EventSource.CLOSED) return;
      tries = Math.min(tries + 1, 5);
      setTimeout(again, 500 * 2 ** tries);
    };
  };
  const again = () => { source.close(); if (!document.hidden) open(); };
  setInterval(() => {
    if (document.hidden || Date.now() - heard < SILENT) return;
    heard = Date.now();
    lose();
    again();
  }, 5000);
  // Browsers open few lines to a server: a page that nobody sees leaves them to others.
  document.addEventListener("visibilitychange", () => { heard = Date.now(); again(); });
  addEventListener("pagehide", () => source.close());
  open();
})();
