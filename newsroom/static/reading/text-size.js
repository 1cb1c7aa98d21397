// Before anything is drawn: text as large as this reader asked for. Kept on the device and sent nowhere.
try {
  document.documentElement.dataset.text = localStorage.getItem("text") || "1";
} catch {
  // A device that keeps nothing shows the text as it is.
}
