/* Writing an entry of a journal with one thumb. What was typed is kept in this browser until the server has it: a lost
   connection, an ended session or a closed tab lose nothing. The form's own number is kept too, so that an entry which
   was written although its answer never came is not written twice. */
"use strict";
(() => {
  const done = document.querySelector("[data-work-done]");
  if (done) try { localStorage.removeItem(done.dataset.workDone); } catch { /* nothing was kept */ }
  const form = document.getElementById("work");
  if (!form) return;
  const WAITS = [2000, 4000, 8000, 15000, 30000];
  const state = document.getElementById("work-state");
  const button = form.querySelector("button[type=submit]");
  const boxes = [...form.querySelectorAll("input[name=pupils]")];
  const SKIP = new Set(["csrfmiddlewaretoken", "version"]);
  let tries = 0, timer = 0, asking = false;

  /* How many are picked, and the lines of those alone. */
  const WORDS = ["", "одному", "двоим", "троим", "четверым", "пятерым", "шестерым", "семерым"];
  function show() {
    const picked = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const one of form.querySelectorAll("[data-work-of]")) one.hidden = !picked.has(one.dataset.workOf);
    const none = form.querySelector("[data-work-none]");
    if (none) none.hidden = picked.size > 0;
    if (button.dataset.words === "Записать") button.textContent = `Записать ${WORDS[picked.size] ?? `ученикам: ${picked.size}`}`.trim();
    for (const one of form.querySelectorAll("[data-put-radio]")) one.checked = one.value === form.elements.minutes.value;
  }

  /* The draft. */
  function pack() {
    const told = [...new FormData(form)].filter(([name]) => !SKIP.has(name) && name !== "min");
    return JSON.stringify({ at: new Date().toISOString(), told });
  }
  function keep() {
    if (!form.dataset.store) return;
    try {
      localStorage.setItem(form.dataset.store, pack());
      const now = new Date().toLocaleTimeString("ru-RU", { hour: "2-digit", minute: "2-digit" });
      state.textContent = `Черновик сохранён в ${now}`;
    } catch { state.textContent = "Браузер не хранит черновик: не закрывайте страницу"; }
  }
  function restore() {
    let draft = null;
    try { draft = JSON.parse(localStorage.getItem(form.dataset.store) || "null"); } catch { draft = null; }
    if (!draft || !Array.isArray(draft.told)) return;
    const here = new Set(boxes.map((box) => box.value));
    const picked = draft.told.filter(([name]) => name === "pupils").map(([, value]) => value);
    if (picked.length && !picked.some((value) => here.has(value))) return;   // of another class: its own page has it
    const told = new Set(draft.told.map(([name, value]) => `${name}=${value}`));
    for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = told.has(`${box.name}=${box.value}`);
    for (const [name, value] of draft.told) {
      const field = form.elements[name];
      if (!field || (field instanceof RadioNodeList ? field[0] : field).type === "checkbox") continue;
      field.value = value;
    }
    for (const box of form.querySelectorAll("details input:checked")) if (box.type === "checkbox") box.closest("details")?.setAttribute("open", "");
    const at = new Date(draft.at);
    state.textContent = `Ваш черновик от ${at.toLocaleString("ru-RU", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })}. `;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-link o-workdrop";
    drop.textContent = "Начать заново";
    drop.addEventListener("click", () => { localStorage.removeItem(form.dataset.store); location.assign(location.pathname); });
    state.append(drop);
  }

  /* One tap in place of typing. */
  form.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-put]");
    if (!chip) return;
    form.elements[chip.dataset.put].value = chip.dataset.value ?? chip.textContent;
    keep();
  });
  form.addEventListener("change", (event) => {
    if (event.target.dataset.putRadio) form.elements.minutes.value = event.target.value;
    show();
    keep();
  });
  form.addEventListener("input", () => { show(); keep(); });

  /* Sending: only when the server is there and the session lives; else it waits and tries again by itself. */
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (form.dataset.gone || asking) return;
    keep();
    ask();
  }, true);
  async function ask() {
    clearTimeout(timer);
    asking = true;
    const headers = tries ? { "X-Unattended": "1" } : {};
    try {
      const answer = await fetch(form.dataset.again, { method: "HEAD", redirect: "manual", headers });
      if (answer.type === "opaqueredirect") return login();
      if (!answer.ok) throw new Error(String(answer.status));
      form.dataset.gone = "yes";
      form.submit();
    } catch {
      state.textContent = form.dataset.store ? "Связи нет. Черновик сохранён: отправим, когда связь появится." : "Связи нет: отправим, когда появится.";
      timer = setTimeout(ask, WAITS[Math.min(tries, WAITS.length - 1)]);
      tries += 1;
    } finally { asking = false; }
  }
  function login() {
    state.textContent = "Вы вышли из Опоры. Черновик не пропадёт: ";
    const link = document.createElement("a");
    link.href = form.dataset.again;
    link.textContent = "войдите и вернитесь сюда";
    state.append(link);
  }
  window.addEventListener("online", () => { if (tries && !asking && !form.dataset.gone) ask(); });
  window.addEventListener("pageshow", () => { delete form.dataset.gone; });

  for (const one of form.querySelectorAll(".o-workchips, [data-work-minutes]")) one.hidden = false;
  if (form.dataset.store && !new URLSearchParams(location.search).has("copy") && !form.querySelector(".o-note--error")) restore();
  show();
})();
