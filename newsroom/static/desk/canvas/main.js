// The layout canvas of one page: reads it from the server and puts its parts together.

import { announce } from "./announce.js";
import { Carrying } from "./carrying.js";
import { Conflict } from "./conflict.js";
import { Contents } from "./contents.js";
import { Inspector } from "./inspector.js";
import { announceFit, Keyboard } from "./keyboard.js";
import { Layout } from "./layout.js";
import { Pointer } from "./pointer.js";
import { Pool } from "./pool.js";
import { Presence } from "./presence.js";
import { Problems } from "./problems.js";
import { Proposing } from "./proposing.js";
import { Saving } from "./saving.js";
import { Server } from "./server.js";
import { Sheet } from "./sheet.js";
import { Toolbar } from "./toolbar.js";
import { word } from "./words.js";

const canvas = document.getElementById("canvas");
const part = (name) => canvas.querySelector(`[data-${name}]`);
const dialog = (name) => document.getElementById(name);

async function begin() {
  canvas.hidden = false;
  const server = new Server(canvas.dataset);
  const answer = await server.read();
  if (answer.kind !== "done") return showFailure(answer);
  open(server, answer.said);
}

function showFailure(answer) {
  const state = part("state");
  state.textContent = answer.sentences?.join(" ") ?? word(answer.kind === "signed-out" ? "signed_out" : "not_read");
  state.dataset.state = "failed";
}

function open(server, facts) {
  const layout = new Layout(facts);
  const saving = new Saving(layout, server);
  const carrying = new Carrying(layout);
  const sheet = new Sheet(part("table"), layout, carrying);

  function showItem(key) {
    if (!key) return;
    layout.select(key);
    const box = sheet.box(key);
    box?.scrollIntoView({ block: "nearest", inline: "nearest" });
    box?.focus();
  }
  const inspector = new Inspector(part("inspector"), { layout, server, saving, showItem, remove: (key) => keyboard.remove(key) });
  const keyboard = new Keyboard(canvas, { layout, carrying, sheet, openInspector: () => inspector.focus(), showKeys: () => dialog("keys").showModal() });
  new Pointer(canvas, { layout, carrying, sheet });
  const pool = new Pool(part("pool"), { layout, pickUp: (...what) => keyboard.pickUp(...what), showItem });
  const contents = new Contents(part("contents"), { layout, showItem });
  new Problems(part("problems"), { layout, showItem });
  new Conflict(dialog("conflict"), { layout, saving });
  const proposing = new Proposing(dialog("proposing"), { layout, server, saving });
  const toolbar = new Toolbar(canvas, { layout, saving, sheet, carrying, keyboard, proposing, keys: dialog("keys") });
  new Presence(part("present"), { layout, server, saving, carrying });
  saving.addEventListener("state", () => saving.state === "saved" && announceFit(layout));
  addEventListener("beforeunload", (event) => layout.isChanged && event.preventDefault());

  for (const view of [pool, inspector, contents, sheet, toolbar]) view.show();
  layout.dispatchEvent(new CustomEvent("change", { detail: { arranged: false } }));
  canvas.dataset.ready = "";
  if (!layout.mayChange) announce(word("read_only"));
}

begin();
