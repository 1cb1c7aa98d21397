// The desk's addresses for one page. Each call answers {kind, …}: "done" with what the server says, "stale" with
// both arrangements, "refused" with its sentences, "signed-out", or "unreachable".

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

export class Server {
  constructor(addresses) {
    this.addresses = addresses;
    this.page = Number(addresses.page);
  }

  read() {
    return ask(this.addresses.layout);
  }

  arrange(version, arrangement) {
    return ask(this.addresses.layout, { based_on: version, arrangement });
  }

  continueOn(article, to) {
    return ask(this.addresses.continue, { article, to });
  }

  sendTo(article, to) {
    return ask(this.addresses.send, { article, to });
  }

  propose(stories) {
    return ask(this.addresses.propose, { stories });
  }

  present() {
    return ask(this.addresses.present, {});
  }
}

async function ask(address, body) {
  const sending = body && {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
  };
  let answer;
  let said;
  try {
    answer = await fetch(address, { ...sending, headers: { Accept: "application/json", ...sending?.headers } });
    said = isJson(answer) ? await answer.json() : null;
  } catch {
    return { kind: "unreachable" };
  }
  return outcome(answer, said);
}

const isJson = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

// Whoever is no longer signed in is led to the sign-in page, or is refused for the token of another session.
function outcome(answer, said) {
  if (said === null) return { kind: answer.redirected || answer.status === 403 ? "signed-out" : "unreachable" };
  if (answer.status === 401 || said.kind === "csrf") return { kind: "signed-out" };
  if (answer.ok) return { kind: "done", said };
  if (answer.status === 409 && said.theirs) return { kind: "stale", said };
  return { kind: "refused", sentences: said.sentences ?? [said.sentence] };
}
