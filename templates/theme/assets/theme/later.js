/* Material's script and its index of words are most of a page's weight, and only the search needs
   them: they come when a reader turns to the search, or follows one of its results. */
"use strict";
{
  const address = document.currentScript.dataset.src;
  const search = document.querySelector("[data-md-component=search]");
  const query = search?.querySelector("[data-md-component=search-query]");
  let asked = false;

  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = address;
    document.body.append(script);
  };

  // The keys that Material listens to, once it is there.
  const key = (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (asked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!["/", "f", "s"].includes(event.key)) return;
    event.preventDefault();
    query.focus();
  };

  if (query) {
    query.addEventListener("focus", load);
    search.addEventListener("pointerenter", load);
    document.addEventListener("keydown", key);
    const asks = new URLSearchParams(location.search);
    if (asks.has("q") || asks.has("h")) load();
  }
}
