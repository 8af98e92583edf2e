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
const FORM_FILES = JSON.parse(part("files").textContent ?? "{}");
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
    prompt_before_delete: false,
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

/**
 * The path in words: each step, and where its choices lead.
 * @param {any} value
 */
function showSteps(value) {
  /** @type {any[]} */
  const steps = Array.isArray(value.steps) ? value.steps : [];
  part("path").hidden = steps.length === 0;
  const named = steps.map((step, number) => [step.id, `${number + 1}. ${step.name ?? step.id}`]);
  const names = new Map(/** @type {[string, string][]} */ (named.filter(([id]) => id)));
  part("steps").replaceChildren(...steps.map((step, number) => stepItem(step, number, names)));
  const ids = input("step-ids");
  const wanted = [...names.keys()];
  if (wanted.join() !== ids.dataset.ppShown) {
    ids.dataset.ppShown = wanted.join();
    ids.replaceChildren(...wanted.map((id) => new Option(names.get(id), id)));
  }
}

/**
 * @param {any} step
 * @param {number} number
 * @param {Map<string, string>} names
 */
function stepItem(step, number, names) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pp-form__button pp-form__button--link";
  button.textContent = step.name ?? step.id ?? "Vaihe ilman nimeä";
  button.addEventListener("click", () => goTo(`root.steps.${number}.id`));
  item.append(button);
  const ways = (Array.isArray(step.choices) ? step.choices : []).map(
    (/** @type {any} */ choice) => {
      const way = document.createElement("li");
      const there = choice.step && form.kind === "palvelu" && !names.has(choice.step);
      const target = names.get(choice.step) ?? choice.step ?? nameOf(choice) ?? "?";
      const condition = choice.condition ? `, jos ${choice.condition}` : "";
      way.textContent = `→ ${target}${there ? " (vaihetta ei ole)" : ""}${condition}`;
      return way;
    },
  );
  if (ways.length > 0) {
    const list = document.createElement("ul");
    list.append(...ways);
    item.append(list);
  }
  return item;
}

/**
 * Return the name of the service or the outcome that a choice leads to; else its id.
 * @param {any} choice
 */
function nameOf(choice) {
  const [kind, id] = choice.service ? ["service", choice.service] : ["outcome", choice.outcome];
  const options = document.querySelectorAll(`datalist[data-pp-ids=${kind}] option`);
  const found = /** @type {HTMLOptionElement[]} */ ([...options]).find(({ value }) => value === id);
  return found?.label ?? id;
}

/**
 * Guess the kind of a file from its name and its keys: what others build on is reviewed nowhere.
 * @param {string} name
 * @param {any} data
 */
function kindOf(name, data) {
  const named = FORM_FILES[name];
  if (named) {
    return named;
  }
  if (Array.isArray(data.services) && !("name" in data)) {
    return "kunta";
  }
  return "builds_on" in data || !("review" in data) ? "taydennys" : "palvelu";
}

async function openFile() {
  const file = input("file").files?.[0];
  input("file").value = "";
  if (
    !file ||
    (form.dirty &&
      !confirm("Lomakkeessa on tallentamattomia muutoksia. Avataanko toinen tiedosto?"))
  ) {
    return;
  }
  showFile(file.name, await file.text());
}

/**
 * Show what is in a file, or say why it cannot be shown.
 * @param {string} name
 * @param {string} text
 */
function showFile(name, text) {
  const { document: written, data, faults } = readYaml(text);
  const kind = faults.length > 0 ? "" : kindOf(name, data);
  const value = kind ? toForm(FORM_SCHEMAS[kind], data, faults) : undefined;
  part("refused").hidden = faults.length === 0;
  part("refused-why").replaceChildren(
    ...faults.map((fault) => Object.assign(document.createElement("li"), { textContent: fault })),
  );
  if (faults.length > 0) {
    part("refused").focus();
    return;
  }
  form.document = written;
  input("kind").value = kind;
  input("name").value = name;
  build(kind, value);
}

function startEmpty() {
  const kind = input("kind").value;
  if (form.dirty && !confirm("Lomakkeessa on tallentamattomia muutoksia. Aloitetaanko tyhjästä?")) {
    return;
  }
  form.document = emptyYaml();
  part("refused").hidden = true;
  const own = Object.entries(FORM_FILES).find(([, of]) => of === kind)?.[0];
  input("name").value = own ?? "uusi.yml";
  build(kind, undefined);
}

/** @returns {string} The file as it is to be saved. */
function fileText() {
  const schema = FORM_SCHEMAS[form.kind];
  return writeYaml(form.document, fromForm(schema, form.editor.getValue()) ?? {}, (key) =>
    plainKeys(schema).has(key),
  );
}

/**
 * Return the keys whose values are numbers or truth values.
 * @param {any} schema
 * @param {Set<string>} [found]
 */
function plainKeys(schema, found = new Set()) {
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    if (field.type === "integer" || field.type === "boolean" || field["x-plain"]) {
      found.add(key);
    }
    plainKeys(field, found);
  }
  if (schema.items) {
    plainKeys(schema.items, found);
  }
  return found;
}

function save() {
  const link = document.createElement("a");
  const content = new Blob([fileText()], { type: "application/yaml" });
  link.href = URL.createObjectURL(content);
  link.download = input("name").value || "kuvaus.yml";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  form.dirty = false;
}

function showLanguages() {
  part("fields").toggleAttribute("data-pp-languages", input("languages").checked);
}

part("file").addEventListener("change", openFile);
part("start").addEventListener("click", startEmpty);
part("save").addEventListener("click", save);
part("languages").addEventListener("change", showLanguages);
addEventListener("beforeunload", (event) => {
  if (form.dirty) {
    event.preventDefault();
  }
});
part("tools").hidden = false;
