/* Material keeps a reader's choices under the address of the site's root. Its scripts expect these
   four functions; storage that is full or forbidden only means that a choice is not kept.
   What waits for a script shows from the first paint on. */
"use strict";
{
  document.documentElement.classList.replace("no-js", "js");
  const base = document.currentScript.dataset.base;
  const scope = new URL(base, location);
  const key = (name, within) => `${within.pathname}.${name}`;

  window.__md_scope = scope;

  window.__md_hash = (text) => {
    let hash = 0;
    for (const character of text) hash = (hash << 5) - hash + character.charCodeAt(0);
    return hash;
  };

  window.__md_get = (name, storage, within = scope) => {
    try {
      return JSON.parse((storage ?? localStorage).getItem(key(name, within)));
    } catch {
      return null;
    }
  };

  window.__md_set = (name, value, storage, within = scope) => {
    try {
      (storage ?? localStorage).setItem(key(name, within), JSON.stringify(value));
    } catch {
      /* The choice holds for this page. */
    }
  };
}
