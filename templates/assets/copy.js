// Citations, and the code that brings a figure to another site, are copied by hand; a button does it
// where the browser lets it. site.js loads this when the first of them is opened.
const copier = (code) => {
  const { copy, copied } = code.closest("details").dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = copied;
  });
  code.parentElement.after(button);
};
if (navigator.clipboard) document.querySelectorAll(":is(.sro-embed, .sro-cite) code").forEach(copier);
