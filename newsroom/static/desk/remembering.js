// What somebody chose on this device. Storage may be full or forbidden; then it is chosen anew on the next page.

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As said above.
  }
}

export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
