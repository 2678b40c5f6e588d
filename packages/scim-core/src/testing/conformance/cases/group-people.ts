/**
 * People for groups, and who is in a group.
 *
 * @module
 */
import type { JsonObject } from "../../json.ts";
import type { Made, World } from "../world.ts";

export async function createPeople({ createUser }: World): Promise<readonly [Made, Made, Made]> {
  return Promise.all([createUser(), createUser(), createUser()]);
}

/** The ids of the members, sorted. */
export async function membersOf({ read }: World, path: string): Promise<readonly string[]> {
  const { members = [] } = await read(path);
  const list = Array.isArray(members) ? members : [];
  return list.map((member) => String((member as JsonObject).value)).toSorted();
}

export function sortedIds(made: readonly Made[]): readonly string[] {
  return made.map(({ id }) => id).toSorted();
}
