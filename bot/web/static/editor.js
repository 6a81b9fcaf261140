// The editor of the staff console: conflict radar while typing, filter and counter of sentences, live preview of an answer.
// Everything works without this file: radar and preview then come with the page „Vorschau“.
(() => {
  "use strict";
  const WAIT = 250, AGAIN = 1500, WAIT_LOOK = 700; // milliseconds after the last key; until the radar is ready
  const WORDS = { gut: "gut", doppelt: "doppelt", konflikt: "Konflikt" };

  const make = (tag, text, kind) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (kind) node.className = kind;
    return node;
  };

  // --- radar
  document.querySelectorAll("form[data-radar]").forEach((form) => {
    const field = form.querySelector("textarea[name=saetze], textarea[name=formulierungen]");
    const panel = form.querySelector(".radar");
    const known = new Map(); // sentence → finding, so that only new lines are sent
    let timer = 0, running = null;

    const lines = () => [...new Set(field.value.split("\n").map((l) => l.trim()).filter((l) => l.length > 1))].slice(0, 50);

    const show = () => {
      const rows = lines().map((line) => known.get(line)).filter((f) => f && f.text);
      const list = make("ul");
      rows.forEach((f) => {
        const item = make("li", "", f.urteil);
        item.append(make("p", `„${f.satz}“: ${WORDS[f.urteil]}. ${f.text}`));
        f.naechste.filter((n) => f.urteil === "konflikt").slice(0, 2).forEach((n) => {
          const near = make("p", "Steht bei ", "leise");
          const link = make("a", n.name);
          link.href = `/team/daten/${n.absicht}`;
          near.append(link, `: „${n.satz}“`);
          item.append(near);
        });
        list.append(item);
      });
      panel.replaceChildren(list);
      panel.hidden = rows.length === 0;
    };

    const ask = async () => {
      const fresh = lines().filter((line) => !known.has(line));
      if (!fresh.length && known.size) { show(); return; }
      if (running) running.abort();
      running = new AbortController();
      try {
        const answer = await fetch("/team/daten/radar", {
          method: "POST", signal: running.signal, headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF": form.dataset.csrf },
          body: JSON.stringify({ absicht: form.dataset.radar, saetze: fresh }),
        });
        const found = await answer.json();
        if (!answer.ok) throw new Error(String(answer.status));
        if (!found.bereit) {
          panel.hidden = false;
          panel.replaceChildren(make("p", found.text, "leise"));
          timer = setTimeout(ask, AGAIN);
          return;
        }
        found.saetze.forEach((f, number) => known.set(fresh[number], { ...f, satz: fresh[number] }));
        show();
      } catch (error) {
        if (error.name === "AbortError") return;
        panel.hidden = false;
        panel.replaceChildren(make("p", "Das Radar antwortet gerade nicht. Die Vorschau prüft die Sätze noch einmal.", "leise"));
      }
    };

    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    field.addEventListener("focus", ask, { once: true }); // an empty question: the radar gets ready meanwhile
    if (field.value.trim()) ask();
  });

  // --- sentences: filter and counter
  document.querySelectorAll("[data-filter]").forEach((search) => {
    const items = [...document.getElementById(search.dataset.filter).children];
    search.closest(".filterfeld").hidden = items.length < 15;
    search.addEventListener("input", () => {
      const words = search.value.toLocaleLowerCase("de").split(/\s+/).filter(Boolean);
      items.forEach((item) => { item.hidden = !words.every((w) => item.textContent.toLocaleLowerCase("de").includes(w)); });
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  });
  const counter = document.querySelector("[data-anzahl]");
  if (counter) {
    const count = () => {
      const number = counter.closest("form").querySelectorAll("input[name=satz]:checked").length;
      counter.textContent = number ? `(${number})` : "";
    };
    counter.closest("form").addEventListener("change", count);
    count();
  }

  // --- preview of an answer or amount while it is edited; the server renders it, the browser parses it as a document that runs nothing
  document.querySelectorAll("form[data-ansicht]").forEach((form) => {
    const panel = document.getElementById("ansicht");
    let timer = 0, running = null;
    const look = () => {
      if (running) running.abort();
      const request = running = new XMLHttpRequest();
      request.open("POST", form.dataset.ansicht);
      request.responseType = "document";
      request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      request.onload = () => {
        const fresh = request.status === 200 && request.response && request.response.getElementById("ansicht");
        if (fresh) panel.replaceChildren(...fresh.childNodes);
      };
      request.send(new URLSearchParams(new FormData(form)).toString());
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, WAIT_LOOK); });
  });
})();
