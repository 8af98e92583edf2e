// The sheet one takes home: its address as words and as a code to scan, made on this machine.

import { generate } from "./vendor/lean-qr.js";

/** Empty modules around the code, by ISO/IEC 18004. */
const QUIET = 4;

/**
 * Write an address on the sheet.
 * @param {Element} sheet
 * @param {string} address
 */
export function writeAddress(sheet, address) {
  const words = sheet.querySelector("[data-pp-address]");
  const place = sheet.querySelector("[data-pp-code]");
  if (words) words.textContent = address;
  if (!place) return;
  const code = coded(address);
  place.replaceChildren();
  if (!code) return;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const side = code.size + 2 * QUIET;
  let dark = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (code.get(x, y)) dark += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
    }
  }
  path.setAttribute("d", dark);
  svg.setAttribute("viewBox", `0 0 ${side} ${side}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", place.getAttribute("data-pp-code") ?? "");
  svg.append(path);
  place.replaceChildren(svg);
}

/**
 * Return the modules of an address, or nothing when it is longer than a code can hold.
 * @param {string} address
 */
function coded(address) {
  try {
    return generate(address);
  } catch {
    return null;
  }
}
