// The list of schools filters and sorts, and its address says how; the map keeps in step with it.
// Without this script the list is complete and the marks of the map are links.
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const form = document.querySelector("form[data-filter]");
  const table = form && document.getElementById(form.dataset.filter);
  const rows = table ? [...table.tBodies].flatMap((body) => [...body.rows]) : [];
  const marks = [...document.querySelectorAll(".sro-map a[href]")];

  // A school is known by the address of its page, as the row and the mark both write it.
  const addressOf = (mark) => mark.getAttribute("href");
  const rowOf = new Map(rows.map((row) => [addressOf(row.querySelector("a")), row]));
  const markOf = new Map(marks.map((mark) => [addressOf(mark), mark]));
  const stop = (mark) => marks.forEach((one) => one.setAttribute("tabindex", one === mark ? "0" : "-1"));
  const seen = () => marks.filter((mark) => !mark.hasAttribute("hidden"));

  const filters = () => {
    const heads = [...table.tHead.rows[0].cells];
    const columns = new Map(heads.map((head, index) => [head.dataset.key, index]));
    let texts = null; // what stands in the rows, read when the first word is looked for
    const fields = [...form.elements].filter((field) => field.name);
    const status = form.querySelector("[data-count]");

    // What a row has for a choice: said by the row itself, else what its cell says.
    const valueOf = (row, name) =>
      row.dataset[name] ?? (columns.has(name) ? row.children[columns.get(name)].textContent.trim() : "");
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    const fill = (field) => {
      const values = [...new Set(rows.map((row) => valueOf(row, field.name)))].filter(Boolean).sort(order);
      field.append(...values.map((value) => new Option(value, value)));
    };

    const fits = (row, at) => fields.every((field) => {
      if (field.type === "checkbox") return !field.checked || field.name in row.dataset;
      if (field.type === "search") {
        if (!field.value) return true;
        texts ??= rows.map((one) => fold(one.textContent));
        return fold(field.value).split(/\s+/).every((word) => texts[at].includes(word));
      }
      return !field.value || valueOf(row, field.name) === field.value;
    });

    const sorted = () => {
      const head = heads.find((one) => one.hasAttribute("aria-sort"));
      return head ? (head.getAttribute("aria-sort") === "descending" ? "-" : "") + head.dataset.key : "";
    };
    const keep = () => {
      const state = new URLSearchParams();
      for (const field of fields) {
        const value = field.type === "checkbox" ? (field.checked ? "1" : "") : field.value;
        if (value) state.set(field.name, value);
      }
      if (sorted()) state.set("sort", sorted());
      const query = state.toString();
      history.replaceState(history.state, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
    };
    const apply = () => {
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !fits(row, at);
        shown += row.hidden ? 0 : 1;
      });
      for (const mark of marks) mark.toggleAttribute("hidden", rowOf.get(addressOf(mark))?.hidden ?? false);
      stop(seen()[0]);
      status.textContent = status.dataset.count + shown.toLocaleString(document.documentElement.lang);
    };

    // Each choice is a task of its own, so that a slow phone answers meanwhile; an address that asks
    // for one has it at once.
    const asked = new URLSearchParams(location.search);
    for (const field of fields.filter((one) => one.options?.length === 1)) {
      if (asked.has(field.name)) fill(field);
      else setTimeout(fill, 0, field);
    }
    for (const field of fields) {
      const value = asked.get(field.name);
      if (field.type === "checkbox") field.checked = value !== null;
      else if (value !== null) field.value = value;
      if (field.options && field.selectedIndex < 0) field.selectedIndex = 0; // a value that no row has
    }
    const key = asked.get("sort") ?? "";
    const head = heads.find((one) => one.dataset.key === key.replace("-", ""));
    for (let times = head ? (key.startsWith("-") ? 2 : 1) : 0; times; times -= 1) head.querySelector("button").click();
    apply();

    const changed = () => { apply(); keep(); };
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(changed));
    table.tHead.addEventListener("click", (event) => { if (event.target.closest("button")) keep(); });
  };

  const map = (figure) => {
    const tip = figure.parentElement.querySelector(".sro-tip");
    tip.textContent = figure.dataset.hint;
    let on = null;
    const show = (address) => {
      for (const one of [markOf.get(on), rowOf.get(on)]) one?.classList.remove("sro-on");
      on = address;
      const mark = markOf.get(address);
      for (const one of [mark, rowOf.get(address)]) one?.classList.add("sro-on");
      if (!mark) return;
      stop(mark);
      const link = document.createElement("a");
      link.href = address;
      link.textContent = mark.getAttribute("aria-label");
      tip.replaceChildren(link);
    };
    const middle = (mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    };
    // The nearest mark to a side; straight ahead counts more than askance.
    const next = (mark, [across, down]) => {
      const [x, y] = middle(mark);
      const found = seen().filter((one) => one !== mark).map((one) => {
        const [otherX, otherY] = middle(one);
        const ahead = (otherX - x) * across + (otherY - y) * down;
        const aside = Math.abs((otherX - x) * down) + Math.abs((otherY - y) * across);
        return [ahead, ahead + 2 * aside, one];
      }).filter(([ahead]) => ahead > 0.5);
      return found.sort(([, a], [, b]) => a - b)[0]?.[2];
    };
    const SIDES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

    stop(seen()[0]);
    for (const mark of marks.filter((one) => figure.contains(one))) {
      const address = addressOf(mark);
      let known = false; // a first tap shows what the mark is, a second follows it
      mark.addEventListener("pointerdown", (event) => { known = event.pointerType === "mouse" || on === address; });
      mark.addEventListener("click", (event) => {
        if (event.detail && !known) event.preventDefault();
        show(address);
      });
      mark.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(address); });
      mark.addEventListener("focus", () => { if (mark.matches(":focus-visible")) show(address); });
      mark.addEventListener("keydown", (event) => {
        if (!(event.key in SIDES)) return;
        event.preventDefault();
        next(mark, SIDES[event.key])?.focus();
      });
    }
    for (const [address, row] of rowOf) {
      if (!markOf.has(address)) continue;
      row.addEventListener("pointerenter", () => show(address));
      row.addEventListener("focusin", () => show(address));
    }
  };

  if (table) filters();
  document.querySelectorAll(".sro-map[data-hint]").forEach(map);
})();
