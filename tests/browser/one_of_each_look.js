// Contrast takes axe most of its time, and it asks every cell of a table what it asked the cell above. Of the elements
// that look the same (tag, class, colours, size and weight of letters, and everything painted behind them) one is asked.
(() => {
  const behind = new Map([[null, ""]]);
  const painted = (element) => {
    if (!behind.has(element)) {
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join(" ");
      const plain = own === "rgba(0, 0, 0, 0) none 1 none";
      behind.set(element, painted(element.parentElement) + (plain ? "" : `/${own}`));
    }
    return behind.get(element);
  };
  const hasWords = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const look = (element) => {
    const { color, fontSize, fontWeight, textShadow, position } = getComputedStyle(element);
    const held = element.closest("label, fieldset, [aria-disabled]")?.outerHTML.includes("disabled");
    const names = [element.localName, element.className, element.parentElement?.className, element.disabled, held];
    return [...names, color, fontSize, fontWeight, textShadow, position, painted(element)].join("|");
  };
  const seen = new Set();
  for (const element of document.querySelectorAll("*")) {
    element.removeAttribute("data-look");
    if (!hasWords(element) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const own = look(element);
    if (!seen.has(own)) element.setAttribute("data-look", "");
    seen.add(own);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
})();
