/**
 * The paths of PATCH (RFC 7644 §3.5.2 figure 7): attribute notation, with a value filter for one multi-valued attribute,
 * or a whole extension by its URN.
 *
 * @module
 */
import { describeText } from "./describe.ts";
import { expectEnd, expected, failure, openCursor, parseElementFilter, peek, take } from "./filter-parser.ts";
import type { Filter } from "./filter-tree.ts";
import { type AttributePath, resolvePath } from "./path.ts";
import type { ResourceType } from "./schema.ts";
import { subAttributeOf } from "./schema-index.ts";

export interface PatchPath {
  /** With the sub-attribute behind the value filter, where there is one: `emails[…].value`. */
  readonly path: AttributePath;
  /** Selects elements; its paths are relative to the element. */
  readonly filter: Filter | undefined;
}

/**
 * Parses a path of PATCH and resolves it against the schema.
 *
 * @param text as it stands in an operation
 * @param type of the resource
 * @throws ScimError `invalidPath` with the position, `sensitive` for a value filter over what is never returned
 * @example
 * parsePatchPath('emails[type eq "work"].value', user);
 */
export function parsePatchPath(text: string, type: ResourceType): PatchPath {
  const cursor = openCursor(text, type, "invalidPath");
  const name = take(cursor);
  if (name.kind !== "word") throw expected(cursor, name, "an attribute");
  const path = resolvePath(name.text, type);
  if (path === undefined) {
    throw failure("invalidPath", name.start, `${describeText(name.text)} is no attribute of ${type.name}`);
  }
  if (peek(cursor).kind !== "[") {
    expectEnd(cursor);
    return { path, filter: undefined };
  }
  const filter = parseElementFilter(cursor, path);
  const behind = peek(cursor);
  if (behind.kind === "end") return { path, filter };
  take(cursor);
  const subAttribute = behind.text.startsWith(".") ? subAttributeOf(path.attribute, behind.text.slice(1)) : undefined;
  if (subAttribute === undefined) throw expected(cursor, behind, `a sub-attribute of ${path.attribute.name}`);
  expectEnd(cursor);
  return { path: { ...path, subAttribute }, filter };
}

/** Whether the attribute in front of any value filter exists; keys of path-less values that name none are ignored. */
export function namesAttribute(text: string, type: ResourceType): boolean {
  const bracket = text.indexOf("[");
  return resolvePath(bracket === -1 ? text : text.slice(0, bracket), type) !== undefined;
}
