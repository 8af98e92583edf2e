// The path in words beside the form: its steps in order, and where each leads.

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

Object.assign(globalThis, { showSteps });
