/* The reader's own choice of colors, else the one that the system asks for, before the first paint;
   then the button that changes it. */
"use strict";
{
  const buttons = [...document.querySelectorAll("button[data-scheme]")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => __md_get("__palette")?.color?.scheme;

  const show = () => {
    const scheme = chosen() ?? (dark.matches ? "slate" : "default");
    document.body.setAttribute("data-md-color-scheme", scheme);
    buttons.forEach((button) => { button.hidden = button.dataset.scheme !== scheme; });
  };

  buttons.forEach((button, at) => button.addEventListener("click", () => {
    const other = buttons[(at + 1) % buttons.length];
    __md_set("__palette", { color: { scheme: other.dataset.scheme } });
    show();
    other.focus();
  }));
  dark.addEventListener("change", show);
  show();
}
