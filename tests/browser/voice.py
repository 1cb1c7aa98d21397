"""A voice for browsers, to hear what is read aloud."""

# A machine without a voice has none to listen to: this one says a paragraph when it is told that it is over.
VOICE = """
  const listeners = [];
  const speech = {
    getVoices: () => [{ lang: "en-US" }, { lang: "zh_CN" }], addEventListener() {},
    speak(words) { (window.heard ??= []).push(words.text); window.over = () => words.onend(); }, cancel() {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
