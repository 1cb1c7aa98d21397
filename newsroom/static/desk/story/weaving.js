// What others saved comes into the open form: what only they changed without asking, the rest as questions. The
// caret, the keys pressed since and what can be undone stay.

import { contentNow, setField, setItems } from "./content.js";
import { blocksOf, htmlOf, keysOf, parse, replace, stretchOf } from "./blocks.js";
import { body, editorReady, form, touch } from "./form.js";
import { follow, merge } from "./merging.js";
import { LISTS } from "./rows.js";

// A question is {kind: "body", html, range} or {kind: "field" | "list", field}, each with a label and with what was
// (`base`), `theirs` and `mine`; `answerWith` says what becomes of it.
export async function weave(sent, theirs) {
  const editor = await editorAtRest();
  const now = contentNow();
  const asked = [...weaveFields(sent, theirs, now), ...weaveLists(sent, theirs, now), ...weaveBody(editor, sent, theirs)];
  touch(form);
  return asked;
}

// After a refusal for both having changed the same: everything but that is put together, that is asked.
weave.aroundConflict = async (sent, said) => {
  const theirs = said.content;
  const mine = { ...theirs, fields: { ...theirs.fields } };
  for (const { field } of said.conflicts) keepMine(mine, sent, field);
  if (said.body) mine.body = sideOf(said.body, "mine");
  const asked = await weave(sent, mine);
  const now = contentNow();
  const fields = said.conflicts.filter(({ field }) => field !== "body").map((conflict) => questionOf(conflict, theirs, now));
  return [...asked, ...fields, ...bodyQuestions(await editorReady, said.body ?? [])];
};

// A composition in the editor is never disturbed.
async function editorAtRest() {
  const editor = await editorReady;
  while (editor.view.composing) await new Promise((done) => editor.view.dom.addEventListener("compositionend", () => setTimeout(done), { once: true }));
  return editor;
}

function keepMine(content, sent, name) {
  if (LISTS.includes(name)) content[name] = sent[name];
  else if (name !== "body") content.fields[name] = sent.fields[name];
}

function questionOf({ field: name, label, base, theirs }, content, now) {
  if (LISTS.includes(name)) return { kind: "list", field: name, label, base: linesOf(name, base), theirs: linesOf(name, theirs), mine: linesOf(name, now[name]), items: content[name] };
  return { kind: "field", field: name, label, base: shown(name, base), theirs: shown(name, theirs), mine: shown(name, now.fields[name]), value: content.fields[name] };
}

const labelOf = (name) => document.getElementById(`id_${name}_label`)?.firstChild.textContent.trim() ?? name;

// A choice is shown by its words.
function shown(name, value) {
  const field = form.elements[name];
  if (field?.tagName !== "SELECT") return value;
  return [...field.options].find((option) => option.value === value)?.textContent ?? value;
}

function weaveFields(sent, theirs, now) {
  const asked = [];
  for (const [name, value] of Object.entries(theirs.fields)) {
    const [base, mine] = [sent.fields[name], now.fields[name]];
    if (mine === undefined || value === base || value === mine) continue;
    if (mine === base) setField(name, value);
    else asked.push({ kind: "field", field: name, label: labelOf(name), base: shown(name, base), theirs: shown(name, value), mine: shown(name, mine), value });
  }
  return asked;
}

const itemKey = { bylines: ({ name, role }) => `${name.replace(/（[a-z0-9-]+）$/, "")} ${role}`, pictures: (picture) => JSON.stringify([String(picture.photo), picture.caption, picture.credit, picture.alt]) };

const linesOf = (list, items) => items.map((item) => (list === "bylines" ? item.name : item.caption || `#${item.photo}`));

function weaveLists(sent, theirs, now) {
  return LISTS.flatMap((list) => {
    const keys = (content) => content[list].map(itemKey[list]);
    const steps = merge(keys(sent), keys(theirs), keys(now));
    if (steps.some(({ parted }) => parted)) {
      return [{ kind: "list", field: list, label: labelOf(list), base: linesOf(list, sent[list]), theirs: linesOf(list, theirs[list]), mine: linesOf(list, now[list]), items: theirs[list] }];
    }
    const items = [...now[list]];
    for (const { mine, theirs: there } of steps.toReversed()) items.splice(mine[0], mine[1] - mine[0], ...theirs[list].slice(...there));
    if (steps.length) setItems(list, items);
    return [];
  });
}

function weaveBody(editor, sent, theirs) {
  const { schema, tr } = editor.state;
  const [base, there, here] = [parse(sent.body, schema), parse(theirs.body, schema), editor.state.doc].map(blocksOf);
  const steps = merge(keysOf(base), keysOf(there), keysOf(here)).map((step) => ({ ...step, range: stretchOf(here, step.mine) }));
  for (const { parted, range, theirs: stretch } of steps.toReversed()) {
    if (!parted) replace(tr, range, there.slice(...stretch).map(({ node }) => node));
  }
  const html = (blocks, stretch) => htmlOf(blocks.slice(...stretch).map(({ node }) => node));
  const asked = steps.filter(({ parted }) => parted).map((step) => ({
    kind: "body",
    base: html(base, step.base),
    theirs: html(there, step.theirs),
    mine: html(here, step.mine),
    range: { from: tr.mapping.map(step.range.from, 1), to: tr.mapping.map(step.range.to, -1) },
  }));
  if (tr.docChanged) editor.view.dispatch(tr.setMeta("addToHistory", false));
  return asked;
}

const sideOf = (segments, side) => segments.map((segment) => (segment.kind === "agreed" ? segment.html : segment[side])).join("");

// Each parted stretch with where it stands in the editor now.
function bodyQuestions(editor, segments) {
  const { schema, doc } = editor.state;
  const here = blocksOf(doc);
  const merged = keysOf(blocksOf(parse(sideOf(segments, "mine"), schema)));
  let place = 0;
  return segments.flatMap((segment) => {
    const start = place;
    place += blocksOf(parse(segment.kind === "agreed" ? segment.html : segment.mine, schema)).length;
    if (segment.kind === "agreed") return [];
    const stretch = follow(merged, keysOf(here), [start, place]);
    const mine = htmlOf(here.slice(...stretch).map(({ node }) => node));
    return [{ kind: "body", base: segment.base, theirs: segment.theirs, mine, range: stretchOf(here, stretch) }];
  });
}

// What was decided comes into the form: for each question theirs, mine, both, or {edited}.
export async function answerWith(decided) {
  const editor = await editorReady;
  const { tr } = editor.state;
  const bodies = decided.filter(({ question }) => question.kind === "body");
  for (const { question, choice } of bodies.sort((one, other) => other.question.range.from - one.question.range.from)) {
    const nodes = (html) => blocksOf(parse(html, editor.schema)).map(({ node }) => node);
    if (choice === "theirs") replace(tr, question.range, nodes(question.theirs));
    else if (choice === "both") tr.insert(question.range.to, nodes(question.theirs));
    else if (choice.edited !== undefined) replace(tr, question.range, nodes(choice.edited));
  }
  if (tr.docChanged) editor.view.dispatch(tr);
  for (const { question, choice } of decided) if (question.kind !== "body") answerField(question, choice);
  touch(body);
}

function answerField({ kind, field, value, items }, choice) {
  if (choice.edited !== undefined) setField(field, choice.edited);
  else if (kind === "field" && choice === "theirs") setField(field, value);
  else if (kind === "list" && choice === "theirs") setItems(field, items);
  else if (kind === "list" && choice === "both") setItems(field, joined(contentNow()[field], items, itemKey[field]));
}

function joined(mine, theirs, key) {
  const known = new Set(mine.map(key));
  return [...mine, ...theirs.filter((item) => !known.has(key(item)))];
}
