/**
 * Cases that are tables: a person before, what is sent, and the person after.
 *
 * @module
 */
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { fillJson, type Variables } from "../../variables.ts";
import type { Ability } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { type Refusal, verify, verifyBody, verifyEqual, verifyRefusal } from "../statements.ts";
import type { Made, World } from "../world.ts";
import { abilitiesFor } from "./table-abilities.ts";

interface Row {
  readonly id: string;
  readonly clause: string;
  readonly title: string;
  readonly needs?: readonly Ability[];
  /** What the person has besides a userName; `{{mark}}` stands for the mark of the case. */
  readonly before?: JsonObject;
}

/** A PATCH that is accepted. */
export interface PatchRow extends Row {
  readonly operations: readonly Json[];
  /** By path into the person, read again with a GET. */
  readonly after: JsonObject;
}

/** A PATCH that is refused, and leaves everything as it was. */
export interface RefusedPatchRow extends Row {
  readonly operations: readonly Json[];
  readonly refused: Refusal;
}

/** A POST that is accepted. */
export interface PostRow extends Row {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** A POST that is refused, and creates nobody. */
export interface RefusedPostRow extends Row {
  readonly before: JsonObject;
  readonly refused: Refusal;
}

export function patchCase(row: PatchRow): ConformanceCase {
  return tableCase(row, async (world) => {
    const { path } = await person(world, row);
    const after = await world.patched(path, ...filled(row.operations, world));
    verifyBody("After the PATCH", after, filledObject(row.after, world));
  });
}

export function refusedPatchCase(row: RefusedPatchRow): ConformanceCase {
  return tableCase(row, async (world) => {
    const { path } = await person(world, row);
    const before = await world.read(path);
    verifyRefusal(await world.patch(path, ...filled(row.operations, world)), row.refused);
    verifyEqual("The person after the refused PATCH", await world.read(path), before);
  });
}

export function postCase(row: PostRow): ConformanceCase {
  return tableCase(row, async (world) => {
    const { path, body } = await person(world, row);
    const after = filledObject(row.after, world);
    verifyBody("The answer to the POST", body, after);
    verifyBody("The person read again", await world.read(path), after);
  });
}

export function refusedPostCase(row: RefusedPostRow): ConformanceCase {
  return tableCase(row, async (world) => {
    const body = world.userBody(filledObject(row.before, world));
    verifyRefusal(await world.send({ method: "POST", path: "/Users", body }), row.refused);
  });
}

function tableCase(row: Row & { readonly after?: JsonObject }, run: ConformanceCase["run"]): ConformanceCase {
  const { id, clause, title, needs = [], before = {}, after = {} } = row;
  return { id, clause, title, needs: [...abilitiesFor(before), ...abilitiesFor(after), ...needs], run };
}

function person(world: World, { before = {} }: Row): Promise<Made> {
  return world.createUser(filledObject(before, world));
}

function filled(value: readonly Json[], world: World): readonly Json[] {
  return value.map((item) => fillJson(item, variables(world)));
}

function filledObject(value: JsonObject, world: World): JsonObject {
  const object = fillJson(value, variables(world));
  verify(isJsonObject(object), "A table holds something that is no object.");
  return object;
}

function variables({ mark }: World): Variables {
  return new Map([["mark", mark]]);
}
