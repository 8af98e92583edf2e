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
/** @type {{editor: any, kind: string, document: any, dirty: boolean}} */
const form = { editor: null, kind: "", document: null, dirty: false };

JSONEditor.defaults.languages.fi = FORM_WORDS;
JSONEditor.defaults.language = "fi";
JSONEditor.defaults.themes.palvelupolku = FormTheme;
JSONEditor.defaults.templates.palvelupolku = formHeadings;
// A choice stays open until somebody makes it: the library would take the first.
JSONEditor.defaults.editors.select.prototype.getDefault = () => undefined;
// The library would write style elements, which the page's policy refuses: the style is ours.
JSONEditor.prototype.addNewStyleRules = () => {};
JSONEditor.defaults.custom_validators.push(
  (/** @type {any} */ schema, /** @type {any} */ value, /** @type {string} */ path) =>
    path === "root" && form.kind ? crossFaults(schema, pruned(value), known()) : [],
);

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
    ([, inside]) => inside !== "" && inside !== undefined,
  );
  return Object.fromEntries(filled.map(([key, inside]) => [key, pruned(inside)]));
}

/** @returns {Known} */
function known() {
  /** @type {Record<string, Set<string>>} */
  const ids = {};
  for (const list of document.querySelectorAll("datalist[data-pp-ids]")) {
    const kind = /** @type {HTMLElement} */ (list).dataset.ppIds ?? "";
    ids[kind] = new Set([...list.querySelectorAll("option")].map((option) => option.value));
  }
  return { kind: form.kind, ids };
}

/**
 * Show a form of a kind with what is in it.
 * @param {string} kind
 * @param {any} value
 */
function build(kind, value) {
  form.editor?.destroy();
  Object.assign(form, { kind, dirty: false });
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
    tellOfFields(form.editor.validator);
    for (const shown of document.querySelectorAll("[data-pp-form-open]")) {
      /** @type {HTMLElement} */ (shown).hidden = false;
    }
    form.editor.on("change", changed);
    refresh();
    part("begin").focus();
  });
}

/**
 * Let the library tell of an empty field at that field, not at what the field is in.
 * @param {any} validator
 */
function tellOfFields(validator) {
  const validate = validator.validate.bind(validator);
  validator.validate = (/** @type {any} */ value) =>
    validate(value).map((/** @type {Fault} */ fault) => {
      const fields = Object.entries(partAt(fault.path).schema?.properties ?? {});
      const empty = fields.find(([, field]) => field.title === fault.message)?.[0];
      return fault.property === "required" && empty
        ? { ...fault, path: `${fault.path}.${empty}`, message: FORM_WORDS.error_notset }
        : fault;
    });
}

function changed() {
  form.dirty = true;
  refresh();
}

/** Tell how many faults there are and where, and the steps in their order. */
function refresh() {
  offerMore();
  const faults = form.editor.validator.validate(form.editor.getValue());
  form.editor.root.showValidationErrors(faults);
  const list = part("faults");
  list.replaceChildren(...faults.map(faultItem));
  const count =
    faults.length === 1 ? "Yksi kohta on korjattava." : `Korjattavia kohtia on ${faults.length}.`;
  const told = faults.length === 0 ? "Lomakkeessa ei ole virheitä." : count;
  if (part("status").textContent !== told) {
    part("status").textContent = told;
  }
  showSteps(pruned(form.editor.getValue()));
}

/**
 * @param {Fault} fault
 */
function faultItem(fault) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pp-form__button pp-form__button--link";
  button.textContent = `${partAt(fault.path).name}: ${fault.message}`;
  button.addEventListener("click", () => {
    form.editor.setOption("show_errors", "always");
    goTo(fault.path);
  });
  item.append(button);
  return item;
}

/**
 * Return the shape of a field and its name with what it is in: “Vaiheet 2, Nimi”.
 * @param {string} path
 */
function partAt(path) {
  let schema = FORM_SCHEMAS[form.kind];
  /** @type {string[]} */
  const names = [];
  for (const key of path.split(".").slice(1)) {
    if (schema?.type === "array") {
      names[names.length - 1] += ` ${Number(key) + 1}`;
      schema = schema.items;
    } else {
      schema = schema?.properties?.[key];
      names.push(schema?.title ?? key);
    }
  }
  return { schema, name: names.join(", ") || "Lomake" };
}

/**
 * Open what a field is folded into, and put the reader there.
 * @param {string} path
 */
function goTo(path) {
  const keys = path.split(".");
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
part("languages").addEventListener("change", showLanguages);
Object.assign(globalThis, { build });
addEventListener("beforeunload", (event) => {
  if (form.dirty) {
    event.preventDefault();
  }
});
part("tools").hidden = false;
