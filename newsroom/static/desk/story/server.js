// The desk's addresses for one story. Each call answers {kind, said}: "done", "unreachable", "signed_out", "csrf",
// or why the server refused: conflict, would_reopen, moved, not_yours, invalid, refused.

import { form } from "./form.js";

// The address of this story's save, presence, act or who is here; a story that is not filed yet is filed.
export const addressOf = (name) => `${form.dataset.stories}${form.dataset.story}/${name}/`;
export const filingAddress = () => `${form.dataset.stories}file/`;
export const isFiled = () => form.dataset.story !== "new";

export function dataOf(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

// What a browser takes along from a page that closes, with something left for what surrounds it.
const TAKEN_ALONG = 60_000;
const AROUND_A_FIELD = 120;

const sizeOf = (data) =>
  [...data].reduce((sum, [name, value]) => sum + AROUND_A_FIELD + name.length + (value.size ?? new Blob([value]).size), 0);

export const fitsALeaving = (data) => sizeOf(data) < TAKEN_ALONG;

export async function post(address, data) {
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const sending = { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive: fitsALeaving(data) };
  return outcome(await attempt(address, sending));
}

async function attempt(address, sending) {
  try {
    const answer = await fetch(address, sending);
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { answer, said: isJson ? await answer.json() : null };
  } catch {
    return null;
  }
}

function outcome(heard) {
  if (!heard || heard.answer.status >= 500) return { kind: "unreachable" };
  const { answer, said } = heard;
  if (answer.status === 401 || answer.redirected) return { kind: "signed_out" };
  // Django's own refusal of a stale token is a page.
  if (!said) return { kind: answer.status === 403 ? "csrf" : "refused", said: {} };
  return { kind: answer.ok ? "done" : (said.kind ?? "refused"), said };
}

// Who is signed in here now: "done" with their person, name, login and token, and whether they may_save this text.
export async function whoIsHere() {
  const { assignment } = form.elements;
  const address = addressOf("here") + (assignment ? `?assignment=${assignment.value}` : "");
  return outcome(await attempt(address, { headers: { Accept: "application/json" }, cache: "no-store" }));
}
