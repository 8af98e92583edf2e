// Whether a path can be walked on one day from its start to an end: the same as `palvelupolku check`
// finds, by its names of the rules. No page.

/**
 * @param {Dated[]} steps Those of one day, with the choices of that day.
 * @param {Set<string>} declared The ids of every step.
 * @param {Tell} tell
 */
function flowFaults(steps, declared, tell) {
  const [start, ...others] = steps.filter((step) => step.kind === "start");
  for (const step of others) {
    tell(`${step.at}.kind`, "two-starts", `Polulla on jo alku: ”${start.name ?? start.id}”.`);
  }
  for (const step of steps) {
    leavingFaults(step, tell);
  }
  const ways = steps.flatMap((step) => step.choices);
  const leads = ways.every((way) => declared.has(way.step) || way.service || way.outcome);
  const ids = new Set(steps.map((step) => step.id).filter(Boolean));
  if (leads && steps[0] && ids.size === steps.length) {
    wholeFaults(steps, tell);
  }
}

/**
 * @param {Dated} step
 * @param {Tell} tell
 */
function leavingFaults(step, tell) {
  const count = step.choices.length;
  if (step.kind === "decision" && count < 2) {
    const at = count === 0 ? "choices" : "kind";
    tell(`${step.at}.${at}`, "few-choices", "Päätöksessä on vähintään kaksi vaihtoehtoa.");
  }
  if (step.kind === "end" && step.choices.some((/** @type {Dated} */ c) => c.kind !== "return")) {
    tell(`${step.at}.kind`, "end-goes-on", "Loppu ei jatku eteenpäin. Vaihda lajiksi tehtävä.");
  }
  if (step.kind !== "end" && count === 0) {
    const message = "Vaiheesta ei pääse mihinkään. Lisää vaihtoehto tai anna lajiksi loppu.";
    tell(`${step.at}.choices`, "dead-end", message);
  }
}

/**
 * @param {Dated[]} steps
 * @param {Tell} tell
 */
function wholeFaults(steps, tell) {
  const [first, last] = [steps[0], steps.at(-1)];
  const ends = steps.filter((step) => step.kind === "end");
  const ways = steps.flatMap((step) => step.choices);
  if (last && ends.length === 0 && !ways.some((way) => way.service || way.outcome)) {
    const message = "Polulta puuttuu loppu. Anna viimeisen vaiheen lajiksi loppu.";
    tell(`${last.at}.kind`, "no-end", message);
  }
  const reach = reaches(steps);
  for (const step of steps) {
    if (step.id !== first.id && !reach.get(first.id)?.has(step.id)) {
      const message =
        "Vaiheeseen ei pääse mistään. Lisää aiempaan vaiheeseen vaihtoehto, joka vie tänne.";
      tell(`${step.at}.id`, "unreachable", message);
    }
  }
  loopFaults(steps, reach, tell);
}

/**
 * Return what can be reached from each step: the ids of steps and, of others, what they are.
 * @param {Dated[]} steps
 */
function reaches(steps) {
  /** @type {Map<string, string[]>} */
  const next = new Map(steps.map((step) => [step.id, []]));
  for (const step of steps) {
    for (const way of step.choices) {
      next.get(step.id)?.push(way.step ?? `${step.id} ${way.service ?? way.outcome}`);
    }
  }
  return new Map([...next.keys()].map((id) => [id, reachOf(id, next)]));
}

/**
 * @param {string} id
 * @param {Map<string, string[]>} next
 */
function reachOf(id, next) {
  /** @type {Set<string>} */
  const seen = new Set();
  const open = [id];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const to of next.get(from) ?? []) {
      if (!seen.has(to)) {
        seen.add(to);
        open.push(to);
      }
    }
  }
  return seen;
}

/**
 * Tell of a loop that nothing leaves, at its first step.
 * @param {Dated[]} steps
 * @param {Map<string, Set<string>>} reach
 * @param {Tell} tell
 */
function loopFaults(steps, reach, tell) {
  const told = new Set();
  for (const step of steps) {
    const there = [...(reach.get(step.id) ?? [])];
    const closed = there.length > 0 && there.every((id) => reach.get(id)?.has(step.id));
    const ends = steps.some((other) => other.kind === "end" && there.includes(other.id));
    if (closed && !ends && !told.has(step.id)) {
      tell(`${step.at}.id`, "closed-loop", "Tästä ei pääse pois. Lisää tie eteenpäin.");
      for (const id of there) {
        told.add(id);
      }
    }
  }
}

// What the other scripts of the form use.
Object.assign(globalThis, { flowFaults });
