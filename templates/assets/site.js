// Helps for people with JavaScript; every page is complete without it: menu and search open by
// buttons, and tables marked data-sortable sort by a click.
(() => {
  // Material opens its drawer and its search by hidden checkboxes: the buttons switch those.
  const toggles = (box) => {
    const buttons = [...document.querySelectorAll(`[data-toggles="${box.id}"]`)];
    const opener = buttons.find((button) => button.closest("header"));
    const closer = buttons.find((button) => button !== opener);
    const first = closer ?? document.querySelector("[data-md-component=search-query]");
    buttons.forEach((button) => button.addEventListener("click", () => {
      const label = document.querySelector(`header label[for="${box.id}"]`);
      (label ?? box).click();
      (box.checked ? first : opener).focus();
    }));
    box.addEventListener("change", () => opener.setAttribute("aria-expanded", box.checked));
    if (closer) document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.checked) closer.click();
    });
  };

  // By what the cell says, not by how it is printed: the number or day of its first value.
  const keyOf = (cell) => {
    const value = cell.querySelector("data[value],time[datetime]");
    return value?.getAttribute("datetime") ?? value?.value ?? cell.textContent.trim();
  };

  const sort = (table, index, head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const keyed = rows.map((row) => [keyOf(row.cells[index]), row]);
    keyed.sort(([a], [b]) => order(a, b) * (down ? -1 : 1));
    table.querySelectorAll("[aria-sort]").forEach((cell) => cell.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    table.tBodies[0].append(...keyed.map(([, row]) => row));
  };

  // Another language shows the same choice: a filter, compared schools, an open receipt.
  const keep = (link) => Object.assign(link, { search: location.search, hash: location.hash });
  document.querySelectorAll(".sro-languages a").forEach((link) => {
    link.addEventListener("click", () => keep(link));
    link.addEventListener("auxclick", () => keep(link));
  });

  document.querySelectorAll("input[data-md-toggle]").forEach(toggles);
  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    [...table.tHead.rows[0].cells].forEach((head, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, index, head));
    });
  });
  // Few copy anything: what does it comes when somebody opens what there is to copy.
  const { src } = document.currentScript;
  document.querySelectorAll(".sro-embed, .sro-cite").forEach((details) => {
    details.addEventListener("toggle", () => import(new URL("copy.js", src)), { once: true });
  });
})();
