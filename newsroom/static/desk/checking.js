// On the page of a story: what the proofreading aid finds comes when the page is there, and is told apart from what is
// right so without leaving it. Without this the link leads to the same on a page of its own.

const panel = document.getElementById("proofreading");

async function renew() {
  const answer = await fetch(panel.dataset.address, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  panel.replaceChildren(...page.getElementById("proofreading").childNodes);
}

async function say(event) {
  event.preventDefault();
  const { target: form, submitter } = event;
  const place = [...panel.querySelectorAll("form")].indexOf(form);
  const sending = { method: "POST", body: new FormData(form, submitter), headers: { Accept: "application/json" } };
  const answer = await fetch(form.action, sending).catch(() => null);
  // Where it did not come through, the page that answers a form says why.
  if (!answer?.ok || answer.redirected) {
    panel.removeEventListener("submit", say);
    form.requestSubmit(submitter);
    return;
  }
  await renew();
  const buttons = panel.querySelectorAll(".findings:not(details *) button");
  const next = buttons[Math.min(place, buttons.length - 1)] ?? panel.querySelector("summary, h2");
  next.tabIndex = next.matches("h2") ? -1 : 0;
  next.focus();
}

panel.addEventListener("submit", say);
renew();
