/**
 * The first provisioning cycle of a new Entra application: everybody assigned is matched and created, then the groups
 * and their members follow.
 *
 * @module
 */
import type { DirectoryPerson } from "./directory.ts";
import { makeGroups, makePeople } from "./people.ts";
import { createEntraClient, type ProvisioningClient } from "./provisioning-client.ts";
import type { TransportOptions } from "./scim-transport.ts";

export interface SimulateEntraOptions extends TransportOptions {
  /** How many people are assigned to the application. */
  readonly users: number;
  /** How many groups are assigned; none when absent. */
  readonly groups?: number | undefined;
}

/** Somebody or something that the cycle left behind in the service. */
export interface SimulatedPerson extends DirectoryPerson {
  /** The SCIM id that the service gave. */
  readonly id: string;
}

export interface SimulatedGroup {
  readonly id: string;
  readonly displayName: string;
  /** SCIM ids. */
  readonly members: readonly string[];
}

export interface SimulatedCycle {
  readonly people: readonly SimulatedPerson[];
  readonly groups: readonly SimulatedGroup[];
}

/**
 * Plays a first cycle against any SCIM 2.0 endpoint. Running it again changes nothing: it matches before it creates.
 *
 * @param options where, with which token, how many people and groups; `onRequest` sees every exchange
 * @throws {SimulatorError} at the first request that fails
 * @example
 * await simulateEntra({ baseUrl: connection.scim.baseUrl, token, users: 3 });
 */
export async function simulateEntra(options: SimulateEntraOptions): Promise<SimulatedCycle> {
  const client = createEntraClient(options);
  await client.probe();
  const people = await inTurn(makePeople(options.users), async (person) => {
    const { id } = await client.provisionPerson(person);
    return { ...person, id };
  });
  return { people, groups: await pushGroups(client, options.groups ?? 0, people) };
}

/** Person number n belongs to group number n, counted round. */
function pushGroups(
  client: ProvisioningClient,
  count: number,
  people: readonly SimulatedPerson[],
): Promise<readonly SimulatedGroup[]> {
  return inTurn(makeGroups(count), async (group, number) => {
    const members = people.filter((_, index) => index % count === number).map((person) => person.id);
    const { id } = await client.provisionGroup(group, members);
    return { id, displayName: group.displayName, members };
  });
}

/** One after the other, as a cycle does. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) results.push(await work(item, index));
  return results;
}
