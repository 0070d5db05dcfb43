// Find your school: answers as you type, from the small files under finder/ that the letters typed
// lead to. Names reach the page as text only. Without this script the form leads to the list.
(() => {
  const form = document.querySelector(".sro-finder");
  if (!form) return;
  const input = form.school;
  const panel = form.querySelector(".sro-finder__panel");
  const base = new URL("../finder/", document.currentScript.src);
  const SHOWN = 8;
  const DEPTH = 12; // as generator/finder/shards.py
  const MENDED = 4; // letters of the shortest word that may be meant by another one

  // As generator/finder/fold.py.
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th" };
  const fold = (text) => {
    const small = text.toLowerCase().replace(/['‘’ʼ`]/g, "");
    if (/^[\x00-\x7f]*$/.test(small)) return small;
    return small.normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßæœøđðłıþ]/g, (sign) => LETTERS[sign]);
  };
  const wordsOf = (text) => {
    const plain = fold(text);
    return plain.match(/^[\x00-\x7f]*$/.test(plain) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
  };

  // The rows of a file, folded in one piece: each has its name, all its names, and those with its
  // area and ZIP code, as words behind spaces. No cell holds these signs.
  const schools = (rows) => {
    const text = rows.map(([, name, area, zip, ...others]) => [name, others.join(" "), `${area} ${zip}`].join("\x1e")).join("\x1f");
    const plain = fold(text);
    const gaps = /^[\x00-\x7f]*$/.test(plain) ? /[^a-z0-9\x1e\x1f]+/g : /[^\p{L}\p{N}\x1e\x1f]+/gu;
    const folded = plain.replace(gaps, " ").split("\x1f");
    return rows.map(([id, name, area, zip, ...others], at) => {
      const [own, second, place] = folded[at].split("\x1e");
      const first = ` ${own.trimStart()}`;
      return { id, name, area, zip, others, own: first, all: `${first} ${second}`, any: `${first} ${second} ${place}` };
    });
  };
  const around = new Set(wordsOf(form.dataset.around));
  const edged = (words) => words.map((word) => `_${word}_`);

  // Each file is fetched once. One that failed may be asked for again.
  const files = new Map();
  const load = (name, read) => {
    if (!files.has(name)) {
      const asked = fetch(new URL(`${name}.json`, base)).then(async (answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        const { next, rows } = await answer.json();
        return { next: next === undefined ? null : new Set(next), rows: read(rows) };
      });
      asked.catch(() => files.delete(name));
      files.set(name, asked);
    }
    return files.get(name);
  };
  const fileName = (letters) => letters.join("").replace(/[^a-z0-9_]/gu, (sign) => `-${sign.codePointAt(0).toString(16)}-`)
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)$/, "$1-");

  // The file that holds what begins with these letters; null where nothing does.
  const walk = async (key) => {
    const letters = [...key].slice(0, DEPTH);
    let node = await load("words", schools);
    for (let at = 1; node.next && at <= letters.length; at += 1) {
      if (!node.next.has(letters[at - 1])) return null;
      node = await load(`words/${fileName(letters.slice(0, at))}`, schools);
    }
    return node;
  };

  const starts = (words, typed) => words.includes(` ${typed}`);

  // How many letters of a word differ from what is typed, two swapped ones counting as one; more than
  // `most` where it is more. What is typed may be the beginning of a longer word; a whole word comes
  // first. One table answers both, and only its cells near the diagonal can.
  const distance = (typed, word, most) => {
    const end = Math.min(word.length, typed.length + most);
    const far = most + 1;
    let before = [];
    let last = Array.from({ length: end + 2 }, (_, at) => at);
    for (let i = 1; i <= typed.length; i += 1) {
      const line = new Array(end + 2).fill(far);
      if (i <= most) line[0] = i;
      for (let j = Math.max(1, i - most); j <= Math.min(end, i + most); j += 1) {
        const same = typed[i - 1] === word[j - 1];
        line[j] = Math.min(last[j] + 1, line[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
          line[j] = Math.min(line[j], before[j - 2] + 1);
      }
      [before, last] = [last, line];
    }
    const whole = word.length > end ? far : last[end];
    return Math.min(whole, ...[-1, 0, 1].map((more) => (last[Math.min(typed.length + more, end)] ?? far) + 0.5));
  };

  // The first `most` of these words by how many runs of three letters they share with what is typed.
  const likeliest = (words, triples, most) => {
    const shared = Array.from(triples, () => []);
    for (const word of words) {
      let count = 0;
      for (const triple of triples) if (word.includes(triple)) count += 1;
      shared[triples.length - count]?.push(word);
    }
    return shared.flat().slice(0, most);
  };

  // Words that a mistyped one may stand for: those that share most runs of three letters with it.
  const similar = async (typed) => {
    if (typed.length < MENDED || /\d/.test(typed)) return [];
    const most = typed.length < 7 ? 1 : 2;
    const triples = Array.from(typed, (_, at) => `_${typed}_`.slice(at, at + 3));
    const { rows: names } = await load("near", (words) => words);
    const wanted = new Set(triples.map((triple) => names.findLast((name) => name <= triple)).filter(Boolean));
    const parts = await Promise.all([...wanted].map((name) => load(`near/${fileName([...name])}`, edged)));
    const words = new Set(parts.flatMap(({ rows }) => rows));
    const found = likeliest(words, triples, 150).map((word) => [distance(typed, word.slice(1, -1), most), word.slice(1, -1)]);
    const nearest = Math.min(...found.map(([far]) => far));
    return nearest > most + 0.5 ? [] : found.filter(([far]) => far === nearest).slice(0, 5).map(([, word]) => word);
  };

  const rank = (row, typed) => {
    if (row.own.startsWith(` ${typed.join(" ")}`)) return 0;
    if (typed.every((word) => starts(row.own, word))) return row.own.startsWith(` ${typed[0]}`) ? 1 : 2;
    return typed.every((word) => starts(row.all, word)) ? 3 : 4;
  };

  // Schools that know a word of each group, and whether those are all that there are. With `most`,
  // where none knows all: of those that know the rarest group, those that know most others.
  const look = async (groups, most = false) => {
    const parts = await Promise.all(groups.map(async (group) => {
      const nodes = await Promise.all(group.map((word) => walk(word)));
      const rows = new Map(nodes.flatMap((node) => node?.rows ?? []).map((row) => [row.id, row]));
      const known = [...rows.values()].filter((row) => group.some((word) => starts(row.any, word)));
      return { rows: known, whole: nodes.every((node) => !node?.next) };
    }));
    parts.sort((a, b) => b.whole - a.whole || a.rows.length - b.rows.length);
    const { rows, whole } = parts.find((part) => part.rows.length || !most) ?? { rows: [], whole: true };
    const known = rows.map((row) => groups.filter((group) => group.some((word) => starts(row.any, word))).length);
    const wanted = most ? Math.max(...known) : groups.length;
    return { rows: rows.filter((_, at) => known[at] === wanted), whole };
  };

  const answer = async (text) => {
    const words = wordsOf(text);
    const long = words.filter((word) => word.length > 1);
    // Words of the language around a name ("escuela Lane") find nothing: the name alone is looked up.
    const names = long.filter((word) => !around.has(word));
    const typed = names.length ? names : long;
    // One letter finds nothing yet; the file it leads to is fetched while the next is typed.
    if (words.at(-1)?.length === 1) walk(words.at(-1)).catch(() => {});
    if (!typed.length) return null;
    const found = await look(typed.map((word) => [word]));
    const near = !found.rows.length;
    if (near) {
      const meant = await Promise.all(typed.map(async (word) => {
        const { rows } = await look([[word]]);
        return rows.length ? [word] : similar(word);
      }));
      Object.assign(found, await look(meant.filter((group) => group.length), true));
    }
    // Those of one rank stay in the order of the file, which is that of their names.
    const ranked = found.rows.map((row) => [rank(row, typed), row]).sort(([a], [b]) => a - b);
    return { rows: ranked.map(([, row]) => row), whole: found.whole, near, typed };
  };

  // What stands under the box: a sentence for everyone, and the schools to choose from.
  const status = document.createElement("span");
  status.className = "sro-finder__said";
  status.setAttribute("role", "status");
  const list = document.createElement("ul");
  list.id = "sro-finder-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.getAttribute("aria-label"));
  list.hidden = true;
  panel.append(status, list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let active = -1;
  const choose = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const go = (option) => location.assign(new URL(`${option.dataset.school}/`, new URL(form.dataset.page, location)));

  const close = () => {
    choose(-1);
    list.replaceChildren();
    list.hidden = true;
    status.textContent = "";
    panel.removeAttribute("data-open");
    input.setAttribute("aria-expanded", "false");
  };
  const say = (text) => {
    status.textContent = text;
    panel.setAttribute("data-open", "");
  };

  const option = ({ id, name, area, zip, others, own }, typed) => {
    const item = document.createElement("li");
    item.id = `sro-finder-${id}`;
    item.dataset.school = id;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const strong = document.createElement("strong");
    strong.textContent = name;
    const small = document.createElement("small");
    // The other name that what was typed stands in, where it doesn't stand in the first.
    const other = typed.every((word) => starts(own, word)) ? "" :
      others.find((text) => { const words = ` ${wordsOf(text).join(" ")}`; return typed.every((word) => starts(words, word)); });
    small.textContent = [other, area, zip].filter(Boolean).join(" · ");
    item.append(strong, " ", small);
    item.setAttribute("translate", "no");
    return item;
  };

  const show = ({ rows, whole, near, typed }) => {
    choose(-1);
    const shown = rows.slice(0, SHOWN);
    list.replaceChildren(...shown.map((row) => option(row, typed)));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    const count = rows.length.toLocaleString(document.documentElement.lang);
    const more = !whole || rows.length > shown.length;
    if (!rows.length) say(form.dataset.none);
    else if (near) say(form.dataset.near);
    else say([whole ? form.dataset.found + count + "." : "", more ? form.dataset.more : ""].filter(Boolean).join(" "));
  };

  let asked = 0;
  const ask = async () => {
    const turn = (asked += 1);
    try {
      const found = await answer(input.value);
      if (turn !== asked) return; // another key was pressed meanwhile
      if (found) show(found);
      else close();
    } catch {
      if (turn !== asked) return;
      close();
      say(form.dataset.failed);
    }
  };

  input.addEventListener("input", ask);
  input.addEventListener("focus", () => load("words", schools).catch(() => {}), { once: true });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (last < 0) ask();
      else if (event.key === "ArrowDown") choose(active < last ? active + 1 : 0);
      else choose(active > 0 ? active - 1 : last);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(list.children[active]);
    } else if (event.key === "Escape" && panel.hasAttribute("data-open")) {
      event.preventDefault(); // the words stay; Escape again clears them
      asked += 1;
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the cursor
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) go(item);
  });
  input.addEventListener("blur", () => {
    asked += 1;
    close();
  });
})();
