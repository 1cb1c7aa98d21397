// A form sent with its progress: by XMLHttpRequest, for fetch does not tell how much has gone.

// The status and what the server said, null where it said no JSON; null where no connection was found or kept.
// `progress` is told how much has been sent, of one; `sent` when all has.
export function sendForm(address, data, { progress, sent = () => {} }) {
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 0));
  request.upload.addEventListener("load", sent);
  return new Promise((resolve) => {
    for (const name of ["error", "abort"]) request.addEventListener(name, () => resolve(null));
    request.addEventListener("load", () => resolve({ status: request.status, said: readJson(request.responseText) }));
    request.send(data);
  });
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
