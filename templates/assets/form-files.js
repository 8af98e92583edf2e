// Files of the form: one is opened, begun or saved on the reader’s own disk.

/**
 * Return the kinds of the files that are known by their names.
 * @returns {Record<string, string>}
 */
function formFiles() {
  return JSON.parse(part("files").textContent ?? "{}");
}

/**
 * Return the kinds that a file may be of. The program knows it by the folder, which no page sees:
 * a service without `builds_on` is shared if it stands in `yhteiset`, and is not reviewed there.
 * @param {string} name
 * @param {any} data
 */
function kindsOf(name, data) {
  const named = formFiles()[name];
  if (named) {
    return [named];
  }
  if ("builds_on" in data) {
    return ["taydennys"];
  }
  if (Array.isArray(data.services) && !("name" in data)) {
    return ["kunta"];
  }
  const fitting = ["palvelu", "taydennys", "kunta"].filter((kind) => fits(kind, data));
  return "review" in data && "name" in data ? ["palvelu"] : fitting;
}

/**
 * @param {string} kind
 * @param {any} data
 */
function fits(kind, data) {
  /** @type {string[]} */
  const lost = [];
  toForm(FORM_SCHEMAS[kind], data, lost);
  return lost.length === 0;
}

/** @param {string} question */
function mayLeave(question) {
  return !isUnsaved() || confirm(`Lomakkeessa on muutoksia, joita et ole tallentanut. ${question}`);
}

async function openFile() {
  const file = input("file").files?.[0];
  input("file").value = "";
  if (file && mayLeave("Avataanko toinen tiedosto?")) {
    showFile(file.name, await file.text());
  }
}

/**
 * Show what is in a file, say why it cannot be shown, or ask what it is.
 * @param {string} name
 * @param {string} text
 */
function showFile(name, text) {
  const { document: written, data, faults } = readYaml(text);
  const kinds = faults.length > 0 ? [] : kindsOf(name, data);
  part("ask").hidden = kinds.length < 2;
  part("refused").hidden = true;
  if (kinds.length < 2) {
    show(name, kinds[0] ?? "palvelu", written, data, faults);
    return;
  }
  for (const button of part("ask").querySelectorAll("button")) {
    const kind = button.dataset.ppFormAs ?? "";
    button.hidden = !kinds.includes(kind);
    button.onclick = () => show(name, kind, written, data, faults);
  }
  part("ask").focus();
}

/**
 * Show data in the form of a kind, or say what the form has no place for.
 * @param {string} name
 * @param {string} kind
 * @param {any} written
 * @param {any} data
 * @param {string[]} faults
 */
function show(name, kind, written, data, faults) {
  const value = faults.length > 0 ? undefined : toForm(FORM_SCHEMAS[kind], data, faults);
  part("ask").hidden = true;
  part("refused").hidden = faults.length === 0;
  part("refused-why").replaceChildren(
    ...Array.from(new Set(faults), (fault) =>
      Object.assign(document.createElement("li"), { textContent: fault }),
    ),
  );
  if (faults.length > 0) {
    part("refused").focus();
    return;
  }
  form.document = written;
  input("kind").value = kind;
  input("name").value = fileName(kind, name);
  form.named = true;
  build(kind, value);
}

function startEmpty() {
  const kind = input("kind").value;
  if (!mayLeave("Aloitetaanko tyhjästä?")) {
    return;
  }
  form.document = emptyYaml();
  part("ask").hidden = true;
  part("refused").hidden = true;
  form.named = false;
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
  if (input("name").value === "") {
    sayNameless(true);
    input("name").focus();
    return;
  }
  const link = document.createElement("a");
  const content = new Blob([fileText()], { type: "application/yaml" });
  link.href = URL.createObjectURL(content);
  link.download = input("name").value;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  form.saved = filled();
}

Object.assign(globalThis, { openFile, startEmpty, fileText, save });
