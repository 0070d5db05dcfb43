"""What axe finds on a page; it judges the colors of elements that look alike by three of them."""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
RULES = {
    "resultTypes": ["violations", "incomplete"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
# The rules that look at colors. The others look at markup, words, boxes.
COLOR_RULES = {
    "resultTypes": ["violations", "incomplete"],
    "runOnly": ["color-contrast", "link-in-text-block"],
}

# Those that look at boxes, and at colors: what may differ where the same elements are seen.
BOX_RULES = {
    "resultTypes": ["violations", "incomplete"],
    "runOnly": ["target-size", "scrollable-region-focusable", *COLOR_RULES["runOnly"]],
}

# For a page whose markup and boxes are judged in the light: in the dark only colors are others.
# That no scheme moves anything is compared for one page of each kind.
RULES_IN: Mapping[str, Mapping[str, Any]] = {"light": RULES, "dark": COLOR_RULES}

# axe takes time by the element, and the rows of a long table are alike. An element goes if three
# stay of each sort of what is in it: with the same marks in elements with the same marks, whatever
# its words and addresses are. So what is one of a kind stays, wherever it stands.
SHORTEN = """() => {
  const FREE = new RegExp("^(id|href|src|for|style|title|name|value|datetime|content|data-.*"
    + "|aria-(label|labelledby|describedby|description|controls))$");
  const WHOLE = "td, th, col, dt, dd, svg *, [rowspan], body > *, :has(h1)";
  const sorts = new Map(), numbers = new Map(), stay = new Map();
  const sort = (node) => {
    if (!sorts.has(node)) {
      const marks = [...node.attributes].map(({ name, value }) =>
        FREE.test(name) ? name : `${name}=${value}`).sort();
      const worded = [...node.childNodes].some((one) =>
        one.nodeType === Node.TEXT_NODE && one.data.trim());
      const around = node === document.body ? "" : sort(node.parentElement);
      const words = [around, node.localName, ...marks, worded].join("|");
      if (!numbers.has(words)) numbers.set(words, numbers.size);
      sorts.set(node, numbers.get(words));
    }
    return sorts.get(node);
  };
  const known = (node) => (stay.get(sort(node)) ?? 0) >= 3;
  const shorten = (node) => {
    const first = [...node.parentElement.children].find((one) => one.localName === node.localName);
    if (node !== first && !node.matches(WHOLE) && known(node)
        && [...node.querySelectorAll("*")].every(known)) {
      node.remove();
      return;
    }
    stay.set(sort(node), (stay.get(sort(node)) ?? 0) + 1);
    [...node.children].forEach(shorten);
  };
  shorten(document.body);
}"""

# Colors take two thirds of axe's time, and what it says of them comes out of what this gathers of
# an element, of all that it stands in and of what lies across it. Where that is the same, the
# first, the middle and the last are judged; and where these were judged without a fault or a doubt,
# at another width or on another page, they are not judged again. A look is a number that comes out
# of all that it is made of, colors too, so it is the same on every page and another in the dark.
# axe judges nothing that stands on a gradient (all tables: their frame has a shade at its edges),
# beside a painted ::before (every badge), or is one letter long. Here it does, upon the color that
# is below the gradient. What it still can't tell by the look alone (text in a picture) it could not
# tell of the next one that is alike either; only what lies across is looked at each time.
JUDGED: set[str] = set()
MARK = """([known, every]) => {
  const KINDS = ["color", "background-color", "background-image", "opacity", "filter",
    "font-size", "font-weight", "text-shadow", "text-indent", "text-decoration-line",
    "mix-blend-mode", "position", "z-index", "display", "visibility", "clip-path",
    "-webkit-text-stroke-width", "color-scheme"];
  window.judging ??= { done: new Set(known), numbers: new Map(), marked: new Map() };
  const { done, numbers, marked } = window.judging;
  const looks = new Map(), alike = new Map(), worded = [], across = [];
  const mixed = (words, seed) => {
    let sum = seed;
    for (let at = 0; at < words.length; at++)
      sum = Math.imul(sum ^ words.charCodeAt(at), 0x9e3779b1) ^ (sum >>> 15);
    return (sum >>> 0).toString(36);
  };
  const numbered = (words) => {
    if (!numbers.has(words)) numbers.set(words, mixed(words, 7) + mixed(words, 0x5bd1e995));
    return numbers.get(words);
  };
  for (const node of marked.keys()) node.removeAttribute("data-judged");
  marked.clear();
  for (const node of document.querySelectorAll("*")) {
    const style = getComputedStyle(node);
    if (style.backgroundImage.includes("gradient"))
      node.attributeStyleMap.set("background-image", "none");
    const look = numbered([looks.get(node.parentElement), node.localName, node.className,
      node.matches(":disabled"), node.getAttribute("aria-disabled"),
      ...KINDS.map((name) => style.getPropertyValue(name))].join("|"));
    looks.set(node, look);
    if (/absolute|fixed|sticky/.test(style.position)) {
      const box = node.getBoundingClientRect();
      if (box.width && box.height) across.push([node, box, look]);
    }
    const words = [...node.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE)
      .map((one) => one.data.trim()).join("");
    if (words || node.matches("a, input, select, textarea, button"))
      worded.push([node, look, Math.min(words.length, 2)]);
  }
  for (const [node, look, words] of worded) {
    const box = node.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1 && node.checkVisibility();
    const upon = across.filter(([other, area]) =>
      area.left < box.right && box.left < area.right && area.top < box.bottom
      && box.top < area.bottom && !other.contains(node)).map(([, , its]) => its);
    const key = [look, words, seen, ...new Set(upon)].join("|");
    if (done.has(key) && !every) continue;
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key).push(node);
  }
  for (const [key, nodes] of alike)
    nodes.forEach((node, at) => {
      if (!every && ![0, nodes.length >> 1, nodes.length - 1].includes(at)) return;
      node.setAttribute("data-judged", "");
      marked.set(node, key);
    });
  return marked.size;
}"""
RUN = """async (rules) => {
  const ACROSS = ["bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring", "outsideViewport"];
  const { done, marked, told } = window.judging;
  const asked = axe._audit.checks["color-contrast"].options;
  if (!told) axe.configure({
    rules: [
      { id: "color-contrast", selector: "[data-judged]" },
      { id: "link-in-text-block", selector: "a[href][data-judged]" },
      { id: "target-size", selector: ":not(a[class=f])" },
    ],
    checks: [{
      id: "color-contrast", options: { ...asked, ignoreLength: true, ignorePseudo: true },
    }],
  });
  window.judging.told = true;
  const { violations, incomplete } = await axe.run({ ...rules, elementRef: true });
  const across = ({ any }) => any.some(({ data }) => ACROSS.includes(data?.messageKey));
  const again = new Set([
    ...violations.flatMap(({ nodes }) => nodes),
    ...incomplete.flatMap(({ nodes }) => nodes.filter(across)),
  ].map(({ element }) => marked.get(element)));
  const judged = [...new Set(marked.values())].filter((key) => !again.has(key));
  judged.forEach((key) => done.add(key));
  const found = violations.map(({ id, nodes }) => ({
    id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
  return { found, judged };
}"""


def complaints_of_axe(
    page: Page, rules: Mapping[str, Any] = RULES, *, every: bool = False
) -> list[str]:
    """What axe finds on the page as it stands, the rule first. Colors that were judged before are
    not judged again, unless `every` judges those of every element.

    A value is a word of its sentence, which WCAG lets be as small as the others; where a line
    breaks beside it axe takes it for a button. Its receipt at the end of the page is large.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    known = None if page.evaluate("'judging' in window") else sorted(JUDGED)
    if not page.evaluate(MARK, [known, every]) and rules is COLOR_RULES:
        return []
    told = page.evaluate(RUN, rules)
    JUDGED.update(told["judged"])
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in told["found"]
        for node in one["nodes"]
    ]
