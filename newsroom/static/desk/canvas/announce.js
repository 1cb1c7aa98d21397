// Says to a screen reader what has just happened. The same sentence twice is said twice.

const region = document.querySelector("[data-announce]");
let again = false;

export function announce(sentence) {
  again = !again;
  region.textContent = again ? sentence : `${sentence}\u00a0`;
}
