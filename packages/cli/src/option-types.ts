/**
 * The kinds of values that options take. Each kind reads a text and says what it expected when it cannot.
 *
 * @module
 */

/** A readable value, or what was expected instead. */
export type Reading<Value> = { readonly value: Value } | { readonly expected: string };

/** One option of a command. */
export interface Option<Value> {
  /** What stands for the value in the help; absent for a switch, which takes none. */
  readonly placeholder?: string;
  /** One line of the help. */
  readonly help: string;
  /** Used when the option is not given; without it the option is required. */
  readonly fallback?: { readonly value: Value; readonly shown?: string };
  /** A switch is read from the empty text. */
  read(text: string): Reading<Value>;
}

/** True when given. */
export function toggle(help: string): Option<boolean> {
  return { help, fallback: { value: false }, read: () => ({ value: true }) };
}

/** Any non-empty text. */
export function text(placeholder: string, help: string, fallback?: string): Option<string> {
  return {
    placeholder,
    help,
    ...(fallback === undefined ? {} : { fallback: { value: fallback, shown: fallback } }),
    read: (given) => (given === "" ? { expected: `a ${placeholder}` } : { value: given }),
  };
}

/** The same as `option`, undefined when it is not given. */
export function optional<Value>(option: Option<Value>): Option<Value | undefined> {
  return { ...option, fallback: { value: undefined } };
}

/** A whole number within bounds, both included. */
export function integer(
  help: string,
  bounds: { readonly min: number; readonly max: number },
  fallback?: number,
): Option<number> {
  return {
    placeholder: "N",
    help,
    ...(fallback === undefined ? {} : { fallback: { value: fallback, shown: String(fallback) } }),
    read: (given) => {
      const value = Number(given);
      if (/^\d{1,9}$/.test(given) && value >= bounds.min && value <= bounds.max) return { value };
      return { expected: `a whole number from ${bounds.min} to ${bounds.max}` };
    },
  };
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[], help: string, fallback: Word): Option<Word> {
  return {
    placeholder: words.join("|"),
    help,
    fallback: { value: fallback, shown: fallback },
    read: (given) => {
      const value = words.find((word) => word === given);
      return value === undefined ? { expected: words.join(" or ") } : { value };
    },
  };
}

/** Some of a few words, with commas between; undefined when it is not given. */
export function someOf(
  placeholder: string,
  words: readonly string[],
  help: string,
): Option<readonly string[] | undefined> {
  return {
    placeholder,
    help,
    fallback: { value: undefined },
    read: (given) => {
      const value = given.split(",").map((word) => word.trim());
      return value.every((word) => words.includes(word)) ? { value } : { expected: `some of ${words.join(", ")}` };
    },
  };
}

/** An absolute http or https address. */
export function webAddress(help: string): Option<string> {
  return {
    placeholder: "URL",
    help,
    read: (given) => {
      const protocol = URL.canParse(given) ? new URL(given).protocol : "";
      return /^https?:$/.test(protocol) ? { value: given } : { expected: "an http or https URL" };
    },
  };
}

/** Seats per kind of account; null is unlimited, and a kind that is not named stays as it is. */
export interface SeatOption {
  readonly user?: number | null;
  readonly reader?: number | null;
}

/** `user=5,reader=20`, `user=unlimited`. */
export function seats(help: string): Option<SeatOption | undefined> {
  return {
    placeholder: "user=N,reader=M",
    help,
    fallback: { value: undefined },
    read: (given) => {
      const parts = given.split(",").map((part) => /^(user|reader)=(\d{1,9}|unlimited)$/.exec(part.trim()));
      const pairs = parts.map((part) => [part?.[1], part?.[2] === "unlimited" ? null : Number(part?.[2])] as const);
      const names = new Set(pairs.map(([name]) => name));
      if (names.has(undefined) || names.size !== pairs.length) {
        return { expected: "user=N, reader=N or both, each once, N a number or unlimited" };
      }
      return { value: Object.fromEntries(pairs) };
    },
  };
}
