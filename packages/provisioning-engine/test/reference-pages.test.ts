/** Pages of the documentation that list what the code has: nothing is missing there, and nothing is made up. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONNECTION_CHANGE } from "../src/admin/shapes.ts";
import { newConnectionSettings } from "../src/connection/new-settings.ts";
import { OPTIONS_SHAPE } from "../src/options/options-shape.ts";
import { knownKeys } from "../src/validation/known-keys.ts";

/**
 * The first two cells of each row whose first one is names in backticks. Of several names each has its own part of the
 * second cell, where that has as many.
 */
function rows(page: string): readonly (readonly [name: string, second: string])[] {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), "utf8");
  return [...text.matchAll(/^\| (`[^|]*`) \|([^|]*)\|/gm)].flatMap(([, first = "", second = ""]) => {
    const parts = second.trim().split(", ");
    const names = [...first.matchAll(/`([\w.]+)`/g)].map(([, name = ""]) => name);
    return names.map(
      (name, index) => [name, parts.length === names.length ? (parts[index] ?? "") : second.trim()] as const,
    );
  });
}

function names(page: string): readonly string[] {
  return rows(page).map(([name]) => name);
}

describe("options", () => {
  /** Dotted paths of everything that holds a value; hooks are named by the events that they come before. */
  function leaves(path: readonly string[] = []): readonly string[] {
    const keys = path.join(".") === "hooks.before" ? [] : knownKeys(OPTIONS_SHAPE, path);
    return keys.length === 0 ? [path.join(".")] : keys.flatMap((key) => leaves([...path, key]));
  }

  it("each is there once, and no other", () => {
    expect(names("reference/options.md").toSorted()).toEqual(leaves().toSorted());
  });
});

describe("settings of a connection", () => {
  /** Modes of archiving stand on the same page. */
  const settings = rows("concepts/tenants-and-connections.md").filter(
    ([name]) => !["detachAccounts", "deactivateAccounts", "purge"].includes(name),
  );

  it("each that can be set is there once, and no other", () => {
    const settable = knownKeys(CONNECTION_CHANGE, []).filter(
      (key) => !["simulate", "legacyAutoAssignReaderGroups"].includes(key),
    );
    const documented = settings.map(([name]) => name.replace("localAuthority.role", "localAuthority"));
    expect(documented.toSorted()).toEqual(settable.toSorted());
  });

  it("each is at first what is said there", () => {
    const { localAuthority, ...initial } = newConnectionSettings();
    const facts = Object.entries({ ...initial, "localAuthority.role": localAuthority.role });
    const said = new Map(settings.map(([name, second]) => [name, /^`([\w-]+)`/.exec(second)?.[1]]));
    const plain = facts.filter(([name]) => said.get(name) !== undefined);
    expect(plain.length).toBeGreaterThan(15);
    for (const [name, value] of plain) expect([name, said.get(name)]).toEqual([name, String(value)]);
  });
});
