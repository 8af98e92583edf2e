// For the page that shows a path in a frame: gives the frame the height that its content asks for.

{
  const LOWEST = 100;
  const HIGHEST = 100_000;
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL(src).origin;
  const frames = () => document.querySelectorAll("iframe");

  /** @param {MessageEvent} message */
  const fit = ({ data, origin, source }) => {
    const height = data?.palvelupolku?.height;
    if (origin !== home) return;
    if (!Number.isInteger(height) || height < LOWEST || height > HIGHEST) return;
    for (const frame of frames()) {
      if (frame.contentWindow === source) frame.style.height = `${height}px`;
    }
  };

  addEventListener("message", fit);
  // A frame that was there first has told its height before anybody listened.
  for (const frame of frames()) frame.contentWindow?.postMessage("palvelupolku", "*");
}
