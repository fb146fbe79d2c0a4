"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  /* Without this script everything is open; with it, what is rarely wanted starts closed. */
  const mores = all("details.more");
  mores.forEach((more) => { more.open = false; });
  all("details[data-fold]").forEach((details) => { details.open = false; });
  addEventListener("beforeprint", () => mores.forEach((more) => { more.dataset.was = more.open; more.open = true; }));
  addEventListener("afterprint", () => mores.forEach((more) => { more.open = more.dataset.was === "true"; }));
  const full = byId("full");
  full?.addEventListener("change", () => mores.forEach((more) => { more.open = full.checked; }));

  const text = byId("text");
  const notes = all(".note");
  const marks = all("mark");
  const refs = new Map(all(".ref").map((ref) => [ref.id.slice(1), ref]));
  const marksOf = new Map();
  marks.forEach((mark) => mark.dataset.n.split(" ").forEach((n) => marksOf.set(n, [...(marksOf.get(n) ?? []), mark])));
  const numberOf = (note) => note.id.slice(1);
  const shown = () => notes.filter((note) => !note.hidden);
  let current = null;

  /* On a wide page the notes stand beside their words, pushed apart where they would overlap. */
  const wide = matchMedia("(min-width: 64rem)");
  function arrange() {
    if (!text) return;
    const floating = wide.matches;
    text.classList.toggle("floating", floating);
    text.style.minHeight = "";
    if (!floating) return;
    const top = text.getBoundingClientRect().top;
    const margin = notes.filter((note) => note.offsetParent !== null && note.closest(".notes"));
    const items = margin.map((note) => {
      const anchor = marksOf.get(numberOf(note))?.[0] ?? refs.get(numberOf(note)) ?? note.parentElement;
      return { note, want: (anchor.getClientRects()[0] ?? anchor.getBoundingClientRect()).top - top, height: note.offsetHeight };
    });
    const gap = 10;
    const push = (from) => {
      for (let i = from; i < items.length; i++) {
        const before = items[i - 1];
        items[i].at = Math.max(items[i].want, before ? before.at + before.height + gap : 0);
      }
    };
    push(0);
    const active = items.findIndex((item) => item.note === current);
    if (active > 0) {
      items[active].at = items[active].want;
      for (let i = active - 1; i >= 0; i--) items[i].at = Math.min(items[i].at, items[i + 1].at - items[i].height - gap);
      if (items[0].at < 0) push(0); else push(active + 1);
    }
    items.forEach((item) => { item.note.style.top = `${item.at}px`; });
    const last = items.at(-1);
    if (last) text.style.minHeight = `${last.at + last.height}px`;
  }

  function choose(note, { focus = "note" } = {}) {
    notes.forEach((other) => other.classList.toggle("on", other === note));
    marks.forEach((mark) => mark.classList.toggle("on", mark.dataset.n.split(" ").includes(numberOf(note))));
    const unfold = (of, open) => of?.querySelector("details.more")?.toggleAttribute("open", open);
    if (current !== note && !full?.checked) unfold(current, false);
    unfold(note, true);
    current = note;
    note.closest("details.frame:not([open])")?.setAttribute("open", "");
    arrange();
    const visible = shown();
    const position = byId("position");
    if (position) position.textContent = `${visible.indexOf(note) + 1} of ${visible.length}`;
    const ref = refs.get(numberOf(note));
    (focus === "text" && ref ? ref : note).focus({ preventScroll: true });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const aim = (wide.matches && marksOf.get(numberOf(note))?.[0]) || (focus === "text" && ref) || note;
    aim.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  }

  function step(by) {
    const visible = shown();
    if (!visible.length) return;
    const at = visible.indexOf(current);
    if (at >= 0) return choose(visible[(at + by + visible.length) % visible.length]);
    choose(by > 0 ? visible[0] : visible.at(-1));
  }
  byId("next")?.addEventListener("click", () => step(1));
  byId("previous")?.addEventListener("click", () => step(-1));
  const keys = byId("keys");
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys?.checked) return;
    if (event.target.closest("select, input, textarea")) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else return;
    event.preventDefault();
  });

  const noteAt = (n) => byId(`n${n}`);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const target = link?.hash.match(/^#([nr])(\d+)$/);
    if (target && link.origin === location.origin && link.pathname === location.pathname) {
      event.preventDefault();
      const note = noteAt(target[2]);
      if (note.hidden) return;
      return choose(note, { focus: target[1] === "r" ? "text" : "note" });
    }
    if (link) return;
    const mark = event.target.closest("mark");
    if (mark && !getSelection().toString()) {
      const note = mark.dataset.n.split(" ").map(noteAt).find((candidate) => !candidate.hidden);
      if (note) return choose(note);
    }
    const note = event.target.closest(".note");
    if (note && note !== current && !event.target.closest("button, summary, code")) choose(note);
  });
  all("details").forEach((details) => details.addEventListener("toggle", arrange));

  const topic = byId("topic");
  const who = byId("who");
  const severities = all("input[name=severity]");
  function filter() {
    const wanted = new Set(severities.filter((box) => box.checked).map((box) => box.value));
    notes.forEach((note) => {
      const about = note.dataset.topic;
      note.hidden = !["error", "warning", "info"].some((severity) => note.classList.contains(severity) && wanted.has(severity))
        || Boolean(topic.value && topic.value !== about) || Boolean(who.value && !who.value.split(" ").includes(about));
      const ref = refs.get(numberOf(note));
      if (ref) ref.hidden = note.hidden;
    });
    marks.forEach((mark) => mark.classList.toggle("off", mark.dataset.n.split(" ").every((n) => noteAt(n).hidden)));
    const count = shown().length;
    byId("position").textContent = count === notes.length ? `${count} notes` : `${count} of ${notes.length} notes`;
    arrange();
  }
  [topic, who, ...severities].forEach((control) => control?.addEventListener("change", filter));

  all("button.copy").forEach((button) => button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "Selected: press Ctrl+C";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2500);
  }));

  all("table.sortable").forEach((table) => {
    const body = table.tBodies[0];
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        all("thead th", table).forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => row.cells[column].dataset.sort ?? "";
        const order = (a, b) => value(a).localeCompare(value(b), "en", { numeric: true });
        const number = (row) => Number(value(row));
        const numeric = [...body.rows].every((row) => value(row) !== "" && !Number.isNaN(number(row)));
        const rows = [...body.rows].sort(numeric ? (a, b) => number(a) - number(b) : order);
        body.append(...(down ? rows.reverse() : rows));
      });
    });
  });

  new ResizeObserver(arrange).observe(document.body);
  arrange();
})();
