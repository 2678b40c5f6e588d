/**
 * One more member for a group of 10,000, from the request to the answer, beside scimmy.
 *
 * @module
 */
import { GROUP_URN, PATCH_OP_URN } from "@muster/scim-core";
import { type Acme, answered, createAcme, created } from "../acme.ts";
import { person } from "../corpus/people.ts";
import { requireEqual } from "../equal-results.ts";
import type { Figure } from "../figure.ts";
import { type Contender, inProcess, interleaved } from "../interleaved.ts";
import { type Row, SCIMMY_ROWS, scimmyCreateGroup, scimmyPatchGroup } from "../peers/scimmy.ts";
import { perSecond, ratioFigure } from "../ratio-figure.ts";

const MEMBERS = 10_000;
const SPARE = 2_000;
const ROUNDS = 5;

interface LargeGroup {
  add(member: string): Promise<void>;
  members(): Promise<readonly string[]>;
}

export async function largeGroupFigure(): Promise<Figure> {
  const acme = await createAcme("http://localhost/provisioning");
  const people: string[] = [];
  while (people.length < MEMBERS + SPARE) people.push(await created(acme, "/Users", person(people.length)));
  const [present, spare] = [people.slice(0, MEMBERS), people.slice(MEMBERS)];
  const ours = await ourGroup(acme, present);
  const reference = await scimmyGroup(present);

  const first = spare.pop() ?? "";
  await Promise.all([ours.add(first), reference.add(first)]);
  requireEqual("members of a large group", (await ours.members()).toSorted(), (await reference.members()).toSorted());

  const effort = { warmUpMs: 0, rounds: ROUNDS, turnMs: 100, mostTimes: Math.floor(SPARE / 3 / ROUNDS) };
  const measured = await interleaved({ ours: adder(ours, spare), reference: adder(reference, [...spare]) }, effort);
  await acme.provisioning.close();
  const detail = perSecond(measured, "additions");
  return ratioFigure("member-add-10k/scimmy", measured, { target: ">= 1000", detail });
}

function adder(group: LargeGroup, spare: string[]): Contender {
  return inProcess(async (times) => {
    for (let turn = 0; turn < times; turn++) await group.add(spare.pop() ?? missing());
  });
}

function missing(): never {
  throw new Error("All spare people are members already.");
}

async function ourGroup(acme: Acme, members: readonly string[]): Promise<LargeGroup> {
  const path = `/Groups/${await created(acme, "/Groups", newGroup(members))}`;
  return {
    add: async (member) => void (await answered(acme, "PATCH", path, addition(member))),
    members: async () => memberIds((await (await answered(acme, "GET", path)).json()) as Row),
  };
}

async function scimmyGroup(members: readonly string[]): Promise<LargeGroup> {
  const id = await scimmyCreateGroup(newGroup(members));
  return {
    add: (member) => scimmyPatchGroup(id, addition(member)),
    members: async () => memberIds(SCIMMY_ROWS.groups.get(id) as Row),
  };
}

function newGroup(members: readonly string[]) {
  return { schemas: [GROUP_URN], displayName: "Everybody", members: members.map((value) => ({ value })) };
}

function addition(member: string) {
  const operation = { op: "add", path: "members", value: [{ value: member }] };
  return { schemas: [PATCH_OP_URN], Operations: [operation] };
}

function memberIds({ members }: Row): readonly string[] {
  return (members as readonly { readonly value: string }[]).map(({ value }) => value);
}
