/* The table of a work's results: Enter and the arrows walk down the column. What was typed and not yet saved is kept in
   this browser under keys of person, work and class, without names, and offered again after a lost page. */
"use strict";
(() => {
  const form = document.getElementById("results");
  if (!form) return;
  const left = document.getElementById("results-left");
  const rows = [...form.querySelectorAll("tbody tr")];
  const key = form.dataset.store;

  const fields = (row) => [...row.querySelectorAll("input:not([type=hidden])")];
  const was = (row) => row.querySelector("input[type=hidden]");
  const told = (field) => (field.type === "checkbox" ? (field.checked ? "on" : "") : field.value.trim());
  const stood = (field) => (field.type === "checkbox" ? (field.defaultChecked ? "on" : "") : field.defaultValue);

  function kept() {
    try { return JSON.parse(localStorage.getItem(key) || "[]"); } catch { return []; }
  }
  /* Rows that came back as they were typed: all, when nothing was saved. */
  const refused = new Set((form.dataset.wrong === "all" ? kept().map(([id]) => id) : [...form.querySelectorAll(".o-row-wrong")].map((row) => row.id)));

  /* Rows in which something differs from what the page was shown with: [row's id, what stood, what was typed]. */
  function changed() {
    return rows.filter((row) => refused.has(row.id) || fields(row).some((field) => told(field) !== stood(field)))
      .map((row) => [row.id, was(row).value, fields(row).map(told)]);
  }
  let offered = [];                                   // what is kept and nobody has decided about yet
  function keep() {
    try {
      const mine = changed();
      const found = [...mine, ...offered.filter(([id]) => !mine.some(([own]) => own === id))];
      if (found.length) localStorage.setItem(key, JSON.stringify(found));
      else localStorage.removeItem(key);
    } catch { /* the page alone holds it */ }
  }
  /* What is not saved yet of what is kept: rows that stand as they were typed need nothing. */
  function waiting() {
    return kept().filter(([id, , typed]) => {
      const row = document.getElementById(id);
      return row && fields(row).length === typed.length && fields(row).some((field, n) => told(field) !== typed[n]);
    });
  }
  function bring(found) {
    for (const [id, before, typed] of found) {
      const row = document.getElementById(id);
      was(row).value = before;                    // so that what another person wrote meanwhile is noticed
      fields(row).forEach((field, n) => { if (field.type === "checkbox") field.checked = typed[n] === "on"; else field.value = typed[n]; });
    }
  }

  function decided() { offered = []; left.hidden = true; keep(); }

  if (!form.dataset.wrong) {
    offered = waiting();
    left.hidden = !offered.length;
    left.querySelector("[data-number]").textContent = String(offered.length);
    left.querySelector("[data-bring]").addEventListener("click", () => { bring(offered); fields(document.getElementById(offered[0][0]))[0].focus(); decided(); });
    left.querySelector("[data-forget]").addEventListener("click", decided);
    keep();
  }
  form.addEventListener("input", keep);

  const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody tr");
    const step = event.key === "Enter" && event.shiftKey ? -1 : STEPS[event.key];
    if (!row || !step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = rows[rows.indexOf(row) + step];
    if (!next) { if (event.key === "Enter" && step > 0) form.querySelector("button[type=submit]").focus(); return; }
    const field = fields(next)[fields(row).indexOf(event.target)];
    field.focus();
    if (field.select && field.type !== "checkbox") field.select();
  });
})();
