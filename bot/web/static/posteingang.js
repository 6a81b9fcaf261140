// Posteingang: one key per decision. Without this script every action is a form; with it the answer comes at once and the next question is in focus.
"use strict";

const list = document.getElementById("posten");
const status = document.getElementById("stand");
const help = document.getElementById("hilfe");
const keysOn = document.getElementById("tasten-an");
const choices = [...document.querySelectorAll("#absichten option")].map((o) => ({ label: o.value, text: fold(o.value + " " + o.textContent) }));
const done = []; // {ids, item, before, told}: for undo
const DONE = { richtig: "Richtig", anders: "Zugeordnet", neu: "Für eine neue FAQ vorgemerkt", fremd: "Gehört nicht hierher", geloescht: "Wird in 10 Minuten gelöscht", weggelegt: "Weggelegt" };
const KEYS = { r: "richtig", f: "fremd", n: "neu", x: "weggelegt", p: "geloescht" };

function fold(text) {
  return text.toLowerCase().replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss");
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function say(text, undoable, wrong) {
  status.replaceChildren(element("span", text));
  status.classList.toggle("fehler", Boolean(wrong));
  if (undoable) {
    const button = element("button", "Rückgängig ", "knopf klein");
    button.type = "button";
    button.append(element("kbd", "u"));
    button.addEventListener("click", undo);
    status.append(button);
  }
}

const items = () => [...list.querySelectorAll(".post")];
const current = () => document.activeElement.closest(".post");

function go(item) {
  if (!item) return;
  item.focus();
  item.scrollIntoView({ block: "nearest" });
}

async function send(address, fields) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRF": list.dataset.csrf, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields),
  });
  let data = {};
  try { data = await answer.json(); } catch { /* not JSON: the session is over */ }
  if (!answer.ok) throw new Error(data.fehler || "Das hat nicht geklappt. Bitte laden Sie die Seite neu.");
  return data;
}

async function label(item, fields, told) {
  const copies = item.querySelector('input[type="checkbox"][name="aehnliche"]');
  const sent = { ...fields, ...(copies && copies.checked ? { aehnliche: "1" } : {}) };
  const entry = { ids: null, item, before: item.nextElementSibling, told };
  const next = item.nextElementSibling || item.previousElementSibling;
  item.remove();
  done.push(entry);
  say(`${DONE[fields.art]}${told ? ": " + told : ""}`, true);
  if (next) go(next); else empty();
  entry.sent = send(`/team/posteingang/${item.dataset.key}`, sent);
  try {
    entry.ids = (await entry.sent).ids;
    count(-1);
  } catch (problem) {
    done.splice(done.indexOf(entry), 1);
    put(entry);
    say(problem.message, false, true);
  }
}

function put(entry) {
  list.insertBefore(entry.item, entry.before && entry.before.isConnected ? entry.before : null);
  go(entry.item);
}

async function undo() {
  const entry = done.pop();
  if (!entry) return say("Nichts zum Zurücknehmen.");
  try {
    const ids = entry.ids || (await entry.sent).ids;
    await send("/team/posteingang/zurueck", { ids: ids.join(",") });
    put(entry);
    count(1);
    say("Zurückgenommen.");
  } catch (problem) {
    say(problem.message, false, true);
  }
}

function count(change) {
  const shown = document.querySelector("#offen strong");
  if (shown) shown.textContent = String(Math.max(0, Number(shown.textContent) + change));
}

function empty() {
  const link = element("a", "Weiter mit den nächsten", "knopf haupt-knopf");
  link.href = location.pathname + location.search.replace(/([?&])(zuletzt|getan|problem)=[^&]*/g, "$1");
  status.append(link);
  link.focus();
}

async function why(item, again = 0) {
  const place = item.querySelector(".warum");
  if (place.dataset.da === "ja" || (place.dataset.da === "laedt" && !again)) return;
  if (again && current() !== item) { place.dataset.da = ""; return; } // nobody looks at it any more
  place.dataset.da = "laedt";
  try {
    const answer = await fetch(`/team/posteingang/${item.dataset.key}/warum`, { headers: { Accept: "application/json" } });
    if (answer.status === 202 && again < 60) return setTimeout(() => why(item, again + 1), 1500);
    const { gruende } = await answer.json();
    const rows = gruende.slice(0, 3).map((g) => {
      const row = element("li");
      row.append(element("q", g.satz), ` ${g.absicht} (Nähe ${g.naehe})`);
      return row;
    });
    const shown = element("ol");
    shown.append(...rows);
    place.replaceChildren(element("span", "Am nächsten:"), shown);
    place.dataset.da = "ja";
  } catch { place.dataset.da = ""; }
}

// type-ahead: a combobox over all questions; Enter takes the first
function typeahead(form) {
  const input = form.querySelector('input[name="absicht"]');
  const box = element("ul", "", "treffer");
  let found = [], at = 0;
  input.removeAttribute("list");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "Fragen");
  box.id = `${input.id}-treffer`;
  box.hidden = true;
  input.setAttribute("aria-controls", box.id);
  form.append(box);

  function draw() {
    box.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!box.hidden));
    box.replaceChildren(...found.map((choice, number) => {
      const row = element("li", choice.label);
      row.id = `${box.id}-${number}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(number === at));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); at = number; take(); });
      return row;
    }));
    if (found.length) input.setAttribute("aria-activedescendant", `${box.id}-${at}`); else input.removeAttribute("aria-activedescendant");
    const chosen = box.children[at];
    if (chosen) chosen.scrollIntoView({ block: "nearest" });
  }
  function search() {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    found = words.length ? choices.filter((c) => words.every((w) => c.text.includes(w))).sort((a, b) => a.text.indexOf(words[0]) - b.text.indexOf(words[0])).slice(0, 12) : [];
    at = 0;
    draw();
  }
  function take() {
    const choice = found[at];
    if (choice) label(form.closest(".post"), { art: "anders", absicht: choice.label }, choice.label);
  }
  function close() { found = []; draw(); }
  input.addEventListener("input", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % Math.max(1, found.length);
      draw();
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (found.length) take(); else say("Dazu gibt es keine Frage. Mit n wird sie für eine neue FAQ vorgemerkt.", false, true);
    } else if (event.key === "Escape") {
      input.value = "";
      close();
      go(form.closest(".post"));
    }
  });
}

function submitted(event) {
  const form = event.target, button = event.submitter, item = form.closest(".post");
  if (!item || !form.classList.contains("zuordnen")) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form, button));
  if (fields.art === "anders" && !fields.absicht) return;
  label(item, { art: fields.art, ...(fields.absicht ? { absicht: fields.absicht } : {}) }, fields.art === "anders" && button ? button.firstChild.textContent.trim() : "");
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help.open) return;
  if (event.target.closest("input, textarea, select") || !keysOn.checked) return;
  if (event.key === "?") { help.showModal(); return event.preventDefault(); }
  if (!list) return;
  const all = items(), item = current();
  if (event.key === "j") go(item ? item.nextElementSibling : all[0]);
  else if (event.key === "k") go(item ? item.previousElementSibling : all[0]);
  else if (list.dataset.darf !== "ja") return;
  else if (event.key === "u") undo();
  else if (!item) return;
  else if (event.key === "o") item.querySelector('.suche input[name="absicht"]').focus();
  else if (event.key === "1" || event.key === "2") {
    const button = item.querySelectorAll(".eher button")[Number(event.key) - 1];
    if (button) label(item, { art: "anders", absicht: button.value }, button.firstChild.textContent.trim());
  } else if (KEYS[event.key]) {
    const button = item.querySelector(`button[name="art"][value="${KEYS[event.key]}"]`);
    if (button && !button.disabled) label(item, { art: KEYS[event.key] }, "");
  } else return;
  event.preventDefault();
}

document.addEventListener("keydown", pressed);
const button = document.getElementById("hilfe-auf");
button.hidden = false;
button.addEventListener("click", () => help.showModal());
try { keysOn.checked = localStorage.getItem("lotse-tasten") !== "aus"; } catch { /* storage is off */ }
keysOn.addEventListener("change", () => { try { localStorage.setItem("lotse-tasten", keysOn.checked ? "an" : "aus"); } catch { /* storage is off */ } });
if (list) {
  list.addEventListener("submit", submitted);
  list.addEventListener("focusin", (event) => { const item = event.target.closest(".post"); if (item) why(item); });
  list.querySelectorAll("form.suche").forEach(typeahead);
  if (document.activeElement === document.body) items()[0].focus({ preventScroll: true });
}
