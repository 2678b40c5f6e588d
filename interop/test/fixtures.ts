/** Recorded output of the suites, shortened. */
import { readFileSync } from "node:fs";

export function recorded(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
}
