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

# Colors take two thirds of axe's time, and what it says of them comes out of what this gathers of
# an element, of all that it stands in and of what lies across it. Where that is the same, the
# first, the middle and the last are judged; and where these were judged at one width without a
# fault or a doubt, they are not judged again in the same scheme.
MARK = """([scheme, every]) => {
  const KINDS = ["color", "background-color", "background-image", "opacity", "filter",
    "font-size", "font-weight", "text-shadow", "text-indent", "text-decoration-line",
    "mix-blend-mode", "position", "z-index", "display", "visibility", "clip-path",
    "-webkit-text-stroke-width"];
  window.judging ??= { numbers: new Map(), done: {}, marked: new Map() };
  const { numbers, marked } = window.judging;
  const done = window.judging.done[scheme] ??= new Set();
  const looks = new Map(), alike = new Map(), worded = [], across = [];
  const numbered = (words) => {
    if (!numbers.has(words)) numbers.set(words, numbers.size);
    return numbers.get(words);
  };
  for (const node of marked.keys()) node.removeAttribute("data-judged");
  marked.clear();
  for (const node of document.querySelectorAll("*")) {
    const style = getComputedStyle(node);
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
    if (done.has(key)) continue;
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
RUN = """async ([scheme, rules]) => {
  axe.configure({ rules: [
    { id: "color-contrast", selector: "[data-judged]" },
    { id: "link-in-text-block", selector: "a[href][data-judged]" },
  ] });
  const { violations, incomplete } = await axe.run({ ...rules, elementRef: true });
  if (scheme) {
    const { done, marked } = window.judging;
    const again = new Set([...violations, ...incomplete].flatMap(({ nodes }) => nodes)
      .map(({ element }) => marked.get(element)));
    for (const key of marked.values()) if (!again.has(key)) done[scheme].add(key);
  }
  return violations.map(({ id, nodes }) => ({
    id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
}"""


def complaints_of_axe(
    page: Page, rules: Mapping[str, Any] = RULES, *, scheme: str = "", every: bool = False
) -> list[str]:
    """What axe finds on the page as it stands, the rule first. What was judged before in a scheme
    that is named need not be judged again; `every` judges the colors of every element.

    A value is a word of its sentence, which WCAG lets be as small as the others; where a line
    breaks beside it axe takes it for a button. Its receipt at the end of the page is large.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    if not page.evaluate(MARK, [scheme, every]) and rules is COLOR_RULES:
        return []
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in page.evaluate(RUN, [scheme, rules])
        for node in one["nodes"]
        if not (one["id"] == "target-size" and node["html"].startswith('<a class="f"'))
    ]
