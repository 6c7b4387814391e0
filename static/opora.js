/* Small conveniences. Every page works without them. */
"use strict";

/* A long navigation begins where the open page stands in it. */
document.querySelector(".o-nav [aria-current]")?.scrollIntoView({ block: "nearest" });

/* Boxes of a list: mark the row, count the chosen, show the bar of deeds from the first one on. */
function boxesOf(form) {
  return Array.from(form.querySelectorAll("input[type=checkbox][data-pick]"));
}

function refreshBulk(form) {
  const bar = form.querySelector("[data-bulk]");
  const boxes = boxesOf(form);
  const chosen = boxes.filter((box) => box.checked).length;
  boxes.forEach((box) => box.closest("tr")?.classList.toggle("o-is-picked", box.checked));
  const all = form.querySelector("input[type=checkbox][data-pick-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  if (bar) {
    bar.hidden = chosen === 0;
    bar.querySelector("[data-bulk-count]").textContent = `Выбрано: ${chosen}`;
  }
}

function refreshAllBulk() {
  document.querySelectorAll("[data-bulk]").forEach((bar) => {
    if (bar.closest("form")) refreshBulk(bar.closest("form"));
  });
}

document.addEventListener("change", (event) => {
  const box = event.target;
  const form = box.form;
  if (!form || !(box.matches("[data-pick]") || box.matches("[data-pick-all]"))) return;
  if (box.matches("[data-pick-all]")) boxesOf(form).forEach((one) => { one.checked = box.checked; });
  refreshBulk(form);
});
document.addEventListener("reset", () => setTimeout(refreshAllBulk));

/* A row that is opened again closes without asking the server. */
document.addEventListener("click", (event) => {
  const twist = event.target.closest?.(".o-twist[aria-controls]");
  const row = twist && document.getElementById(twist.getAttribute("aria-controls"));
  if (!row) return;
  const open = twist.getAttribute("aria-expanded") !== "true";
  twist.setAttribute("aria-expanded", String(open));
  twist.closest("tr").classList.toggle("o-is-open", open);
  row.hidden = !open;
  event.preventDefault();
});

/* A form on its way cannot be sent again; the server would make one thing of it anyway. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 10000);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  refreshAllBulk();
});
document.addEventListener("htmx:afterSwap", refreshAllBulk);

/* What a page asks by itself, again and again, is nobody's work: the session may end meanwhile. */
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.detail.triggeringEvent) event.detail.headers["X-Unattended"] = "1";
});

/* A part of a page that did not come: say so where messages stand. */
function sayFailure(text) {
  const place = document.getElementById("messages");
  if (!place || place.dataset.failed) return;
  place.dataset.failed = "yes";
  const line = document.createElement("p");
  line.className = "o-note o-note--error";
  line.textContent = text;
  place.append(line);
}
document.addEventListener("htmx:responseError", (event) => {
  const refused = event.detail.xhr.status < 500;
  sayFailure(refused
    ? "Действие не выполнено: нет права на него или страница устарела. Обновите страницу."
    : "Опора споткнулась, действие могло не выполниться. Обновите страницу и проверьте.");
});
document.addEventListener("htmx:sendError", () => {
  sayFailure("Нет связи с Опорой. Ничего не записано; проверьте сеть и повторите.");
});
document.addEventListener("htmx:afterSwap", () => {
  const place = document.getElementById("messages");
  if (!place?.dataset.failed) return;
  delete place.dataset.failed;
  place.querySelector(".o-note--error:last-child")?.remove();
});

/* Printing needs a script, so its buttons are shown by one. */
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

/* Files may be dropped anywhere on the form that takes them; a file dropped beside it must not replace the page. */
function dropZone(event) {
  return event.dataTransfer?.types.includes("Files") ? event.target.closest?.("form.o-drop") ?? null : undefined;
}
function markZone(zone) {
  document.querySelectorAll("form.o-drop").forEach((form) => form.classList.toggle("o-is-over", form === zone));
}
document.addEventListener("dragover", (event) => {
  const zone = dropZone(event);
  if (zone === undefined || !document.querySelector("form.o-drop")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = zone ? "copy" : "none";
  markZone(zone);
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) markZone(null);
});
document.addEventListener("drop", (event) => {
  const zone = dropZone(event);
  markZone(null);
  if (zone === undefined || !document.querySelector("form.o-drop")) return;
  event.preventDefault();
  const input = zone?.querySelector("input[type=file]");
  if (!input) return;
  const dropped = new DataTransfer();
  [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1).forEach((file) => dropped.items.add(file));
  input.files = dropped.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  zone.querySelector("button.btn-primary")?.focus();
});

/* Keys. By the place of the key (event.code), so that they work in both layouts; «?» also by its sign. Never while one
   writes, never with Ctrl, Alt or Meta. Whoever dictates or leans on the keyboard turns them off on /keys/. */
const KEYS_OFF = "opora-keys-off";
const GO_WAITS = 1500;
let goSince = -Infinity;

function keysAreOff() {
  try { return localStorage.getItem(KEYS_OFF) === "yes"; } catch { return false; }
}

function isWriting(target) {
  return Boolean(target.closest?.("input, textarea, select, [contenteditable]")) && !target.matches("[type=checkbox], [type=radio]");
}

function toSearch() {
  const box = document.getElementById("q");
  if (!box) return false;
  box.focus();
  box.select();
  return true;
}

function showKeys() {
  const sheet = document.getElementById("keys");
  if (!sheet) return false;
  sheet.togglePopover();
  return true;
}

/* «П» and a letter: a section; the links of the navigation say which. */
function goTo(code) {
  const link = document.querySelector(`#nav a[data-go="${code}"]`);
  link?.click();
  return Boolean(link);
}

/* The next or the previous row of the page's lists: its first link takes the focus, Enter opens it. */
function stepRow(step) {
  const rows = Array.from(document.querySelectorAll("#main tbody tr")).filter((row) => row.checkVisibility() && row.querySelector("a[href]"));
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
  next?.querySelector("a[href]").focus();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

function pressed(event) {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return showKeys();
  if (event.shiftKey) return false;
  if (event.code === "Slash") return toSearch();
  if (event.timeStamp - goSince < GO_WAITS) {
    goSince = -Infinity;
    return goTo(event.code);
  }
  if (event.code === "KeyG") {
    goSince = event.timeStamp;
    return true;
  }
  if (event.code === "KeyJ") return stepRow(1);
  return event.code === "KeyK" && stepRow(-1);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (keysAreOff() || isWriting(event.target)) return;
  if (pressed(event)) event.preventDefault();
});

document.querySelectorAll("[data-keys-switch]").forEach((button) => {
  const say = () => { button.textContent = keysAreOff() ? button.dataset.on : button.dataset.off; };
  button.hidden = false;
  say();
  button.addEventListener("click", () => {
    try {
      if (keysAreOff()) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "yes");
    } catch { sayFailure("Браузер не даёт запомнить выбор: в нём запрещено хранить данные сайтов."); }
    say();
  });
});

/* «Скопировать»: what stands in a field, where the browser can. */
document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = "Скопировано";
  });
});
