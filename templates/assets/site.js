// Two helps for people with JavaScript; every page is complete without it:
// the list of schools filters as you type, and tables marked data-sortable sort by a click.
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const filter = (form) => {
    const table = document.getElementById(form.dataset.filter);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const text = rows.map((row) => fold(row.textContent));
    const count = form.querySelector("[data-count]");
    const apply = () => {
      const words = fold(form.q.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        const fits = words.every((word) => text[i].includes(word));
        row.hidden = !fits || (form.record.checked && !("record" in row.dataset));
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = count.dataset.count + shown;
    };
    form.hidden = false;
    form.q.value = new URLSearchParams(location.search).get("q") ?? "";
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    if (form.q.value) apply();
  };

  const sort = (table, index, head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    const key = (row) => row.cells[index].querySelector("[value],[datetime]")?.getAttribute("datetime")
      ?? row.cells[index].textContent.trim();
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    rows.sort((a, b) => order(key(a), key(b)) * (down ? -1 : 1));
    table.querySelectorAll("[aria-sort]").forEach((cell) => cell.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    table.tBodies[0].append(...rows);
  };

  document.querySelectorAll("form[data-filter]").forEach(filter);
  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    [...table.tHead.rows[0].cells].forEach((head, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, index, head));
    });
  });
})();
