// The form page: opens a description from the reader's own disk, shows it as fields, tells what is
// wrong beside them, and gives the file back. Nothing is sent or stored anywhere.

/** @param {string} name */
function part(name) {
  return /** @type {HTMLElement} */ (document.querySelector(`[data-pp-form-${name}]`));
}

/** @param {string} name */
function input(name) {
  return /** @type {HTMLInputElement & HTMLSelectElement} */ (part(name));
}

const FORM_SCHEMAS = JSON.parse(part("schemas").textContent ?? "{}");
/** @type {{editor: any, kind: string, document: any, ids: Known["ids"], saved: string,
 * named: boolean}} Named: whether the file has a name that somebody gave. */
const form = { editor: null, kind: "", document: null, ids: {}, saved: "", named: false };

JSONEditor.defaults.languages.fi = FORM_WORDS;
JSONEditor.defaults.language = "fi";
JSONEditor.defaults.themes.palvelupolku = FormTheme;
JSONEditor.defaults.templates.palvelupolku = formHeadings;
// A choice stays open until somebody makes it: the library would take the first.
JSONEditor.defaults.editors.select.prototype.getDefault = () => undefined;
// A day is written as people write it, too.
const { sanitize } = JSONEditor.defaults.editors.string.prototype;
JSONEditor.defaults.editors.string.prototype.sanitize = function (/** @type {string} */ text) {
  return this.schema["x-day"] ? isoDay(text) : sanitize.call(this, text);
};
// What is added is open, and the writer is in its first field.
const { array } = JSONEditor.defaults.editors;
const addButton = array.prototype._createAddRowButton;
array.prototype._createAddRowButton = function () {
  const button = addButton.call(this);
  button.addEventListener("click", () => {
    const added = this.rows.at(-1);
    added.onChange(true);
    goTo(added.path);
  });
  return button;
};
// The library would write style elements, which the page's policy refuses: the style is ours.
JSONEditor.prototype.addNewStyleRules = () => {};

/**
 * What is filled of a value: the form keeps empty fields, of which nothing is to be said.
 * @param {any} value
 * @returns {any}
 */
function pruned(value) {
  if (Array.isArray(value)) {
    return value.map(pruned);
  }
  if (!isMap(value)) {
    return value;
  }
  const filled = Object.entries(value).filter(
    ([, inside]) => inside !== undefined && String(inside).trim() !== "",
  );
  return Object.fromEntries(filled.map(([key, inside]) => [key, pruned(inside)]));
}

/** @returns {Known["ids"]} The ids that the site has, by what they are of. */
function idsOfSite() {
  /** @type {Known["ids"]} */
  const ids = {};
  for (const list of document.querySelectorAll("datalist[data-pp-ids]")) {
    const kind = /** @type {HTMLElement} */ (list).dataset.ppIds ?? "";
    ids[kind] = new Set([...list.querySelectorAll("option")].map((option) => option.value));
  }
  return ids;
}

/**
 * Show a form of a kind with what is in it.
 * @param {string} kind
 * @param {any} value
 */
function build(kind, value) {
  form.editor?.destroy();
  Object.assign(form, { kind, ids: idsOfSite(), saved: "" });
  const holder = part("fields");
  holder.replaceChildren();
  form.editor = new JSONEditor(holder, {
    schema: FORM_SCHEMAS[kind],
    startval: value,
    theme: "palvelupolku",
    template: "palvelupolku",
    iconlib: false,
    disable_edit_json: true,
    disable_properties: true,
    disable_array_delete_all_rows: true,
    disable_array_delete_last_row: true,
    remove_empty_properties: true,
    use_default_values: false,
    prompt_before_delete: true,
    show_errors: value === undefined ? "interaction" : "always",
  });
  form.editor.on("addRow", trim);
  form.editor.on("ready", () => {
    checkAlso(form.editor);
    for (const shown of document.querySelectorAll("[data-pp-form-open]")) {
      /** @type {HTMLElement} */ (shown).hidden = false;
    }
    form.editor.on("change", refresh);
    refresh();
    form.saved = filled();
    part("begin").focus();
  });
}

/** @returns {string} What is filled, to be compared. */
function filled() {
  return JSON.stringify(pruned(form.editor.getValue()));
}

/** @returns {boolean} Whether something is filled that no file has. */
function isUnsaved() {
  return form.saved !== "" && filled() !== form.saved;
}

/**
 * Let the library tell what we find too; of what is empty we tell at that field itself.
 * @param {any} editor
 */
function checkAlso(editor) {
  const { validator } = editor;
  const validate = validator.validate.bind(validator);
  validator.validate = (/** @type {any} */ value) => [
    ...validate(value).filter((/** @type {Fault} */ fault) => fault.property !== "required"),
    ...crossFaults(FORM_SCHEMAS[form.kind], pruned(value), form),
  ];
  editor.validation_results = validator.validate(editor.getValue());
  editor.root.showValidationErrors(editor.validation_results);
}

/** Tell how many faults there are and where, and the steps in their order. */
function refresh() {
  offerMore();
  // Of one field one fault at a time is enough: the first.
  /** @type {Fault[]} */
  const all = form.editor.validation_results;
  const faults = all.filter(({ path }, at) => all.findIndex((one) => one.path === path) === at);
  const list = part("faults");
  list.replaceChildren(...faults.map(faultItem));
  const count =
    faults.length === 1 ? "Yksi kohta on korjattava." : `Korjattavia kohtia on ${faults.length}.`;
  const told = faults.length === 0 ? allClear() : count;
  if (part("status").textContent !== told) {
    part("status").textContent = told;
  }
  showName();
  showSteps(pruned(form.editor.getValue()));
}

/** @returns {string} That the form finds nothing, and what it does not look at. */
function allClear() {
  const path = form.kind === "taydennys" ? "Polun kulun, lähteet" : "Lähteet";
  return `Lomakkeessa ei ole virheitä. ${path}, linkit ja muut tiedostot katsoo check.`;
}

/**
 * @param {Fault} fault
 */
function faultItem(fault) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pp-form__button pp-form__button--link";
  button.textContent = `${nameAt(fault.path)}: ${fault.message}`;
  button.addEventListener("click", () => {
    form.editor.setOption("show_errors", "always");
    goTo(fault.path);
  });
  item.append(button);
  return item;
}

/**
 * Return the name of a field with what it is in: “Vaihe 2, Nimi”.
 * @param {string} path
 */
function nameAt(path) {
  let schema = FORM_SCHEMAS[form.kind];
  /** @type {string[]} */
  const names = [];
  for (const key of path.split(".").slice(1)) {
    if (schema?.type === "array") {
      schema = schema.items;
      names[names.length - 1] = `${schema.title} ${Number(key) + 1}`;
    } else {
      schema = schema?.properties?.[key];
      names.push(schema?.title ?? key);
    }
  }
  return names.join(", ") || "Lomake";
}

/**
 * Open what a field is folded into, add it where it is not shown, and put the reader there.
 * @param {string} path
 */
function goTo(path) {
  const keys = path.split(".");
  const around = form.editor.getEditor(keys.slice(0, -1).join("."));
  if (!form.editor.getEditor(path) && around?.addObjectProperty) {
    around.addObjectProperty(keys.at(-1));
    around.onChange(true);
  }
  for (const [number] of keys.entries()) {
    const above = form.editor.getEditor(keys.slice(0, number + 1).join("."));
    if (above?.collapsed) {
      (above.collapse_control ?? above.toggle_button).click();
    }
  }
  const editor = form.editor.getEditor(path);
  if (/__(sv|en|fi-simple)$/.test(path)) {
    input("languages").checked = true;
    showLanguages();
  }
  /** @type {HTMLElement[]} */
  const within = [...(editor?.container?.querySelectorAll("input,select,textarea,button") ?? [])];
  const shown = within.filter((field) => field.checkVisibility());
  const field = editor?.input ?? shown.find((one) => one.tagName !== "BUTTON") ?? shown[0];
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}

function showLanguages() {
  part("fields").toggleAttribute("data-pp-languages", input("languages").checked);
}

part("file").addEventListener("change", openFile);
part("start").addEventListener("click", startEmpty);
part("save").addEventListener("click", save);
part("name").addEventListener("change", nameGiven);
part("languages").addEventListener("change", showLanguages);
Object.assign(globalThis, { build, filled, isUnsaved });
addEventListener("beforeunload", (event) => {
  if (isUnsaved()) {
    event.preventDefault();
  }
});
part("tools").hidden = false;
