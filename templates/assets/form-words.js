// What the form says: the library's words in Finnish, and its elements as this site has them.
// A classic script, as all of the form: a page opened from a disk may load no modules.

/** The words of the library, by its own keys. */
const FORM_WORDS = {
  error_enum: "Valitse arvo luettelosta.",
  error_type: "Tähän ei käy tämä arvo.",
  error_maximum_incl: "Luku on enintään {{0}}.",
  error_minimum_incl: "Luku on vähintään {{0}}.",
  error_maxLength: "Teksti on liian pitkä. Enintään {{0}} merkkiä sopii.",
  error_minLength: "Täytä tämä kohta.",
  error_pattern: "Tämä ei käy tähän kohtaan.",
  button_add_row_title: "Lisää: {{0}}",
  button_collapse: "Piilota",
  button_delete_node_warning: "Haluatko varmasti poistaa tämän?",
  button_delete_row_title: "Poista: {{0}}",
  button_expand: "Näytä",
  button_move_down_title: "Siirrä alas",
  button_move_up_title: "Siirrä ylös",
};

/**
 * Headings of items, such as “Vaihe 2: Arvio”: a name that is not there yet is left out.
 * @returns {{compile: (template: string) => (values: any) => string}}
 */
const formHeadings = () => ({
  compile: (template) => (values) => {
    const [kind, ...keys] = template.split("|");
    const name = keys.map((key) => values.self?.[key]).find(Boolean);
    return name ? `${kind} ${values.i1}: ${name}` : `${kind} ${values.i1}`;
  },
});

/** The elements of the form: labels, headings, and an error beside its field. */
class FormTheme extends JSONEditor.defaults.themes.html {
  /**
   * @param {string | HTMLElement} text
   * @param {number} depth
   */
  getHeader(text, depth) {
    const heading = document.createElement(`h${Math.min(6, 2 + depth)}`);
    heading.classList.add("je-header", "pp-form__heading");
    heading.append(text);
    return heading;
  }

  /** @param {string} text */
  getHiddenLabel(text) {
    return this.hidden(document.createElement("label"), text);
  }

  /** @param {string} text */
  getHiddenText(text) {
    return this.hidden(document.createElement("span"), text);
  }

  /** The library makes one for each field though none is shown; its own bears a refused style. */
  getOptInCheckbox() {
    return { checkbox: document.createElement("input"), container: document.createElement("span") };
  }

  /** @param {HTMLElement | null} element */
  visuallyHidden(element) {
    element?.classList.add("pp-visually-hidden");
  }

  /**
   * @param {HTMLElement} element
   * @param {string} text
   */
  hidden(element, text) {
    element.textContent = text;
    element.classList.add("pp-visually-hidden");
    return element;
  }

  /**
   * A button says what it does in its own words, not in a hint that appears under a pointer.
   * @param {HTMLElement} button
   * @param {string} text
   * @param {HTMLElement | null} _icon
   * @param {string} [title]
   */
  setButtonText(button, text, _icon, title) {
    button.textContent = title || text;
    button.classList.add("pp-form__button");
    if (title === FORM_WORDS.button_collapse || title === FORM_WORDS.button_expand) {
      button.setAttribute("aria-expanded", String(title === FORM_WORDS.button_collapse));
    }
  }

  /**
   * @param {any} input
   * @param {string} text
   */
  addInputError(input, text) {
    const field = /** @type {HTMLElement} */ (input);
    const holder = this.closest(field, ".form-control") || input.controlgroup;
    if (!holder) {
      return;
    }
    if (!input.errmsg) {
      input.errmsg = document.createElement("p");
      input.errmsg.className = "pp-form__error";
      input.errmsg.id = `${field.id}-error`;
      holder.append(input.errmsg);
    }
    // The library ends each message with a full stop; ours have theirs.
    input.errmsg.textContent = text.replaceAll("..", ".");
    input.errmsg.hidden = false;
    field.setAttribute("aria-invalid", "true");
    this.describe(field, input.errmsg.id, true);
  }

  /** @param {any} input */
  removeInputError(input) {
    if (input.errmsg && !input.errmsg.hidden) {
      input.errmsg.hidden = true;
      input.removeAttribute("aria-invalid");
      this.describe(input, input.errmsg.id, false);
    }
  }

  /**
   * @param {HTMLElement} field
   * @param {string} id
   * @param {boolean} on
   */
  describe(field, id, on) {
    const ids = (field.getAttribute("aria-describedby") ?? "").split(" ");
    const kept = ids.filter((known) => known && known !== id);
    field.setAttribute("aria-describedby", [...kept, ...(on ? [id] : [])].join(" "));
  }

  /** @param {string} text */
  getErrorMessage(text) {
    const message = document.createElement("p");
    message.className = "pp-form__error";
    message.textContent = text;
    return message;
  }
}

// What the other scripts of the form use.
Object.assign(globalThis, { FORM_WORDS, FormTheme, formHeadings });
