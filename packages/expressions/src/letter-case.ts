/**
 * Upper and lower case as .NET has it: one character for one, so that no text changes its length and `ß` stays. The
 * invariant culture leaves the Turkish `İ` and `ı` alone.
 *
 * @module
 */
import { ExpressionError } from "./errors.ts";

const ASCII = /^[\x00-\x7f]*$/;
const TURKISH = "İı";

/** A culture, as `toLowerCase` and `toUpperCase` take it; `undefined` is the invariant one. */
export type Culture = string | undefined;

/** @throws ExpressionError `range` for what is no name of a culture */
export function readCulture(name: string | null): Culture {
  if (name === null || name === "") return undefined;
  try {
    const [culture] = Intl.getCanonicalLocales(name);
    return culture;
  } catch (cause) {
    throw new ExpressionError("range", "This is no name of a culture.", {
      hint: "Cultures are written like en-US or tr-TR.",
      cause,
    });
  }
}

export function toLower(text: string, culture?: Culture): string {
  return mapCharacters(text, culture, (part) =>
    culture === undefined ? part.toLowerCase() : part.toLocaleLowerCase(culture),
  );
}

export function toUpper(text: string, culture?: Culture): string {
  return mapCharacters(text, culture, (part) =>
    culture === undefined ? part.toUpperCase() : part.toLocaleUpperCase(culture),
  );
}

/** A text that is the same for texts that differ in case alone, and of the same length. */
export function foldCase(text: string): string {
  return toLower(toUpper(text));
}

function mapCharacters(text: string, culture: Culture, change: (part: string) => string): string {
  if (culture === undefined && ASCII.test(text)) return change(text);
  return Array.from(text, (character) => {
    if (culture === undefined && TURKISH.includes(character)) return character;
    const changed = change(character);
    return changed.length === character.length ? changed : character;
  }).join("");
}
