// What is wrong with a path on some day: the same as `palvelupolku check` finds of steps and choices,
// by its names of the rules. No page.

/** @typedef {any} Dated A part of a path, with the place of its field as `at`. */
/** @typedef {(path: string, rule: string, message: string) => unknown} Tell */

const AN_ID = /^[a-z][a-z0-9-]*$/;
const [FIRST, LAST] = ["0001-01-01", "9999-12-31"];
const TARGETS = ["step", "service", "outcome"];
const SAY_WHEN = "Kerro, milloin näin mennään.";

/**
 * @param {any} value The value of the whole form, without what is empty.
 * @param {boolean} whole Whether every step of the path is here.
 * @param {Tell} tell
 */
function pathFaults(value, whole, tell) {
  const steps = placed(value.steps, "root.steps").map((step) => ({
    ...step,
    choices: placed(step.choices, `${step.at}.choices`),
  }));
  const onward = placed(value.onward, "root.onward");
  const ids = new Set(steps.map((step) => step.id));
  const versions = whole ? versionFaults : changeFaults;
  versions(steps, tell);
  for (const choice of [...onward, ...steps.flatMap((step) => step.choices)]) {
    targetFaults(choice, whole ? ids : undefined, tell);
  }
  for (const day of turningDays([...steps, ...onward])) {
    const there = steps.filter((step) => holds(step, day));
    const today = there.map((step) => ({ ...step, choices: validOn(step.choices, day) }));
    onwardFaults(validOn(onward, day), tell);
    dayFaults(today, whole ? ids : undefined, tell);
  }
}

/**
 * @param {any} parts
 * @param {string} at
 * @returns {Dated[]}
 */
function placed(parts, at) {
  const list = Array.isArray(parts) ? parts : [];
  return list.map((part, number) => ({
    ...part,
    at: `${at}.${number}`,
    from: isDay(part.valid_from) ? part.valid_from : FIRST,
    to: isDay(part.valid_to) ? part.valid_to : LAST,
  }));
}

/**
 * @param {Dated} part
 * @param {string} day
 */
function holds(part, day) {
  return part.from <= day && day <= part.to;
}

/**
 * @param {Dated[]} parts
 * @param {string} day
 */
function validOn(parts, day) {
  return parts.filter((part) => holds(part, day));
}

/**
 * Return days of which each time between two changes of the path has one.
 * @param {Dated[]} parts Steps with their choices.
 */
function turningDays(parts) {
  const all = parts.flatMap((part) => [part, ...(part.choices ?? [])]);
  const ends = all.map((part) => part.to).filter((day) => day < LAST);
  return new Set([FIRST, ...all.map((part) => part.from), ...ends.map((day) => shifted(day, 1))]);
}

/**
 * @param {Dated} choice
 * @param {Set<string> | undefined} ids The ids of the steps, where all of them are here.
 * @param {Tell} tell
 */
function targetFaults(choice, ids, tell) {
  const targets = TARGETS.filter((key) => choice[key]);
  if (targets.length !== 1) {
    const message = "Anna yksi kohde: vaihe, palvelu tai lopputulos.";
    tell(`${choice.at}.${targets[1] ?? "step"}`, "value", message);
  }
  if (ids && AN_ID.test(choice.step ?? "") && !ids.has(choice.step)) {
    const message = `Vaihetta ”${choice.step}” ei ole tällä polulla. ${nearest(choice.step, ids)}`;
    tell(`${choice.at}.step`, "unknown-step", message.trim());
  }
}

/** @param {Dated} choice */
function saysWhen(choice) {
  return Object.keys(choice).some((key) => key.split(FORM_BETWEEN)[0] === "condition");
}

/**
 * @param {Dated[]} choices Those of a service without steps, on one day.
 * @param {Tell} tell
 */
function onwardFaults(choices, tell) {
  for (const choice of choices) {
    if (choice.step) {
      tell(`${choice.at}.step`, "onward-step", "Anna palvelu tai lopputulos.");
    }
    if (!saysWhen(choice)) {
      tell(`${choice.at}.condition`, "no-condition", SAY_WHEN);
    }
  }
  twiceFaults(choices, tell);
}

/**
 * @param {Dated[]} choices Those of one step, or of a service, on one day.
 * @param {Tell} tell
 */
function twiceFaults(choices, tell) {
  const seen = new Set();
  for (const choice of choices) {
    const key = TARGETS.find((name) => choice[name]) ?? "";
    const target = `${key} ${choice[key]}`;
    if (key && seen.has(target)) {
      tell(`${choice.at}.${key}`, "same-target", "Samaan kohteeseen vie jo toinen vaihtoehto.");
    }
    seen.add(target);
  }
}

/**
 * @param {Dated[]} steps Those of one day, with the choices of that day.
 * @param {Set<string> | undefined} declared The ids of every step, where all of them are here.
 * @param {Tell} tell
 */
function dayFaults(steps, declared, tell) {
  const order = new Map(steps.map((step, number) => [step.id, number]));
  // Of two steps of one id nobody knows which is meant.
  const twice = new Set(steps.filter((s, number) => order.get(s.id) !== number).map((s) => s.id));
  if (declared && steps[0] && !steps.some((step) => step.kind === "start")) {
    const message = "Polulta puuttuu alku. Anna ensimmäisen vaiheen lajiksi alku.";
    tell(`${steps[0].at}.kind`, "no-start", message);
  }
  for (const [place, step] of steps.entries()) {
    twiceFaults(step.choices, tell);
    for (const choice of step.choices) {
      if (step.choices.length > 1 && !saysWhen(choice)) {
        tell(`${choice.at}.condition`, "no-condition", `Vaihtoehtoja on monta. ${SAY_WHEN}`);
      }
      if (declared && !twice.has(choice.step)) {
        directionFaults(place, choice, order, declared, tell);
      }
    }
  }
  if (declared) {
    flowFaults(steps, declared, tell);
  }
}

/**
 * @param {number} place That of the step.
 * @param {Dated} choice
 * @param {Map<string, number>} order The places of the steps of one day.
 * @param {Set<string>} declared
 * @param {Tell} tell
 */
function directionFaults(place, choice, order, declared, tell) {
  const there = order.get(choice.step);
  if (choice.step && there === undefined) {
    if (declared.has(choice.step)) {
      const message = `Vaihe ”${choice.step}” ei ole voimassa silloin, kun tämä vaihtoehto on.`;
      tell(`${choice.at}.step`, "not-valid-then", message);
    }
    return;
  }
  const back = there !== undefined && there <= place;
  if (back && choice.kind !== "return") {
    const message = `Vaihtoehto palaa aiempaan vaiheeseen ”${choice.step}”. Anna lajiksi paluu.`;
    tell(`${choice.at}.kind`, "unmarked-loop", message);
  }
  if (!back && choice.kind === "return") {
    tell(`${choice.at}.kind`, "not-a-return", "Paluu ei johda aiempaan vaiheeseen.");
  }
}

// What the other scripts of the form use.
Object.assign(globalThis, { pathFaults });
