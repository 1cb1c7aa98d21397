// The lead-in as it will be printed, composed by the server.

import { afterPause, form } from "./form.js";
import { rowsOf } from "./rows.js";

const preview = form.querySelector("[data-lead-in-preview]");

function asked() {
  const address = new URL(form.dataset.leadIn, location.href);
  for (const name of ["kind", "agency", "place", "day"]) {
    address.searchParams.set(name, form.elements[`lead_in_${name}`].value);
  }
  for (const row of rowsOf("bylines")) {
    if (row.querySelector("[name$=-DELETE]").checked) continue;
    address.searchParams.append("role", row.querySelector("[name$=-role]").value);
    address.searchParams.append("name", row.querySelector("[name$=-name]").value.trim());
  }
  return address;
}

// Without a connection the preview stays as it is.
export async function showLeadIn() {
  const answer = await fetch(asked(), { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) preview.textContent = (await answer.json()).lead_in;
}

const askSoon = afterPause(showLeadIn, 250);

export function previewLeadIn() {
  form.addEventListener("input", (event) => {
    if (event.target.name?.startsWith("lead_in_") || event.target.closest("[data-rows=bylines]")) askSoon();
  });
  showLeadIn();
}
