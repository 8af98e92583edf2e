// A description as the fields of a form, and back. Pure: no page.

/** @typedef {any} FormSchema A part of a form's shape, as the page holds it. */

const FORM_ID = "__id";
const FORM_BETWEEN = "__";

/**
 * Turn plain data of YAML, in which every scalar is a text, into the value of a form.
 * @param {FormSchema} schema
 * @param {any} data
 * @param {string[]} lost What the form has no place for, told in Finnish.
 * @param {string} [at] Where the data stands.
 * @returns {any}
 */
function toForm(schema, data, lost, at = "") {
  if (schema.type === "array") {
    return formItems(schema, data, lost, at);
  }
  if (schema.type === "object") {
    return formFields(schema, data, lost, at);
  }
  if (typeof data !== "string") {
    lost.push(`Kohtaan ”${at}” kuuluu teksti.`);
    return "";
  }
  if (schema.type === "integer") {
    return /^\d+$/.test(data) ? Number(data) : data;
  }
  if (schema.type === "boolean") {
    if (data !== "true" && data !== "false") {
      lost.push(`Kohtaan ”${at}” kuuluu true tai false.`);
    }
    return data === "true";
  }
  return data;
}

/**
 * @param {FormSchema} schema
 * @param {any} data
 * @param {string[]} lost
 * @param {string} at
 */
function formItems(schema, data, lost, at) {
  const keyed = schema.items.properties?.[FORM_ID];
  if (keyed ? !isMap(data) : !Array.isArray(data)) {
    lost.push(`Kohtaan ”${at}” kuuluu luettelo.`);
    return [];
  }
  if (!keyed) {
    return data.map((/** @type {any} */ item) => toForm(schema.items, item, lost, at));
  }
  return Object.entries(data).map(([name, item]) => ({
    [FORM_ID]: name,
    ...toForm(schema.items, item, lost, name),
  }));
}

/**
 * @param {FormSchema} schema
 * @param {any} data
 * @param {string[]} lost
 * @param {string} at
 */
function formFields(schema, data, lost, at) {
  if (!isMap(data)) {
    lost.push(`Kohdan ”${at}” alle kuuluu omia kohtia.`);
    return {};
  }
  /** @type {Record<string, any>} */
  const value = {};
  for (const [key, inside] of Object.entries(data)) {
    const field = Object.hasOwn(schema.properties, key) && schema.properties[key];
    const languages = Object.hasOwn(schema.properties, `${key}${FORM_BETWEEN}sv`);
    if (!field || key === FORM_ID) {
      lost.push(`Kohtaa ”${key}” ei ole ${at ? `kohdassa ”${at}”` : "olemassa"}.`);
    } else if (languages && isMap(inside)) {
      for (const [language, text] of Object.entries(inside)) {
        const name = language === "fi" ? key : `${key}${FORM_BETWEEN}${language}`;
        if (Object.hasOwn(schema.properties, name)) {
          value[name] = toForm(schema.properties[name], text, lost, `${key}: ${language}`);
        } else {
          lost.push(`Kohdan ”${key}” kieli on fi, sv, en tai fi-simple, ei ${language}.`);
        }
      }
    } else {
      value[key] = toForm(field, inside, lost, key);
    }
  }
  return value;
}

/**
 * Return an id that nothing has yet, so that an unfinished form loses nothing.
 * @param {string} id
 * @param {Record<string, any>} taken
 */
function freeId(id, taken) {
  let free = id;
  for (let number = 2; Object.hasOwn(taken, free); number += 1) {
    free = `${id}-${number}`;
  }
  return free;
}

/**
 * Turn the value of a form into plain data; what is empty is left out.
 * @param {FormSchema} schema
 * @param {any} value
 * @returns {any}
 */
function fromForm(schema, value) {
  if (Array.isArray(value)) {
    const items = value.map((item) => fromForm(schema.items, item));
    if (!schema.items.properties?.[FORM_ID]) {
      return items.filter((item) => item !== undefined);
    }
    /** @type {Record<string, any>} */
    const named = {};
    for (const [number, item] of value.entries()) {
      named[freeId(item[FORM_ID] || "uusi", named)] = items[number] ?? {};
    }
    return named;
  }
  if (isMap(value)) {
    return dataOf(schema, value);
  }
  const text = value === undefined || value === null ? "" : String(value).trim();
  return text === "" ? undefined : text.replaceAll("\r\n", "\n");
}

/**
 * @param {FormSchema} schema
 * @param {Record<string, any>} value
 */
function dataOf(schema, value) {
  /** @type {Record<string, any>} */
  const data = {};
  for (const [key, field] of Object.entries(schema.properties)) {
    const [name = "", language] = key === FORM_ID ? [""] : key.split(FORM_BETWEEN);
    const inside = name ? fromForm(field, value[key]) : undefined;
    if (inside === undefined || isEmpty(inside)) {
      continue;
    }
    if (language) {
      const text = data[name];
      data[name] = { ...(typeof text === "string" ? { fi: text } : text), [language]: inside };
    } else {
      data[name] = inside;
    }
  }
  return Object.keys(data).length > 0 ? data : undefined;
}

/**
 * @param {any} value
 * @returns {value is Record<string, any>}
 */
function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {any} value */
function isEmpty(value) {
  return typeof value === "object" && Object.keys(value).length === 0;
}

/**
 * Return the data with each text that is in Finnish alone as that text, and without blanks at the
 * ends of texts: they say nothing to the program.
 * @param {any} data
 * @returns {any}
 */
function asFilled(data) {
  if (Array.isArray(data)) {
    return data.map(asFilled);
  }
  if (!isMap(data)) {
    return typeof data === "string" ? data.trim() : data;
  }
  const inside = Object.entries(data).map(([key, value]) => [key, asFilled(value)]);
  return inside.length === 1 && inside[0]?.[0] === "fi" ? inside[0][1] : Object.fromEntries(inside);
}

// What the other scripts of the form use.
Object.assign(globalThis, { FORM_ID, FORM_BETWEEN, toForm, fromForm, isMap, isEmpty, asFilled });
