/* The sheet of a class's results: typed like the paper one. Every cell is kept in this browser until the server has
   answered for it, so neither a lost connection nor a closed tab loses what was typed. */
"use strict";
(() => {
  const form = document.getElementById("sheet");
  if (!form) return;
  const KEYS = JSON.parse(form.dataset.keys);
  const VALUES = new Set(JSON.parse(form.dataset.values));
  const MOST = 100;                                   // cells in one batch
  const SOON = 400;                                   // ms from a typed cell to its batch
  const WAITS = [2000, 4000, 8000, 15000, 30000];     // ms to the next try without a connection
  const state = document.getElementById("sheet-state");
  const clashes = document.getElementById("sheet-clash");
  const way = document.querySelector("[data-sheet-way]");
  const grid = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => cell.querySelector("input")));
  const cells = new Map();                            // name → { input, saved, row, column }
  const queue = new Map();                            // name → { value, was }: typed and not yet answered for
  const wrong = new Set();                            // names of cells whose text is no result
  const against = new Map();                          // name → { value, told }: what stands against the typed value
  let sending = false, timer = 0, tries = 0, trouble = "", kept = true;

  grid.forEach((row, r) => row.forEach((input, c) => {
    if (!input) return;
    const saved = input.getAttribute("aria-invalid") ? "" : input.defaultValue;
    cells.set(input.name, { input, saved, row: r, column: c });
  }));

  /* What a text means: "" for an empty cell, null for what is no result. */
  function meant(text) {
    const tidy = text.trim().toLowerCase();
    if (tidy === "" || tidy === "-" || tidy === "–" || tidy === "—") return "";
    if (Object.hasOwn(KEYS, tidy)) return KEYS[tidy];
    return VALUES.has(tidy) ? tidy : null;
  }

  /* The queue in this browser. */
  function store() {
    try {
      if (queue.size) localStorage.setItem(form.dataset.store, JSON.stringify([...queue]));
      else localStorage.removeItem(form.dataset.store);
      kept = true;
    } catch { kept = false; }
  }
  function restore() {
    let left = [];
    try { left = JSON.parse(localStorage.getItem(form.dataset.store) || "[]"); } catch { left = []; }
    for (const [name, item] of left) {
      const cell = cells.get(name);
      if (!cell || cell.saved === item.value) continue;
      queue.set(name, item);
      cell.input.value = item.value;
      show(name);
    }
    store();
    if (queue.size) plan(0);
  }

  /* How a cell stands: a sign and words, not a colour alone. */
  function show(name) {
    const { input, saved } = cells.get(name);
    const clash = against.get(name);
    const how = wrong.has(name) ? "bad" : clash ? "clash" : queue.has(name) ? "wait" : "";
    if (how) input.parentElement.dataset.state = how;
    else delete input.parentElement.dataset.state;
    if (how === "bad") input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    input.title = how === "bad" ? input.dataset.why || form.dataset.wrong
      : how === "clash" ? `Записано «${clash.value || "пусто"}»: ${clash.told}`
      : how === "wait" ? "ещё не сохранено" : saved ? "сохранено" : "";
  }

  function say() {
    const unsaved = new Set([...queue.keys(), ...wrong, ...against.keys()]);
    let filled = unsaved.size;
    cells.forEach((cell, name) => { if (cell.saved && !unsaved.has(name)) filled += 1; });
    const parts = [`Сохранено ${filled - unsaved.size} из ${filled}`];
    if (wrong.size) parts.push(`не подходит: ${wrong.size}`);
    if (against.size) parts.push(`изменил другой человек: ${against.size}`);
    if (trouble) parts.push(trouble);
    else if (queue.size > against.size) parts.push("сохраняем…");
    if (!kept) parts.push("браузер не хранит набранное: не закрывайте страницу");
    state.textContent = parts.join(" · ");
    state.classList.toggle("o-is-trouble", Boolean(trouble || wrong.size || against.size));
  }

  /* A new text of a cell; answers whether it is a result. */
  function put(name, text, why = "") {
    const cell = cells.get(name);
    const value = meant(text);
    against.delete(name);
    delete cell.input.dataset.why;
    if (value === null) {
      queue.delete(name);
      wrong.add(name);
      cell.input.dataset.why = why || form.dataset.wrong;
    } else {
      wrong.delete(name);
      cell.input.value = value;
      if (value === cell.saved) queue.delete(name);
      else queue.set(name, { value, was: cell.saved });
    }
    store();
    show(name);
    showClashes();
    say();
    if (queue.size) plan(SOON);
    return value !== null;
  }

  /* Moving. Cells of other teachers have no field and are stepped over; past the end of a column comes the next one. */
  function find(row, column, byRow, byColumn) {
    let r = row + byRow, c = column + byColumn;
    while (r >= 0 && r < grid.length && c >= 0 && c < grid[0].length) {
      if (grid[r][c]) return grid[r][c];
      r += byRow;
      c += byColumn;
    }
    return null;
  }
  function onward(name, back = false) {
    const { row, column } = cells.get(name);
    const down = way.querySelector("select").value === "down";
    const list = down ? grid[0].flatMap((_, c) => grid.map((line) => line[c])) : grid.flat();
    const here = list.indexOf(grid[row][column]);
    const rest = back ? list.slice(0, here).reverse() : list.slice(here + 1);
    goTo(rest.find(Boolean));
  }
  function goTo(input) {
    if (!input) return;
    input.focus();
    input.select();
  }

  form.addEventListener("focusin", (event) => { if (cells.has(event.target.name)) event.target.select(); });
  form.addEventListener("input", (event) => {
    const name = event.target.name;
    if (!cells.has(name)) return;
    const text = event.target.value;
    const typed = event.inputType === "insertText" || event.inputType === "insertCompositionText";
    if (put(name, text) && typed && text.trim()) onward(name);
    else event.target.select();
  });

  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  form.addEventListener("keydown", (event) => {
    const cell = cells.get(event.target.name);
    if (!cell || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const { input } = cell;
    if (event.key in ARROWS) goTo(find(cell.row, cell.column, ...ARROWS[event.key]));
    else if (event.key === "Enter") onward(input.name, event.shiftKey);
    else if (event.key === "Backspace" || event.key === "Delete") {
      input.value = "";
      put(input.name, "");
    } else if (event.key === "Escape") {
      input.value = cell.saved;
      put(input.name, cell.saved);
      input.select();
    } else return;
    event.preventDefault();
  });

  /* A column or a block from a table program. */
  form.addEventListener("paste", (event) => {
    const cell = cells.get(event.target.name);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !text) return;
    event.preventDefault();
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    let last = cell.input;
    lines.forEach((line, r) => line.forEach((part, c) => {
      const input = grid[cell.row + r]?.[cell.column + c];
      if (!input) return;
      input.value = part.trim().slice(0, 16);
      put(input.name, input.value);
      last = input;
    }));
    goTo(last);
  });

  /* Sending: one batch at a time; what was typed meanwhile goes with the next. */
  function plan(wait) {
    if (sending || timer) return;
    timer = setTimeout(send, wait);
  }
  function again() {
    const wait = WAITS[Math.min(tries, WAITS.length - 1)];
    tries += 1;
    timer = setTimeout(send, wait);
  }

  async function send() {
    timer = 0;
    const batch = [...queue].filter(([name]) => !against.has(name)).slice(0, MOST);
    if (!batch.length) return;
    sending = true;
    try {
      hear(batch, await ask(batch));
    } catch {
      trouble = "нет связи, попробуем снова";
      again();
    } finally {
      sending = false;
      store();
      say();
    }
    if (!timer && !trouble && [...queue.keys()].some((name) => !against.has(name))) plan(SOON);
  }

  async function ask(batch) {
    const body = JSON.stringify({ of: form.dataset.of, cells: batch.map(([name, item]) => {
      const [, pupil, subject] = name.split("-").map(Number);
      return { pupil, subject, ...item };
    }) });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    if (tries) headers["X-Unattended"] = "1";
    const answer = await fetch(form.dataset.cells, { method: "POST", headers, body, redirect: "manual" });
    if (answer.type === "opaqueredirect") return { trouble: "войдите снова и вернитесь сюда: набранное не пропадёт" };
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (!answer.ok) return { trouble: "сервер не принял: обновите страницу, набранное не пропадёт" };
    return answer.json();
  }

  function hear(batch, told) {
    if (told.trouble) {
      trouble = told.trouble;
      return;
    }
    trouble = "";
    tries = 0;
    const sent = new Map(batch);
    for (const answer of told.cells) {
      const name = `c-${answer.pupil}-${answer.subject}`;
      const cell = cells.get(name);
      if (cell) settle(name, cell, answer, sent.get(name));
    }
    showClashes();
  }

  function settle(name, cell, answer, item) {
    const now = queue.get(name);
    const same = now && item && now.value === item.value;
    cell.saved = answer.value;
    if (answer.state === "saved") {
      if (same) queue.delete(name);
      else if (now) now.was = answer.value;
    } else if (answer.state === "clash" && now) {
      against.set(name, { value: answer.value, told: answer.told || "другой человек" });
    } else if (answer.state === "refused" && same) {
      queue.delete(name);
      wrong.add(name);
      cell.input.dataset.why = answer.told;
    }
    show(name);
  }

  /* Cells that another person has changed: whoever typed decides. */
  function showClashes() {
    if (clashes.childElementCount === 0 && against.size === 0) return;
    clashes.replaceChildren(...[...against].map(([name, clash]) => {
      const { input } = cells.get(name);
      const line = document.createElement("li");
      line.append(`${input.getAttribute("aria-label")}: у вас «${input.value || "пусто"}», записано «${clash.value || "пусто"}» (${clash.told}). `);
      line.append(button(`Оставить «${clash.value || "пусто"}»`, () => put(name, (input.value = clash.value))), " ");
      line.append(button(`Записать «${input.value || "пусто"}»`, () => put(name, input.value)));
      return line;
    }));
  }
  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm btn-outline-secondary";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  window.addEventListener("online", () => {
    clearTimeout(timer);
    timer = 0;
    if (!sending && queue.size) send();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-sheet-send]").hidden = true;
  way.hidden = false;
  const WAY = "opora-sheet-way";
  try { way.querySelector("select").value = localStorage.getItem(WAY) === "right" ? "right" : "down"; } catch { /* down */ }
  way.addEventListener("change", () => { try { localStorage.setItem(WAY, way.querySelector("select").value); } catch { /* this time only */ } });
  cells.forEach((cell, name) => { if (cell.input.getAttribute("aria-invalid")) { wrong.add(name); show(name); } });
  restore();
  if (queue.size || wrong.size || [...cells.values()].some((cell) => cell.saved)) say();
  goTo([...cells.values()].find((cell) => !cell.input.value)?.input);
})();
