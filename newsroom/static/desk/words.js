// The editor asks window.gettext for its words; it has to stand before the editor is loaded.

const words = JSON.parse(document.getElementById("editor-words").textContent);
window.gettext = (word) => words[word] ?? word;

// Titles and choices that the editor sets without asking, in a menu that it builds a moment after it is ready.
function rename(editor) {
  for (const button of editor.querySelectorAll("[title]")) {
    const word = words[button.title];
    if (!word) continue;
    button.title = word;
    button.setAttribute("aria-label", word);
  }
  for (const option of editor.querySelectorAll(".prose-menubar__option > *")) {
    option.textContent = words[option.textContent] ?? option.textContent;
  }
}
document.addEventListener("prose-editor:ready", (event) => {
  setTimeout(() => rename(event.target.closest(".prose-editor")), 0);
});
