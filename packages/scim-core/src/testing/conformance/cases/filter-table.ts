/**
 * Cases that are tables: some people, a filter, and whom it finds.
 *
 * @module
 */
import { isJsonObject, type JsonObject } from "../../json.ts";
import { fillJson, fillText } from "../../variables.ts";
import type { Ability } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verify, verifyEqual, verifyRefusal } from "../statements.ts";
import { inBatches, type Made, type World } from "../world.ts";
import { abilitiesFor } from "./table-abilities.ts";

export interface FilterRow {
  readonly id: string;
  readonly clause: string;
  readonly title: string;
  readonly needs?: readonly Ability[];
  /** By a name of one word, what each has besides a userName. `{{mark}}` stands for the mark of the case. */
  readonly people: Readonly<Record<string, JsonObject>>;
  /** Knows the mark too. Others may have what it asks for: it is tried among the people of the case only. */
  readonly filter: string;
  readonly finds: readonly string[];
}

export function filterCase({ people, filter, finds, needs = [], ...facts }: FilterRow): ConformanceCase {
  return {
    ...facts,
    needs: [...Object.values(people).flatMap(abilitiesFor), ...needs],
    run: async (world) => {
      const made = await createPeople(world, people);
      const text = fillText(filter, new Map([["mark", world.mark]]));
      const found = await world.find("/Users", `userName sw "${world.mark}" and (${text})`);
      verifyEqual(`What ${text} finds`, namesOf(found, made), finds.toSorted());
    },
  };
}

/** A filter that is no filter: RFC 7644 §3.4.2.2 has the service say so. */
export function refusedFilterCase(id: string, clause: string, title: string, filter: string): ConformanceCase {
  return {
    id,
    clause,
    title,
    run: async ({ query }) =>
      verifyRefusal(await query("/Users", { filter }), { status: [400], scimType: ["invalidFilter"] }),
  };
}

/** People by their names in the table. */
export async function createPeople(world: World, people: FilterRow["people"]): Promise<ReadonlyMap<string, Made>> {
  const made = await inBatches(Object.entries(people), async ([name, more]): Promise<readonly [string, Made]> => {
    const filled = fillJson(more, new Map([["mark", world.mark]]));
    verify(isJsonObject(filled), "A table holds something that is no object.");
    return [name, await world.createUser({ userName: `${world.mark}-${name}@conformance.example`, ...filled })];
  });
  return new Map(made);
}

/** In alphabetical order; whoever is not of the case has no name, and shows. */
function namesOf(ids: readonly string[], made: ReadonlyMap<string, Made>): readonly string[] {
  const names = new Map([...made].map(([name, { id }]) => [id, name]));
  return ids.map((id) => names.get(id) ?? "somebody else").toSorted();
}
