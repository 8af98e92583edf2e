/** What we use of lean-qr: a text as the modules of a code. Throws when the text is too long. */
export function generate(text: string): {
  readonly size: number;
  get(x: number, y: number): boolean;
};
