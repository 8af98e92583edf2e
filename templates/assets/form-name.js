// What a file is called and the folder that it belongs to, as far as the form knows.

/** @typedef {{regions: string[], towns: Record<string, string>}} Places Towns by id: the region. */

/** @returns {Places} The regions that the site describes, and the municipalities of all. */
function formPlaces() {
  return JSON.parse(part("places").textContent ?? "{}");
}

/**
 * Return words as an id is written: ”Äänekosken paja” → aanekosken-paja; may be empty.
 * @param {string} words
 */
function asId(words) {
  const plain = words
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036F]/g, "");
  const id = plain.replaceAll(/[^a-z0-9]+/g, "-").replace(/^[-0-9]+/, "");
  return id.slice(0, 64).replace(/-$/, "");
}

/**
 * Return the name that a file of a kind may have: the given one, as such names are written.
 * That of a municipality is nothing until it is given.
 * @param {string} kind
 * @param {string} given A name of a file, or words; may be empty.
 */
function fileName(kind, given) {
  const files = formFiles();
  const only = Object.keys(files).find((name) => files[name] === kind);
  // A browser numbers a file that is downloaded again: “paja (1).yml”.
  const id = asId(given.replace(/\.ya?ml$/i, "").replace(/ \(\d+\)$/, ""));
  if (kind === "kunta" && !id) {
    return "";
  }
  const name = `${id || kind}.yml`;
  return only ?? (files[name] ? `oma-${name}` : name);
}

/** Suggest a name until the writer gives one, and tell where the file belongs. */
function showName() {
  const value = form.editor.getValue();
  const of = value.name || value.builds_on?.[0] || "";
  if (!form.named) {
    input("name").value = form.kind === "kunta" ? "" : fileName(form.kind, of);
  }
  input("name").toggleAttribute("list", false);
  if (form.kind === "kunta") {
    input("name").setAttribute("list", "lomake-kunnat");
  }
  if (input("name").value) {
    sayNameless(false);
  }
  const [words, folder] = placeOf(form.kind, input("name").value.replace(/\.yml$/, ""), value);
  const code = Object.assign(document.createElement("code"), { textContent: folder });
  part("place").replaceChildren(words, code);
}

/**
 * Return where a file belongs: words, and the folder after them.
 * @param {string} kind
 * @param {string} id The name of the file without its ending.
 * @param {any} value
 * @returns {[string, string]}
 */
function placeOf(kind, id, value) {
  if (kind === "seloste" || kind === "varit") {
    return ["kansioon ", "paths/"];
  }
  if (kind === "taydennys" && !value.builds_on?.[0]) {
    return ["kansioon ", "paths/yhteiset/"];
  }
  if (Object.values(formFiles()).includes(kind) && kind !== "alue") {
    return ["kansioon ", "paths/catalogue/"];
  }
  const { regions, towns } = formPlaces();
  const below = kind === "kunta" ? "kunnat/" : "";
  const homes =
    kind === "kunta"
      ? [towns[id] ?? []].flat()
      : regions.filter((r) => form.ids.service?.has(`${r}/${id}`));
  const home = homes.length === 1 ? homes[0] : regions.length === 1 && regions[0];
  const sample = `paths/${home || (regions[0] ?? "alue")}/${below}`;
  const named = kind === "kunta" && !towns[id] ? "kunnan nimellä, kuten laukaa.yml, " : "";
  return [`${named}${home ? "kansioon " : "oman alueen kansioon, esimerkiksi "}`, sample];
}

/** @param {boolean} lacking Whether to say that the file has no name. */
function sayNameless(lacking) {
  part("nameless").textContent = lacking ? "Anna ensin tiedoston nimi." : "";
  input("name").setAttribute("aria-invalid", String(lacking));
}

function nameGiven() {
  const { value } = input("name");
  form.named = value.trim() !== "";
  if (form.named) {
    input("name").value = fileName(form.kind, value);
  }
  showName();
}

// What the other scripts of the form use.
Object.assign(globalThis, { fileName, showName, nameGiven, sayNameless });
