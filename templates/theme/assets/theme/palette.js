/* The reader's own choice of colors, else the one that the system asks for, before the first paint. */
"use strict";
{
  const asked = () => {
    const options = [...document.querySelectorAll("input[data-md-color-media]")];
    const option = options.find((input) => matchMedia(input.dataset.mdColorMedia).matches);
    return option && {
      scheme: option.dataset.mdColorScheme,
      primary: option.dataset.mdColorPrimary,
      accent: option.dataset.mdColorAccent,
    };
  };

  const color = __md_get("__palette")?.color ?? asked() ?? {};
  for (const [name, value] of Object.entries(color)) {
    document.body.setAttribute(`data-md-color-${name}`, value);
  }
}
