/** What a directory sent, as a sentence may quote it: never at length. */
export function quote(text: string): string {
  return `"${shorten(text)}"`;
}

const LONGEST = 100;

/** A name, cut to what a line can take. */
export function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Several quotes: the first few, and how many more there are. */
export function quoteSome(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN).map(quote).join(", ");
  return texts.length > SHOWN ? `${shown} and ${texts.length - SHOWN} more` : shown;
}

const SHOWN = 5;
