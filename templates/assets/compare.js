// Two to six schools side by side: takes from the tables of all schools the rows of those chosen.
// The address holds the choice. Without this script every school is shown.
(() => {
  const place = document.querySelector(".sro-choose");
  if (!place) return;
  const words = place.dataset;
  const MOST = 6;
  const rows = [...document.querySelectorAll("article tr[data-school]")];
  const sections = [...document.querySelectorAll(".sro-compared")];
  const nameOf = new Map(rows.map((row) => [row.dataset.school, row.cells[0].textContent.trim()]));
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const known = [...nameOf].sort(([, a], [, b]) => order(a, b));

  const make = (tag, given = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...children);
    return element;
  };
  const select = make("select", { id: "choose-school" }, ...known.map(([id, name]) => new Option(name, id)));
  const add = make("button", { type: "submit", textContent: words.add });
  const list = make("ul");
  const status = make("p");
  status.setAttribute("role", "status");
  const form = make("form", { className: "sro-find" },
    make("label", { htmlFor: select.id, textContent: words.label }), make("span", {}, select, " ", add), list, status);
  select.setAttribute("translate", "no");
  place.append(form);

  let chosen = (new URLSearchParams(location.search).get("schools") ?? "").split(",")
    .filter((id, at, all) => nameOf.has(id) && all.indexOf(id) === at).slice(0, MOST);

  // The ways to other comparisons stand aside once schools are chosen.
  const others = document.querySelectorAll("#groups, #groups + ul");

  // What each line below a table says without a choice; with one it is about the schools chosen.
  const lines = sections.map((section) => [section, section.querySelector("[data-without]")]);
  const said = new Map(lines.map(([section, line]) => [section, [...line.childNodes]]));
  const link = (id) => rows.find((row) => row.dataset.school === id).cells[0].querySelector("a").cloneNode(true);

  // A table in which none of the schools chosen stands has nothing to compare. True where one does.
  const explain = (section, line) => {
    const here = new Set([...section.querySelectorAll("tr[data-school]")].map((row) => row.dataset.school));
    const missing = chosen.filter((id) => !here.has(id));
    section.hidden = chosen.length > 0 && missing.length === chosen.length;
    if (!chosen.length) line.replaceChildren(...said.get(section));
    else line.replaceChildren(...missing.flatMap((id, at) => [at ? ", " : `${line.dataset.without} `, link(id)]));
    return !section.hidden;
  };

  const show = () => {
    for (const row of rows) row.hidden = chosen.length > 0 && !chosen.includes(row.dataset.school);
    const left = lines.filter(([section, line]) => explain(section, line)).length;
    for (const part of others) part.hidden = chosen.length > 0;
    list.replaceChildren(...chosen.map((id) => {
      const button = make("button", { type: "button", textContent: `${nameOf.get(id)} ×` });
      button.dataset.school = id;
      button.setAttribute("aria-label", words.remove + nameOf.get(id));
      return make("li", {}, button);
    }));
    const count = chosen.length.toLocaleString(document.documentElement.lang);
    const full = chosen.length === MOST ? ` ${words.full}` : "";
    const lacking = left ? "" : ` ${words.none}`;
    status.textContent = ([words.few, words.one][chosen.length] ?? `${words.shown}${count}.${full}`) + lacking;
    add.disabled = chosen.length === MOST;
  };
  const choose = (ids) => {
    chosen = ids;
    const query = ids.length ? `?schools=${ids.join(",")}` : "";
    history.replaceState(history.state, "", location.pathname + query + location.hash);
    show();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen.length < MOST && !chosen.includes(select.value)) choose([...chosen, select.value]);
  });
  list.addEventListener("click", (event) => {
    const id = event.target.closest("button")?.dataset.school;
    if (!id) return;
    choose(chosen.filter((one) => one !== id));
    (list.querySelector("button") ?? select).focus();
  });
  show();
})();
