// Where in the browser's history each address of a walk is: our way back is then the browser's.

export class Visits {
  /** @type {string[]} Fragments in the order the browser's history holds them. */
  #fragments = [];
  #place = 0;

  /** Note the address one has come to. */
  note() {
    const place = history.state?.ppPlace;
    this.#place = place ?? (this.#fragments.length && this.#place + 1);
    if (place === undefined) history.replaceState({ ppPlace: this.#place }, "");
    this.#fragments[this.#place] = location.hash;
  }

  /**
   * Put another address in place of the one that is here.
   * @param {string} fragment
   */
  replace(fragment) {
    history.replaceState(history.state, "", fragment);
    this.#fragments[this.#place] = location.hash;
  }

  /**
   * Go back where the browser's own way back leads to the address; say whether it does.
   * @param {string | null} fragment
   */
  back(fragment) {
    const same = this.#fragments[this.#place - 1] === fragment;
    if (same) history.back();
    return same;
  }
}
