// A form shows what is filled and what must be: the rest can be added to each part, and taken away.

/**
 * Give each part of the form its list of what may be added to it or taken from it, and let a
 * choice that nobody has made show that it is open.
 */
function offerMore() {
  for (const editor of Object.values(form.editor.editors)) {
    if (editor?.hasPlaceholderOption && editor.value === undefined) {
      editor.input.value = "_placeholder_";
    }
    if (editor?.schema?.type === "object" && editor.editor_holder && !editor.more) {
      editor.more = moreOf(editor);
      editor.editor_holder.append(editor.more);
    }
  }
}

/**
 * Leave in a new item what it must have and what it mostly has.
 * @param {any} editor
 */
function trim(editor) {
  const { properties = {}, required, "x-shown": shown = [] } = editor.schema;
  for (const [key, field] of Object.entries(properties)) {
    const held = fromForm(field, editor.getValue()?.[key]);
    const empty = held === undefined || isEmpty(held);
    if (empty && !required.includes(key) && !shown.includes(key)) {
      editor.removeObjectProperty(key);
    }
  }
  editor.refreshValue?.();
}

/** @param {any} editor */
function moreOf(editor) {
  const more = document.createElement("details");
  more.className = "pp-form__more";
  const summary = document.createElement("summary");
  summary.textContent = `Lisää tai poista kohtia: ${editor.schema.title}`;
  const choices = document.createElement("p");
  more.append(summary, choices);
  more.addEventListener("toggle", () => more.open && fillMore(editor, choices));
  return more;
}

/**
 * @param {any} editor
 * @param {HTMLElement} choices
 */
function fillMore(editor, choices) {
  const optional = Object.entries(editor.schema.properties).filter(
    ([key]) => !editor.schema.required.includes(key),
  );
  const absent = optional.filter(([key]) => !editor.editors[key]);
  const present = optional.filter(([key]) => editor.editors[key]);
  choices.replaceChildren(
    ...absent.map(([key, field]) => moreButton(`Lisää: ${field.title}`, () => addTo(editor, key))),
    ...present.map(([key, field]) =>
      moreButton(`Poista: ${field.title}`, () => takeFrom(editor, key, choices)),
    ),
  );
}

/**
 * @param {string} words
 * @param {() => void} act
 */
function moreButton(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pp-form__button";
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}

/**
 * Add an empty field, or a list with its first item, and put the writer there.
 * @param {any} editor
 * @param {string} key
 */
function addTo(editor, key) {
  editor.addObjectProperty(key);
  editor.onChange(true);
  editor.more.open = false;
  goTo(editor.editors[key].path);
  editor.editors[key].add_row_button?.click();
}

/**
 * @param {any} editor
 * @param {string} key
 * @param {HTMLElement} choices
 */
function takeFrom(editor, key, choices) {
  const held = fromForm(editor.schema.properties[key], editor.editors[key].getValue());
  const { title } = editor.schema.properties[key];
  if (
    held !== undefined &&
    !isEmpty(held) &&
    !confirm(`Poistetaanko ”${title}” ja kaikki, mitä siinä on?`)
  ) {
    return;
  }
  editor.removeObjectProperty(key);
  delete editor.cached_editors[key];
  editor.onChange(true);
  fillMore(editor, choices);
  choices.querySelector("button")?.focus();
}

// What the other scripts of the form use.
Object.assign(globalThis, { offerMore, trim });
