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
  const toggle = document.getElementById("keys");
  if (toggle) {
    const items = () => [...document.querySelectorAll("[data-keys] .item")];
    const here = () => document.querySelector("[data-keys] .item.here");
    toggle.hidden = false;
    const box = toggle.querySelector("input");
    try { box.checked = localStorage.getItem("keys") !== "off"; } catch { /* a browser that keeps nothing */ }
    box.addEventListener("change", () => {
      try { localStorage.setItem("keys", box.checked ? "on" : "off"); } catch { /* as above */ }
    });
    const go = (by) => {
      const at = here(), all = items(), to = all[at ? all.indexOf(at) + by : 0];
      if (!to) return;
      if (at) at.classList.remove("here");
      to.classList.add("here");
      to.querySelector(".title").focus();
    };
    document.addEventListener("keydown", (event) => {
      const writes = event.target.closest("input:not([type=checkbox]), textarea, select");
      if (!box.checked || writes || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      // The place of a key is the same whichever language is being typed.
      if (event.code === "KeyJ") go(1);
      else if (event.code === "KeyK") go(-1);
      else if (event.code === "Digit1" && here()) here().querySelector("button[data-claim]")?.click();
      else if (event.code === "KeyH" && here()) location.assign(here().querySelector(".title").href + "#to");
      else return;
      event.preventDefault();
    });
  }

  // A link to a field leads to it, also where it is folded away.
  const aim = () => {
    const field = document.getElementById(location.hash.slice(1));
    const folded = field?.closest("details");
    if (folded) folded.open = true;
    if (field?.matches("input, select, textarea")) field.focus();
  };
  addEventListener("hashchange", aim);
  aim();

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
