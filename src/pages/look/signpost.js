// Makes pages quicker where scripts may run. Everything works without it.
"use strict";
(() => {
  const problem = document.getElementById("problem");
  if (problem) problem.focus();

  // An answer while one types. What is being composed (Korean, Japanese, Chinese) is not asked for until it is a word.
  const form = document.querySelector("form[data-answer]");
  const place = document.getElementById("answer");
  if (form && place) {
    const box = form.elements.q;
    let waiting, under, last = box.value.trim();
    const ask = async () => {
      const words = box.value.trim();
      if (words === last) return;
      last = words;
      if (under) under.abort();
      under = new AbortController();
      place.setAttribute("aria-busy", "true");
      try {
        const address = form.dataset.answer + "?q=" + encodeURIComponent(words);
        const reply = await fetch(address, { signal: under.signal });
        if (reply.status === 401) return location.assign("/sign-in?to=" + encodeURIComponent(location.pathname));
        if (!reply.ok) return;
        place.innerHTML = await reply.text();
        history.replaceState(null, "", words ? "?q=" + encodeURIComponent(words) : location.pathname);
      } catch (cut) {
        if (cut.name === "AbortError") return;
        last = null;
      }
      place.removeAttribute("aria-busy");
    };
    const soon = (event) => {
      clearTimeout(waiting);
      if (!event.isComposing) waiting = setTimeout(ask, 250);
    };
    box.addEventListener("input", soon);
    box.addEventListener("compositionend", () => { waiting = setTimeout(ask, 250); });
  }

  // The queue by keys. They can be switched off, and never take a key from somebody who writes.
  const list = document.querySelector("[data-keys]");
  const toggle = document.getElementById("keys");
  if (list && toggle) {
    const items = [...list.querySelectorAll(".item")];
    let at = -1;
    toggle.hidden = false;
    const box = toggle.querySelector("input");
    try { box.checked = localStorage.getItem("keys") !== "off"; } catch { /* a browser that keeps nothing */ }
    box.addEventListener("change", () => {
      try { localStorage.setItem("keys", box.checked ? "on" : "off"); } catch { /* as above */ }
    });
    const go = (to) => {
      if (!items[to]) return;
      if (items[at]) items[at].classList.remove("here");
      at = to;
      items[at].classList.add("here");
      items[at].querySelector(".title").focus();
    };
    document.addEventListener("keydown", (event) => {
      const writes = event.target.closest("input:not([type=checkbox]), textarea, select");
      if (!box.checked || writes || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      // The place of a key is the same whichever language is being typed.
      if (event.code === "KeyJ") go(at + 1);
      else if (event.code === "KeyK") go(at - 1);
      else if (event.code === "KeyC" && items[at]) items[at].querySelector("button[data-claim]")?.click();
      else return;
      event.preventDefault();
    });
  }

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) return event.preventDefault();
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 5000);
  });

  // A menu closes when one goes elsewhere.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
})();
