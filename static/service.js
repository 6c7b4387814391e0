/* A specialist's week by keyboard and by pointer. Without this script every cell is a link. */
"use strict";
(() => {
  const grid = document.querySelector("[data-week]");
  if (!grid) return;
  const say = document.getElementById("week-say");
  const form = document.getElementById("week-move");
  const FAR = 6;                                   // pixels before a press becomes a drag
  const shown = () => [...grid.tBodies[0].rows].map((row) => [...row.cells].slice(1).filter((cell) => cell.checkVisibility()));
  let taken = null;                                // the meeting in hand
  let drag = null;

  document.getElementById("week-hint").hidden = false;
  for (const cell of grid.querySelectorAll("tbody td")) leave(cell);
  for (const button of grid.querySelectorAll("[data-take]")) button.hidden = false;

  /* One cell of the grid is in the order of Tab: by what is inside, or itself when it holds nothing. */
  function inside(cell) {
    const all = [...cell.querySelectorAll("a, button")];
    return all.length ? all : [cell];
  }
  function leave(cell) {
    for (const one of inside(cell)) one.tabIndex = -1;
  }
  function enter(cell, focus = true) {
    const before = grid.querySelector("tbody [tabindex='0']")?.closest("td");
    if (before && before !== cell) leave(before);
    for (const one of inside(cell)) one.tabIndex = 0;
    if (focus) inside(cell)[0].focus();
  }
  function begin() {
    const rows = shown();
    const wanted = grid.dataset.begin && document.getElementById(grid.dataset.begin);
    const first = wanted || grid.querySelector(".is-day .o-free") || grid.querySelector(".o-free, .o-meet__open");
    const cell = first?.closest("td");
    enter(cell && cell.checkVisibility() ? cell : rows[0][0], Boolean(wanted));
  }
  begin();

  /* The meeting in hand: taken, put down, left where it was. */
  function take(meeting) {
    if (!meeting) return;
    drop();
    taken = meeting;
    taken.classList.add("is-taken");
    grid.classList.add("is-moving");
    say.textContent = `Взята встреча ${meeting.querySelector("b").textContent}. Куда: стрелки и Пробел или нажатие на клетку; Esc — оставить.`;
  }
  function drop(words = "") {
    taken?.classList.remove("is-taken");
    grid.classList.remove("is-moving");
    grid.querySelector(".is-over")?.classList.remove("is-over");
    taken = null;
    say.textContent = words;
  }
  function put(cell) {
    if (!cell || cell.contains(taken)) return drop("Встреча осталась на месте.");
    form.elements.meeting.value = taken.dataset.meeting;
    form.elements.version.value = taken.dataset.version;
    form.elements.to.value = cell.dataset.to;
    say.textContent = "Переносим…";
    form.requestSubmit();
  }

  /* Keys. */
  function step(cell, down, across) {
    const rows = shown();
    const row = rows.findIndex((cells) => cells.includes(cell));
    const at = rows[row].indexOf(cell) + across;
    const next = rows[Math.min(Math.max(row + down, 0), rows.length - 1)];
    enter(next[Math.min(Math.max(at, 0), next.length - 1)]);
  }
  const KEYS = {
    ArrowUp: (cell) => step(cell, -1, 0),
    ArrowDown: (cell) => step(cell, 1, 0),
    ArrowLeft: (cell) => step(cell, 0, -1),
    ArrowRight: (cell) => step(cell, 0, 1),
    Home: (cell) => step(cell, 0, -9),
    End: (cell) => step(cell, 0, 9),
    PageUp: () => location.assign(grid.dataset.earlier),
    PageDown: () => location.assign(grid.dataset.later),
    Escape: () => taken && drop("Встреча осталась на месте."),
    " ": (cell, target) => (taken ? put(cell) : take(target.closest("[data-meeting]") || cell.querySelector("[data-meeting]"))),
    Enter: (cell, target) => (taken ? put(cell) : target.matches("a") && target.click()),
  };
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("tbody td");
    if (!cell || !KEYS[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("button") && (event.key === " " || event.key === "Enter")) return;
    event.preventDefault();
    KEYS[event.key](cell, event.target);
  });

  /* Pointer: a drag with the mouse; by touch, where a drag would scroll, the button and a tap on a cell. */
  grid.addEventListener("pointerdown", (event) => {
    const meeting = event.target.closest("[data-meeting]");
    if (meeting && event.pointerType === "mouse" && event.button === 0) drag = { meeting, x: event.clientX, y: event.clientY, far: false };
  });
  grid.addEventListener("dragstart", (event) => event.preventDefault());   // the browser would carry a link away
  document.addEventListener("pointercancel", () => {
    if (drag?.far) drop("Встреча осталась на месте.");
    drag = null;
  });
  function over(event) {
    return document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-week] tbody td") ?? null;
  }
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.far && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > FAR) {
      drag.far = true;
      take(drag.meeting);
    }
    if (!drag.far) return;
    grid.querySelector(".is-over")?.classList.remove("is-over");
    over(event)?.classList.add("is-over");
  });
  document.addEventListener("pointerup", (event) => {
    const was = drag;
    drag = null;
    if (!was?.far) return;
    window.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", stop, { capture: true }));
    put(over(event));
  });
  function stop(event) {
    event.preventDefault();
    event.stopPropagation();
  }
  grid.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (button) return take(document.getElementById(button.dataset.take));
    const cell = event.target.closest("tbody td");
    if (!cell) return;
    if (!taken) return enter(cell, false);
    event.preventDefault();
    put(cell);
  });
})();
