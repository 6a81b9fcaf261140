/* Anerkennungslotse Hessen: the chat as one custom element (docs/einbetten.md). Texts become DOM nodes, never HTML;
   words come from data/oberflaeche/, colours from the --lotse-* custom properties. */
(() => {
  'use strict';
  const SCRIPT = document.currentScript;
  const API = new URL(SCRIPT.src).origin;
  const FOREIGN = API !== location.origin || top !== window; // a token names the talk, else a cookie
  const NAME = 'anerkennungslotse-chat';
  const WAIT = 20000, TYPING = 300, POLL = 1500, LIMIT = 1000, NEAR = 200;
  const ASK_A_PERSON = 'Ich möchte mit einem Menschen sprechen';
  const POINTLESS = ['leer', 'zu_lang', 'knopf_abgelaufen'];
  const ICONS = {
    chat: 'M4 5h16v11H9l-5 4z', no: 'M6 6l12 12M18 6L6 18', menu: 'M4 7h16M4 12h16M4 17h16', send: 'M5 12h14M12 5l7 7-7 7', person: 'M8 8a4 4 0 108 0 4 4 0 10-8 0M4 21c0-9 16-9 16 0',
    copy: 'M9 9h11v11H9zM4 15V4h11', yes: 'M5 13l4 4L19 7', telefon: 'M5 4h4l2 5-2 1c1 3 2 4 5 5l1-2 5 2v4C11 21 3 13 5 4z', email: 'M3 6h18v12H3zM3 7l9 7 9-7',
    mark: 'M3 12a9 9 0 1018 0 9 9 0 10-18 0M16 8l-2 6-6 2 2-6z', website: 'M3 12a9 9 0 1018 0 9 9 0 10-18 0h18M12 3c-5 6-5 12 0 18 5-6 5-12 0-18',
  };

  let kept = {};
  const saved = () => { try { return JSON.parse(sessionStorage[NAME]); } catch { return kept; } };
  const save = (more) => { kept = { ...saved(), ...more }; try { sessionStorage[NAME] = JSON.stringify(kept); } catch {} };
  const forget = () => { kept = {}; try { delete sessionStorage[NAME]; } catch {} };
  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => (byte + 256).toString(16).slice(1)).join('');
  const day = (iso) => el('bdi', {}, iso.split('-').reverse().join('.'));
  const direction = (lang) => (lang === 'ar' || lang === 'fa' ? 'rtl' : 'ltr');
  const media = (query) => matchMedia(`(${query})`).matches;

  /** Functions become listeners; empty attributes and children are left out. */
  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value instanceof Function) node.addEventListener(name, value);
      else if (value) node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.flat(9).filter(Boolean));
    return node;
  };
  const icon = (name) => {
    const [svg, path] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', ICONS[name]);
    svg.append(path);
    return svg;
  };
  const sheet = (text) => { const made = new CSSStyleSheet(); made.replaceSync(text); return made; };
  const mark = () => el('span', { class: 'zeichen' }, icon('mark'));
  const button = (caption, click, more, sign) => el('button', { type: 'button', click, ...more }, sign && icon(sign), caption);
  const german = (tag, ...children) => el(tag, { lang: 'de', dir: 'ltr' }, children);

  const link = (address, caption, more) => {
    let url;
    try { url = new URL(address); } catch { return caption; }
    if (!/^(https?|mailto|tel|geo):$/.test(url.protocol)) return caption;
    return el('a', { href: url.href, ...(/^h/.test(url.protocol) && { target: '_blank', rel: 'noreferrer' }), ...more }, caption);
  };
  const tel = (number) => link(`tel:${number.replace(/ /g, '')}`, el('bdi', {}, number));
  const short = (url) => url.replace(/^https?:\/\/(www\.)?|\/$/g, '').replace(/(.{36}).{4,}/, '$1…');
  const site = (url) => short(url).split('/')[0];
  // bold | [caption](address) | address | mail | bare domain | telephone
  const PARTS = /\*\*(.+?)\*\*|\[([^\]\n]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>"„“”«»]*[^\s<>"„“”«».,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:[a-z0-9-]+\.)+(?:de|com|org|eu)(?![\w-]))|(\+49[\d /()-]{5,}\d)/g;
  const inline = (text) => {
    const out = [];
    let last = 0;
    for (const hit of text.matchAll(PARTS)) {
      const [all, bold, caption, address, web, mail, name, phone] = hit;
      out.push(text.slice(last, hit.index), bold ? el('strong', {}, /^(11\d|116 ?117)$/.test(bold) ? tel(bold) : inline(bold)) : caption ? link(address, caption)
        : web ? link(web, short(web)) : mail ? link(`mailto:${mail}`, mail) : name ? link(`https://${name}`, name) : tel(phone));
      last = hit.index + all.length;
    }
    return [...out, text.slice(last)];
  };
  const isAnswer = ({ daten }) => daten && (daten.quellenzeile || daten.stellen);
  const LIST = /^(?:- |\d+\. (?!\*\*))/;
  const blocks = (text, attributes) => {
    const out = [];
    let block;
    for (const line of text.split('\n')) {
      const tag = LIST.test(line) ? (/^\d/.test(line) ? 'OL' : 'UL') : 'P';
      if (!block || block.tagName !== tag) out.push(block = el(tag, attributes));
      else if (tag === 'P') block.append(el('br', {}));
      block.append(...(tag === 'P' ? inline(line) : [el('li', {}, inline(line.replace(LIST, '')))]));
    }
    return out;
  };

  class Refused {}

  const call = (path, body, signal) => {
    const { token } = saved();
    return fetch(`${API}/api/chat/${path}`, {
      method: body ? 'POST' : 'GET', signal, body: body && JSON.stringify(body),
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...(FOREIGN && { 'X-Lotse-Embed': '1' }), ...(token && { Authorization: `Bearer ${token}` }) },
    });
  };
  const checked = async (answer) => {
    if (answer.ok) return answer;
    throw Object.assign(new Refused(), await answer.json());
  };

  /** Yields [event, data]. */
  async function* events(body) {
    const reader = body.getReader(), decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = parts.pop();
      for (const part of parts) {
        const [, event, data] = /^event: ?(\w+)\r?\ndata: ?(.*)/.exec(part) || [];
        if (data) yield [event, JSON.parse(data)];
      }
    }
  }
  class Chat extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: 'open' });
      try { root.adoptedStyleSheets = [sheet(STYLE)]; } catch { root.append(el('style', {}, STYLE)); }
      this.page = this.hasAttribute('seite');
      this.chosen = saved().sprache;
      this.wish = this.chosen || this.getAttribute('sprache') || document.documentElement.lang.slice(0, 2) || 'de';
      if (this.page && this.wish !== 'de') this.chosen = this.wish;
      this.items = [];
      root.append(this.box = el('div', { class: this.page ? 'seite' : 'box' }));
      addEventListener('offline', () => (this.busy ? this.stop(this.texte.chat_offline) : this.say('chat_offline')));
      addEventListener('online', () => this.say('chat_online'));
      addEventListener('beforeprint', () => root.querySelectorAll('details').forEach((one) => { one.open = true; }));
      const view = window.visualViewport;
      const fit = () => [['hoehe', view.height], ['oben', view.offsetTop]].forEach(([name, value]) => this.box.style.setProperty(`--${name}`, `${value}px`));
      if (view) { view.onresize = view.onscroll = fit; fit(); }
      root.addEventListener('keydown', (event) => this.key(event));
      root.addEventListener('focusout', (event) => { // the panel covers all of a small page
        if (!this.page && event.relatedTarget && !root.contains(event.relatedTarget) && media('max-width:30rem')) this.schliessen(false);
      });
      if (this.page) { this.load(); return; }
      this.setAttribute('role', 'region');
      this.setAttribute('aria-label', 'Anerkennungslotse');
      this.box.append(this.launcher = button(german('span', 'Fragen zur Anerkennung?'), () => this.oeffnen(), { class: 'start' }, 'chat'));
      if (this.wish !== 'de') this.words().catch(() => {}); // German pages need no second request
    }

    async oeffnen() {
      this.launcher.hidden = true;
      if (this.panel) this.panel.hidden = false; else await this.load();
      if (this.input) this.input.focus();
    }

    schliessen(focus = true) {
      this.panel.hidden = true;
      this.launcher.hidden = false;
      if (focus) this.launcher.focus();
    }

    async start() {
      const data = await (await checked(await call('start', { sprache: this.wish, seite: location.pathname, neu: this.full }))).json();
      if (data.token) save({ token: data.token });
      this.started = true;
      this.full = false;
      return data;
    }

    async load() {
      if (!this.panel) this.box.append(this.panel = el('div', { class: 'fenster leer' }, mark()));
      try {
        await this.words();
      } catch {
        this.panel.replaceChildren(el('p', { role: 'alert' }, 'Keine Verbindung. No connection.'), button('Noch einmal. Try again.', () => this.load()), this.page ? '' : button('Schließen. Close.', () => this.schliessen()));
        return;
      }
      let told = [];
      this.off = null;
      try {
        const { begruessung, fortgesetzt } = await this.start();
        if (fortgesetzt) told = (await (await checked(await call('history'))).json()).nachrichten;
        this.items = told.length ? told.map((one) => (one.von === 'person'
          ? { ich: true, text: one.text, body: { id: newId(), text: one.text }, fehler: one.zustand === 'gescheitert' && this.reason() } : { ...one, journal: one.id })) : begruessung;
      } catch (error) { this.off = this.reason(error); }
      this.draw();
      if (told.some((one) => one.zustand === 'angenommen')) setTimeout(() => this.load(), POLL);
    }

    async words() {
      Object.assign(this, await (await checked(await fetch(`${API}/api/oberflaeche/${this.wish}`))).json());
      if (this.launcher) this.launcher.lastChild.replaceWith(el('span', { lang: this.sprache, dir: direction(this.sprache) }, this.texte.chat_oeffnen));
    }

    /** Sends a message; it keeps its id, so that a second try makes no double. */
    async post(item) {
      const t = this.texte, got = [], control = new AbortController();
      let why = '', timer, done;
      const wait = () => { clearTimeout(timer); timer = setTimeout(() => this.stop(t.chat_zeit), WAIT); };
      const typing = setTimeout(() => this.typing(true), TYPING);
      this.stop = (reason) => { why = reason; control.abort(); };
      this.busy = item;
      item.fehler = null;
      this.offer([]);
      this.mark(item);
      try {
        if (!navigator.onLine) this.stop(t.chat_offline);
        wait();
        if (!this.started) await this.start();
        let answer = await call('message', item.body, control.signal);
        if (answer.status === 401) { // the talk is over there
          forget();
          await this.start();
          answer = await call('message', item.body, control.signal);
        }
        for await (const [event, data] of events((await checked(answer)).body)) {
          wait();
          if (event === 'fehler') throw Object.assign(new Refused(), data);
          if (event === 'ende') { done = data; break; }
          got.push(data);
          this.typing(false);
          this.add(data);
        }
        if (!done) throw new Error('cut off');
        this.finish(got, done.id);
      } catch (error) {
        this.items = this.items.filter((one) => !got.includes(one));
        got.forEach((one) => one.node.remove());
        item.fehler = this.reason(error, why);
        if (this.full = item.fehler.art === 'gespraech_voll') this.started = false;
        this.mark(item);
        this.say('chat_nicht_gesendet', item.fehler.uebersetzung || item.fehler.fehler);
        this.bottom();
      }
      clearTimeout(typing);
      clearTimeout(timer);
      this.typing(this.busy = false);
    }

    async loeschen() {
      this.menu(false);
      try { await checked(await call('delete', {})); } catch { this.say('chat_fehler'); return; }
      forget();
      this.items = [];
      this.started = false;
      this.draw();
      this.say('chat_geloescht');
      this.more.focus();
    }
    draw() {
      const t = this.texte, lang = this.sprache, dir = direction(lang), focused = this.shadowRoot.activeElement;
      const entry = (path) => el('li', {}, link(API + path[0], t[path[1]], { class: 'eintrag', target: !this.page && '_blank' }));
      const round = (name, click, sign, more) => button('', click, { class: 'rund', 'aria-label': name, title: name, ...more }, sign);
      this.more = round(t.menue, () => this.menu(), 'menu', { 'aria-expanded': 'false' });
      this.list = el('ul', { class: 'menue', hidden: true },
        [[t.chat_loeschen, () => this.loeschen()], [t.chat_drucken, () => this.print()]].map(([name, click]) => el('li', {}, button(name, click, { class: 'eintrag' }))),
        [['/', 'titel'], ['/faq', 'nav_faq'], ['/stellen', 'nav_stellen'], ['/datenschutz', 'datenschutz'], ['/barrierefreiheit', 'barrierefreiheit'], ['/impressum', 'impressum']].map(entry));
      this.select = el('select', { 'aria-label': t.sprache_waehlen, change: () => this.language(this.select.value) },
        this.sprachen.map((one) => el('option', { value: one.id, lang: one.id, selected: one.id === lang }, one.name)));
      this.log = el('div', { role: 'log', 'aria-label': t.chat_verlauf, 'aria-live': 'off' });
      this.dots = el('div', { class: 'karte tippt', hidden: true }, el('i', {}), el('i', {}), el('i', {}));
      this.chips = el('div', { role: 'group', 'aria-label': t.chat_vorschlaege, class: 'chips', hidden: true });
      this.scroll = el('div', { class: 'verlauf', tabindex: '0', role: 'region', 'aria-label': t.chat_verlauf }, el('div', { class: 'mitte' },
        el('div', { class: 'hinweis' }, el('p', {}, t.chat_hinweis, ' ', link(`${API}/datenschutz`, t.datenschutz)), this.other(navigator.languages)),
        this.off && el('div', { class: 'karte' }, this.trouble(this.off)), this.log, this.dots, this.chips));
      this.status = el('p', { role: 'status', class: 'status' });
      this.counter = el('span', { id: 'zaehler' });
      this.input = el('textarea', { id: 'eingabe', rows: '1', 'aria-describedby': 'zaehler', enterkeyhint: 'send', dir: 'auto', input: () => this.typed() });
      const panel = el('section', { class: 'fenster', lang, dir, ...(!this.page && { role: 'dialog', 'aria-label': t.titel }) },
        el('header', {}, el('div', { class: 'mitte kopf' }, mark(),
          el('div', { class: 'name' }, el(this.page ? 'h1' : 'h2', {}, t.titel), el('p', {}, t.chat_assistent)),
          el('div', { class: 'rund sprache' }, icon('website'), this.select), this.more, !this.page && round(t.chat_schliessen, () => this.schliessen(), 'no'),
          this.person('mensch')), this.list),
        this.scroll, this.status,
        el('form', { submit: (event) => { event.preventDefault(); this.submit(); } }, el('div', { class: 'mitte' }, el('div', { class: 'zeile' }, el('label', { for: 'eingabe' }, t.chat_eingabe), this.counter),
          el('div', { class: 'zeile' }, this.input, el('button', { class: 'senden', 'aria-label': t.chat_senden, title: t.chat_senden }, icon('send'))))));
      panel.hidden = this.panel.hidden;
      this.panel.replaceWith(panel);
      this.panel = panel;
      const told = this.items;
      let turn = [];
      this.items = [];
      for (const item of told) {
        this.add(item);
        turn = item.ich ? [] : [...turn, item];
        if (isAnswer(item)) this.rate(item, item.journal);
      }
      this.offer(turn.reverse().flatMap((one) => one.knoepfe));
      setTimeout(() => { this.bottom(); this.log.setAttribute('aria-live', 'polite'); }, 50); // old messages are not read out
      if (focused) this.input.focus();
    }

    other(languages) {
      const known = !this.chosen && this.sprachen.find((one) => one.id !== this.sprache && languages.some((lang) => lang.slice(0, 2) === one.id));
      return known && button(known.name, () => this.language(known.id), { class: 'chip', lang: known.id, dir: known.richtung }, 'website');
    }

    async language(lang) {
      const before = this.wish, draft = this.input.value;
      this.wish = lang;
      try { await this.words(); } catch { this.wish = before; this.say('chat_fehler'); return; }
      save({ sprache: this.chosen = lang });
      if (this.page) {
        history.replaceState(null, '', `?sprache=${lang}`);
        Object.assign(document.documentElement, { lang, dir: direction(lang) });
      }
      this.draw();
      this.input.value = draft;
      this.select.focus();
    }

    add(item) {
      const first = !this.items.length || this.items[this.items.length - 1].ich, who = this.texte[item.ich ? 'chat_ich' : 'chat_lotse'];
      this.items.push(item);
      item.node = el('article', { class: item.ich ? 'ich' : 'lotse', tabindex: '-1' }, el('p', { class: !item.ich && first ? 'wer' : 'vor' }, !item.ich && first && mark(), `${who}:`),
        item.ich ? [el('p', { class: 'text', dir: 'auto' }, item.text), item.rest = el('div', { class: 'rest' })] : el('div', { class: 'karte' }, this.content(item)));
      this.mark(item);
      this.log.append(item.node);
      this.bottom();
    }

    content({ text, daten }) {
      const offices = daten.typ === 'stellen' ? daten.stellen : [];
      const out = text.split('\n\n').map((paragraph, index) => {
        const number = offices.findIndex((office, i) => paragraph.startsWith(`${i + 1}. **${office.name}**`));
        if (number >= 0) return this.office(offices[number], number);
        if (paragraph === daten.quellenzeile) return '';
        const lang = (daten.absaetze || [])[index] || 'de';
        return blocks(paragraph, { lang, dir: direction(lang) });
      });
      if (offices.length) out.push(el('p', {}, link(`${API}/stellen?ort=${encodeURIComponent(daten.ort)}`, this.texte.stelle_alle)));
      return [...out, daten.quellenzeile && this.sources(daten)];
    }

    line(name, ...value) { return value.some(Boolean) && el('p', {}, el('span', { class: 'leise' }, `${this.texte[name]}: `), german('bdi', value)); }

    sources(daten) {
      const links = (all, name) => all.map((one, i) => [i > 0 && '; ', link(one.url, one[name])]);
      return el('details', {}, el('summary', {}, el('span', {}, `${this.texte.chat_quelle}: `, german('bdi', daten.quellen[0].titel), ` · ${this.texte.chat_stand} `, day(daten.stand))),
        this.line('chat_quelle', links(daten.quellen, 'titel')), daten.rechtsgrundlagen.length > 0 && this.line('chat_recht', links(daten.rechtsgrundlagen, 'norm')),
        this.line('chat_stand', day(daten.stand)), this.line('chat_naechste_pruefung', day(daten.pruefen_bis)),
        el('p', {}, this.texte[daten.gilt === 'Hessen' ? 'chat_hessen' : 'chat_bundesweit']), el('p', {}, link(`${API}/faq/${daten.faq}`, this.texte.chat_seite)));
    }

    office(office, index) {
      const t = this.texte, source = office.quellen[0];
      const way = (name, scheme) => office[name] && link(scheme + office[name].replace(/ /g, ''), [icon(name), el('span', { class: 'vor' }, `${t[`stelle_${name}`]}: `), el('bdi', {}, site(office[name]))], { class: 'weg' });
      return el('article', { class: 'stelle', 'aria-label': office.name },
        german(this.page ? 'h2' : 'h3', `${index + 1}. ${office.name}`), !office.name.includes(office.traeger) && german('p', office.traeger), office.entfernung && el('p', { class: 'gut', lang: 'de', dir: 'ltr' }, office.entfernung),
        german('p', index ? office.zweck : office.warum),
        el('div', { class: 'chips' }, way('telefon', 'tel:'), way('email', 'mailto:'), way('website', '')),
        this.line('stelle_zustaendig', office.zustaendig), this.line('stelle_adresse', office.adresse, office.karte && [' ', link(office.karte, t.stelle_karte, { lang: this.sprache, dir: 'auto' })]),
        this.line('stelle_zeiten', office.sprechzeiten, office.geoeffnet && el('strong', { class: 'gut' }, ` ${office.geoeffnet}`)),
        this.line('stelle_vor_ort', office.sprechtage.map((one) => one.ort + (one.rhythmus && ` (${one.rhythmus})`)).join('; ')), !index && this.line('stelle_mitbringen', office.mitbringen.join(', ')),
        office.hinweis && german('p', office.hinweis), office.unbekannt.length > 0 && el('p', {}, `${t.stelle_unbekannt}: ${office.unbekannt.map((name) => t[`stelle_${name}`]).join(', ')}`),
        el('p', { class: 'leise' }, office.stand && [`${t.chat_stand} `, day(office.stand)], ` · ${t.chat_quelle}: `, link(source, site(source)), !office.aktuell && [' · ', el('strong', {}, t.stelle_vorher)]));
    }

    /** Returns {fehler, art, uebersetzung, links} of the server, or the like. */
    reason(error, why) {
      return error instanceof Refused ? error : { uebersetzung: why || this.texte[navigator.onLine ? 'chat_fehler' : 'chat_offline'] };
    }

    trouble({ fehler, uebersetzung, links = [] }) {
      return [el('p', { lang: uebersetzung ? this.sprache : 'de' }, inline(uebersetzung || fehler)), links.map((one) => el('p', {}, link(one.url, one.titel)))];
    }

    mark(item) {
      if (!item.rest) return;
      const t = this.texte, wrong = item.fehler;
      item.rest.replaceChildren();
      if (wrong) item.rest.append(el('strong', { class: 'rot' }, t.chat_nicht_gesendet), ...this.trouble(wrong).flat(), POINTLESS.includes(wrong.art) ? '' : button(wrong.art === 'gespraech_voll' ? t.chat_neu : t.chat_nochmal, () => this.again(item), { class: 'chip' }));
    }

    again(item) {
      if (this.busy) return;
      item.node.focus({ preventScroll: true });
      this.log.append(item.node);
      this.post(item);
    }

    finish(got, journal) {
      const t = this.texte;
      const answer = got.filter(isAnswer).pop();
      if (answer) this.rate(answer, journal);
      this.offer([...got].reverse().flatMap((one) => one.knoepfe));
      const offer = this.other(got.map((one) => one.daten.sprache || ''));
      if (offer) this.chips.append(offer);
      this.missed = got.some(({ daten }) => /^(vorschlag|ablehnung)/.test(daten.entscheidung)) ? this.missed + 1 || 1 : 0;
      if (this.missed > 1 && !this.chips.textContent.includes(t.knopf_mensch)) this.chips.append(this.person('chip'));
      this.bottom();
    }

    person(name) { return button(this.texte.knopf_mensch, () => this.send(this.texte.knopf_mensch, { text: ASK_A_PERSON }), { class: name }, 'person'); }

    offer(buttons) {
      this.chips.hidden = !buttons.length;
      this.chips.replaceChildren(...buttons.map((one) => {
        const own = this.knoepfe[one.titel], lang = own ? this.sprache : 'de';
        return button(own || one.titel, () => this.send(own || one.titel, { knopf: one.token }), { class: 'chip', lang, dir: direction(lang) });
      }));
    }

    rate(item, id) {
      const t = this.texte, { quellen = [], faq } = item.daten;
      const send = async (grund) => {
        const thanks = el('span', { tabindex: '-1', class: 'gut' }, t.chat_danke);
        try {
          await checked(await call('feedback', { id, grund }));
          row.replaceChildren(copy, thanks);
          thanks.focus();
        } catch { this.say('chat_fehler'); }
      };
      const reason = (grund) => button(t[`chat_${grund}`], () => send(grund));
      const copy = button(t.chat_kopieren, () => navigator.clipboard.writeText([item.text.replace(/\*\*/g, ''), ...quellen.map((one) => one.url), typeof faq === 'string' ? `${API}/faq/${faq}` : ''].join('\n').trim())
        .then(() => this.say('chat_kopiert'), () => this.say('chat_fehler')), {}, 'copy');
      const row = el('div', { role: 'group', 'aria-label': t.chat_bewerten, class: 'tun' }, copy, button(t.chat_hilft, () => send('hilft'), {}, 'yes'), button(t.chat_hilft_nicht, () => {
        const reasons = ['unverstaendlich', 'falsch', 'veraltet'].map(reason);
        row.replaceChildren(copy, ...reasons);
        reasons[0].focus();
      }, {}, 'no'));
      item.node.append(row);
    }

    /** Shows what is new from the person's message on. */
    bottom() {
      const mine = this.items.filter((one) => one.ich).pop(), end = this.scroll.scrollHeight - this.scroll.clientHeight;
      this.scroll.scrollTo({ top: mine ? Math.min(end, mine.node.offsetTop - 12) : 0, behavior: media('prefers-reduced-motion:reduce') ? 'auto' : 'smooth' });
    }

    say(word, more = '') {
      if (!this.status) return;
      clearTimeout(this.hush);
      this.status.className = more || word === 'chat_schreibt' ? 'vor' : 'status';
      this.status.textContent = word && `${this.texte[word]} ${more}`;
      this.said = word;
      if (word) this.hush = setTimeout(() => this.say(''), 9000);
    }

    typing(on) {
      this.dots.hidden = !on;
      if (on) { this.say('chat_schreibt'); this.bottom(); } else if (this.said === 'chat_schreibt') this.say('');
    }

    menu(open = this.list.hidden) {
      this.list.hidden = !open;
      this.more.setAttribute('aria-expanded', open);
    }

    print() {
      this.menu(false);
      const before = document.adoptedStyleSheets;
      if (!this.page) {
        document.adoptedStyleSheets = [...before, sheet(`@media print{body>:not(${NAME}){display:none!important}}`)];
        addEventListener('afterprint', () => { document.adoptedStyleSheets = before; }, { once: true });
      }
      window.print();
    }
    key(event) {
      const { key } = event, target = event.composedPath()[0];
      if (key === 'Escape' && this.list) {
        if (!this.list.hidden) { this.menu(false); this.more.focus(); } else if (!this.page) this.schliessen();
      } else if (target === this.input && key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      } else if (/^(ARTICLE|DIV)$/.test(target.tagName) && /^\S$/u.test(key) && !event.ctrlKey && !event.metaKey && !event.altKey) this.input.focus();
    }

    typed() {
      const left = LIMIT - this.input.value.length, word = this.texte[left < 0 ? 'chat_zu_lang' : 'chat_zeichen'];
      this.input.style.height = 'auto';
      this.input.style.height = `${this.input.scrollHeight + 2}px`;
      this.counter.className = left < 0 ? 'rot' : '';
      this.counter.textContent = left > NEAR ? '' : word.replace('{anzahl}', Math.abs(left));
      return left >= 0;
    }

    submit() {
      const text = this.input.value.trim(), failed = this.items.find((one) => one.fehler);
      if (!text && failed) this.again(failed);
      else if (text && this.typed() && this.send(text, { text })) { this.input.value = ''; this.typed(); }
    }

    send(text, what) {
      if (this.busy) { this.say('chat_schreibt'); return false; }
      const item = { ich: true, text, body: { id: newId(), ...what, sprache: this.chosen } };
      const held = this.chips.contains(this.shadowRoot.activeElement);
      this.add(item);
      if (held) item.node.focus({ preventScroll: true }); // its button goes
      this.post(item);
      return true;
    }
  }

  const STYLE = `
:host{all:initial;display:block;--aktion:var(--lotse-aktion,#2044aa);--auf:var(--lotse-auf-aktion,#fff);--text:var(--lotse-text,#171a2b);--leise:var(--lotse-text-leise,#4c5269);--grund:var(--lotse-grund,#fff);--flaeche:var(--lotse-flaeche,#f3f5fb);--blau:var(--lotse-flaeche-aktion,#e8edfb);--rand:var(--lotse-rand,#c6ccdc);--fokus:var(--lotse-fokus-aussen,#ffd23f);--gut:var(--lotse-gut,#0b6650);--rot:var(--lotse-fehler,#ab1a2d)}
@media(prefers-color-scheme:dark){:host{--aktion:var(--lotse-aktion,#a9bdff);--auf:var(--lotse-auf-aktion,#0d1230);--text:var(--lotse-text,#eef0f8);--leise:var(--lotse-text-leise,#b6bdd2);--grund:var(--lotse-grund,#11131c);--flaeche:var(--lotse-flaeche,#1a1d2a);--blau:var(--lotse-flaeche-aktion,#232a47);--rand:var(--lotse-rand,#3a4059);--gut:var(--lotse-gut,#7fdcc0);--rot:var(--lotse-fehler,#ffa6ae)}}
:host([seite]),.seite{display:flex;flex:1;min-height:0;min-width:0}
*{box-sizing:border-box;margin:0}
[hidden]{display:none!important}
.box,.seite{font:max(16px,1rem)/1.5 var(--lotse-schrift,system-ui,sans-serif);color:var(--text);overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
a{color:var(--aktion)}
a[target]:not([class])::after{content:"\\2197"/"";font-size:.8em;margin-inline-start:.15em}
svg{width:1.25em;height:1.25em;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;flex:none}
button,select,textarea{font:inherit;color:inherit}
button,.weg,.eintrag{display:inline-flex;align-items:center;gap:.45em;min-height:44px;min-width:44px;padding:.2em .9em;border:1px solid transparent;border-radius:22px;background:none;color:var(--aktion);font-weight:600;text-align:start;text-decoration:none;cursor:pointer}
:is(button,.weg,.eintrag):hover{background:var(--blau)}
:focus-visible,.sprache:focus-within{outline:3px solid var(--text);outline-offset:2px;box-shadow:0 0 0 5px var(--fokus)}
.start{position:fixed;right:16px;bottom:max(16px,env(safe-area-inset-bottom));z-index:2147483000;min-height:56px;border-radius:28px;max-width:calc(100vw - 32px);padding:.5em 1.3em;box-shadow:0 4px 24px rgb(0 0 0/.3)}
.start,.senden,.zeichen,.ich .text,:is(.start,.senden):hover{background:var(--aktion);color:var(--auf)}
.fenster{container-type:inline-size;display:flex;flex-direction:column;flex:1;min-width:0;background:var(--flaeche)}
.box>.fenster{position:fixed;right:20px;bottom:20px;z-index:2147483000;width:min(27em,100vw - 40px);height:min(46em,var(--hoehe,100vh) - 40px);border:1px solid var(--rand);border-radius:16px;overflow:hidden;box-shadow:0 8px 48px rgb(0 0 0/.3)}
.mitte{width:100%;max-width:46em;margin-inline:auto;padding-inline:1em}
.leer{align-items:center;justify-content:center;gap:1em}
header{background:var(--grund);border-bottom:1px solid var(--rand);position:relative;z-index:1;padding:.5em 0 .1em}
.kopf{display:flex;flex-wrap:wrap;align-items:center}
.zeichen{display:grid;place-items:center;width:2em;height:2em;border-radius:.5em;flex:none}
.name{flex:1;min-width:0;line-height:1.25;padding-inline:.6em .2em}
h1,h2,h3{font-size:1em;line-height:1.3;hyphens:auto}
.name p,label,label+*,.wer{font-size:.85em}
.leise,.name p,.wer,summary{color:var(--leise)}
.rund,.senden{padding:0;width:46px;height:46px;justify-content:center}
.rund{color:var(--text)}
.sprache{position:relative;display:flex;align-items:center;border-radius:23px}
select{position:absolute;inset:0;width:100%;opacity:0;cursor:pointer;font-size:16px}
option{color:#000;background:#fff}
.menue{position:absolute;inset-inline-end:.7em;top:3.6em;list-style:none;padding:.4em;background:var(--grund);border:1px solid var(--rand);border-radius:12px;box-shadow:0 8px 32px rgb(0 0 0/.25)}
.eintrag{width:100%;color:var(--text);font-weight:400;border-radius:8px}
.mensch{padding-inline:.4em;flex:0 1 100%}
.verlauf{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;position:relative}
.verlauf:focus-visible{outline-offset:-3px;box-shadow:none}
.verlauf>.mitte,[role=log]{display:flex;flex-direction:column;gap:.9em}
.verlauf>.mitte{padding-block:1em}
[role=log]:empty{display:none}
.hinweis{background:var(--blau);border-radius:12px;padding:.7em 1em;font-size:.94em}
.hinweis .chip{margin-top:.6em}
article{border-radius:10px}
.ich{align-self:flex-end;max-width:86%;display:flex;flex-direction:column;align-items:flex-end}
.ich .text{padding:.55em 1em;border-radius:18px;border-end-end-radius:5px;white-space:pre-wrap}
.rest:not(:empty){margin-top:.5em;padding:.7em .9em;border-radius:12px;border:1px solid var(--rot);background:var(--grund);display:grid;gap:.5em}
.rot{color:var(--rot)}
.wer{display:flex;align-items:center;gap:.5em;font-weight:600;margin-bottom:.35em}
.wer>*{font-size:.8em}
.karte,.stelle{display:flex;flex-direction:column;gap:.6em;padding:.8em 1em;border:1px solid var(--rand)}
.karte{background:var(--grund);border-radius:16px;border-start-start-radius:5px;width:fit-content;max-width:100%}
ul,ol{padding-inline-start:1.2em}
details{border-top:1px solid var(--rand);font-size:.94em}
details p{margin-bottom:.5em}
summary{display:flex;align-items:center;gap:.6em;min-height:44px;padding-top:.4em;cursor:pointer;list-style:none;border-radius:8px}
summary::-webkit-details-marker{display:none}
summary::before{content:"";flex:none;width:.5em;height:.5em;margin:0 .2em;border:solid;border-width:0 2px 2px 0;transform:rotate(45deg)}
[open]>summary::before{transform:rotate(225deg)}
p a{display:inline-block;min-height:24px}
.stelle{border-inline-start:4px solid var(--aktion);padding:.8em;gap:.45em}
p.leise{font-size:.9em}
.gut{color:var(--gut);font-weight:600}
.chips,.tun{display:flex;flex-wrap:wrap;gap:.5em;align-items:center}
.stelle .chips:empty{display:none}
.chip,.weg{border-color:var(--aktion)}
.chip{background:var(--grund);font-weight:500}
.tun{gap:0;font-size:.9em;margin-top:.1em}
.tun button{font-weight:400;color:var(--leise);padding:.2em .7em}
.tippt{flex-direction:row;gap:.3em}
.tippt i{width:.5em;height:.5em;border-radius:50%;background:var(--leise)}
.status:not(:empty){padding:.35em 1em;text-align:center;background:var(--blau)}
form{background:var(--grund);border-top:1px solid var(--rand);padding:.3em 0 max(.7em,env(safe-area-inset-bottom))}
label{font-weight:600;flex:1}
.zeile{display:flex;gap:.6em;align-items:flex-end}
textarea{flex:1;min-width:0;min-height:46px;max-height:8.5em;resize:none;padding:.6em .9em;line-height:1.4;border:1px solid var(--leise);border-radius:14px;background:var(--grund)}
textarea:focus-visible{outline:2px solid var(--aktion);outline-offset:0;box-shadow:none;border-color:var(--aktion)}
[dir=rtl] .senden svg{transform:scaleX(-1)}
.vor{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:30rem),(max-height:30rem){.box>.fenster{top:var(--oben,0);inset-inline:0;width:100%;height:var(--hoehe,100vh);border:0;border-radius:0}}
@media(max-width:48rem),(max-height:32rem){.seite>.fenster{position:fixed;top:var(--oben,0);left:0;width:100%;height:var(--hoehe,100vh)}.mitte{padding-inline:.8em}}
@media(min-width:48rem) and (min-height:32rem){.seite h1{position:absolute;clip-path:inset(50%)}.seite .kopf>.zeichen{display:none}.seite .name{padding:0}.seite .mensch{flex:none}}
@container(max-width:15em){.name p{display:none}}
@container(max-width:22em){.kopf>.zeichen{display:none}}
@media(max-height:26rem){.mensch{flex:none}.name p{display:none}label{position:absolute;clip-path:inset(50%)}}
@media(prefers-reduced-motion:no-preference){.tippt i,.leer>.zeichen{animation:t 1.2s infinite}.tippt i+i{animation-delay:.2s}.tippt i+i+i{animation-delay:.4s}}
@keyframes t{30%{opacity:.3}}
@media(forced-colors:active){.text,.senden,.start,.chip,.status:not(:empty){border:1px solid!important}}
@media print{.seite>.fenster,.box>.fenster{position:static;display:block;width:auto;height:auto;border:0;box-shadow:none}.fenster *{color:#000!important;background:#fff!important;box-shadow:none!important}.verlauf{overflow:visible}.rund,.mensch,.chips,.tun,.status,form,.start,.hinweis,.menue{display:none}.stelle,.text{border:1px solid}a[href^=http]::after{content:" (" attr(href) ")"!important}}
`;

  customElements.define(NAME, Chat);
  if ('lotse' in SCRIPT.dataset) {
    const add = () => document.body.append(el(NAME, { sprache: SCRIPT.dataset.sprache }));
    if (document.body) add(); else addEventListener('DOMContentLoaded', add);
  }
})();
