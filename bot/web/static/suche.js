// Search as you type for the answer desk. The page works without this file: the form sends itself.
// Results are built from the page's own template with text nodes only, never from HTML strings.
(() => {
  "use strict";
  const form = document.querySelector("[data-suche]");
  const template = document.getElementById("vorlage");
  if (!form || !template) return;
  const field = form.querySelector("#q");
  const list = document.getElementById("treffer");
  const count = document.getElementById("anzahl");
  const start = document.getElementById("start");
  const empty = document.getElementById("leer");
  const terms = document.getElementById("verstanden");
  const WAIT = 120, WAIT_SHORT = 480; // milliseconds after the last key, for words and for single letters
  let timer = 0, running = null, asked = field.value.trim();

  form.querySelectorAll(".nur-mit-js").forEach((e) => { e.hidden = false; });

  const address = (path) => {
    const values = new URLSearchParams(new FormData(form));
    values.set("q", field.value.trim());
    return path + "?" + values;
  };

  const fill = (target, pieces) => target.replaceChildren(...pieces.map(([text, marked]) => {
    if (!marked) return document.createTextNode(text);
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  }));

  const badge = (text, kind) => {
    const item = document.createElement("li");
    item.className = "abzeichen" + (kind ? " " + kind : "");
    item.textContent = text;
    return item;
  };

  const row = (hit) => {
    const item = template.content.cloneNode(true);
    const link = item.querySelector("a");
    link.href = hit.url;
    fill(link, hit.frage_stuecke);
    item.querySelector(".warum").textContent = hit.warum;
    fill(item.querySelector(".auszug"), hit.auszug_stuecke);
    const badges = item.querySelector(".marken");
    if (hit.ueberfaellig) badges.append(badge("Prüfung überfällig", "fehler"));
    if (hit.sicher === "ungeklaert") badges.append(badge("Ungeklärt", "warnung"));
    badges.append(badge(hit.gilt === "Hessen" ? "Gilt in Hessen" : "Gilt bundesweit"));
    badges.append(badge("Stand " + hit.stand.split("-").reverse().join(".")));
    hit.paragrafen.slice(0, 2).forEach((norm) => badges.append(badge(norm)));
    return item;
  };

  const show = (answer) => {
    list.replaceChildren(...answer.treffer.map(row));
    empty.hidden = answer.anzahl > 0;
    if (start) start.hidden = true;
    terms.hidden = !answer.verstanden.length;
    terms.querySelector("span").textContent = answer.verstanden.join(", ");
    count.classList.remove("nur-vorlesen");
    count.textContent = answer.anzahl + " Treffer für „" + answer.suche + "“";
  };

  const search = async () => {
    const text = field.value.trim();
    if (text === asked) return;
    asked = text;
    if (!text) { location.assign(address("/faq")); return; }
    if (running) running.abort();
    running = new AbortController();
    try {
      const response = await fetch(address("/api/faq"), { signal: running.signal, headers: { Accept: "application/json" } });
      if (!response.ok) return;
      show(await response.json());
      history.replaceState(null, "", address("/faq"));
    } catch (error) {
      if (error.name !== "AbortError") count.textContent = "Die Suche antwortet gerade nicht. Mit der Eingabetaste noch einmal versuchen.";
    }
  };

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, field.value.trim().length < 2 ? WAIT_SHORT : WAIT); });

  const links = () => [...list.querySelectorAll("h2 a")];
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = links(), now = all.indexOf(document.activeElement);
    if (event.target === field && event.key === "ArrowDown" && all.length) { event.preventDefault(); all[0].focus(); return; }
    if (now < 0) return;
    event.preventDefault();
    const next = now + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? field : all[Math.min(next, all.length - 1)]).focus();
  });
})();
