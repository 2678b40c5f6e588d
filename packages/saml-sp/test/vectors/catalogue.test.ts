import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/** How many mutations there are of each class; each is a vector, or a test, of its name. */
const MUTATIONS: Readonly<Record<string, number>> = {
  V: 18,
  X: 23,
  D: 5,
  S: 18,
  K: 7,
  N: 7,
  A: 14,
  T: 15,
  E: 32,
  P: 38,
  C: 13,
  L: 16,
};

const TESTS = fileURLToPath(new URL("..", import.meta.url));

/** The names that stand in tests and vectors, alone or in a list or a range: `P31`, `V1–V3`. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<=["'`(, –])([A-Z])(\d{1,2})(?:–\1(\d{1,2}))?(?=["'`:, ])/g)].flatMap(
    ([, letter, first, last = first]) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${letter}${Number(first) + index}`),
  );
}

it("each of the 206 mutations has a test of its name", () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const named = new Set(files.flatMap((name) => namesIn(readFileSync(`${TESTS}${name}`, "utf8"))));
  const wanted = Object.entries(MUTATIONS).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  );
  expect(wanted).toHaveLength(206);
  expect(wanted.filter((name) => !named.has(name))).toEqual([]);
});
