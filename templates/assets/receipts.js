// Opens a value's receipt beside it. Without this script the value links to the receipt at the
// end of the page; the receipts there are plain <details>.
(() => {
  const section = document.querySelector(".sro-receipts");
  if (!section) return;
  let open = null;

  const close = (refocus) => {
    if (!open) return;
    const { panel, link } = open;
    open = null;
    panel.remove();
    link.removeAttribute("aria-expanded");
    if (refocus) link.focus();
  };

  const place = (panel, link) => {
    const spot = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(spot.left, room - panel.offsetWidth - 8));
    panel.style.left = `${left + scrollX}px`;
    panel.style.top = `${spot.bottom + scrollY + 6}px`;
  };

  // What the page's list says of each source that the receipt cites, with the link to the document.
  const sources = (receipt) => {
    const list = document.createElement("ul");
    receipt.querySelectorAll('a[href^="#source-"]').forEach((cite) => {
      const item = document.getElementById(decodeURIComponent(cite.hash.slice(1)));
      if (!item) return;
      const copy = document.createElement("li");
      copy.append(`${cite.textContent} `, ...item.cloneNode(true).childNodes);
      list.append(copy);
    });
    return list.childElementCount ? [list] : [];
  };

  const show = (link, receipt) => {
    close(false);
    const panel = document.createElement("div");
    panel.className = "sro-receipt-panel md-typeset";
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", section.dataset.label);
    panel.tabIndex = -1;
    const title = document.createElement("p");
    const rest = document.createElement("p");
    title.className = "sro-receipt-title";
    [...receipt.childNodes].forEach((node) => {
      const copy = node.cloneNode(true);
      if (node.nodeName === "SUMMARY") title.append(...copy.childNodes);
      else if (!copy.classList?.contains("cite")) rest.append(copy);
    });
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = section.dataset.close;
    button.addEventListener("click", () => close(true));
    panel.append(title, rest, ...sources(receipt), button);
    document.body.append(panel);
    link.setAttribute("aria-expanded", "true");
    open = { panel, link };
    place(panel, link);
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.f");
    if (link) {
      const receipt = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!receipt || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (open?.link === link) close(true);
      else show(link, receipt);
    } else if (open && !open.panel.contains(event.target)) close(false);
  });
  document.addEventListener("keydown", (event) => {
    if (!open) return;
    if (event.key === "Escape") close(true);
    // The panel stands at the end of the document: leaving it by Tab goes back to the value.
    else if (event.key === "Tab") {
      const stops = [...open.panel.querySelectorAll("a[href], button")];
      const at = stops.indexOf(document.activeElement);
      if ((event.shiftKey && at <= 0) || (!event.shiftKey && at === stops.length - 1)) {
        event.preventDefault();
        close(true);
      }
    }
  });
})();
