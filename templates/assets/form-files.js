// Files of the form: one is opened, begun or saved on the reader’s own disk.

/**
 * Return the kinds of the files that are known by their names.
 * @returns {Record<string, string>}
 */
function formFiles() {
  return JSON.parse(part("files").textContent ?? "{}");
}

/**
 * Guess the kind of a file from its name and its keys: what others build on is reviewed nowhere.
 * @param {string} name
 * @param {any} data
 */
function kindOf(name, data) {
  const named = formFiles()[name];
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
  const own = Object.entries(formFiles()).find(([, of]) => of === kind)?.[0];
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

Object.assign(globalThis, { openFile, startEmpty, fileText, save });
