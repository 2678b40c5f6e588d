/**
 * What a write changed of a resource, as the PATCH that would do the same (RFC 7644 §3.5.2): whatever dialect a client
 * spoke, a receiver hears one language.
 *
 * @module
 */
import { type Attributes, type AttributeValue, equalAttributes, PATCH_OP_URN } from "@muster/scim-core";
import type { MemberMoves } from "../group/member-moves.ts";

/** One attribute that is not as before; without `to` it is gone. */
interface Difference {
  readonly path: string;
  readonly to: AttributeValue | undefined;
}

export interface ResourceDifference {
  readonly attributes: readonly Difference[];
  readonly members: MemberMoves;
}

/** Attributes in the order in which they first appear, sub-attributes of single values each by itself. */
export function resourceDifference(before: Attributes, after: Attributes, members: MemberMoves): ResourceDifference {
  const [from, to] = [flatten(before), flatten(after)];
  const paths = [...new Set([...from.keys(), ...to.keys()])];
  const attributes = paths.flatMap((path) => (isSame(from.get(path), to.get(path)) ? [] : { path, to: to.get(path) }));
  return { attributes, members };
}

/** RFC 9967 §2.2: paths by the grammar of PATCH. */
export function changedPaths({ attributes, members }: ResourceDifference): readonly string[] {
  const moved = members.added.length + members.removed.length > 0;
  return [...attributes.map(({ path }) => path), ...(moved ? ["members"] : [])];
}

/** RFC 9967 figure 6: what was done, and not the whole resource, so that a large group costs what changes of it. */
export function asPatch({ attributes, members }: ResourceDifference): object {
  const { added, removed } = members;
  const joined = added.length === 0 ? [] : [{ op: "add", path: "members", value: added.map((value) => ({ value })) }];
  return {
    schemas: [PATCH_OP_URN],
    Operations: [
      ...attributes.map(({ path, to }) =>
        to === undefined ? { op: "remove", path } : { op: "replace", path, value: to },
      ),
      ...removed.map((id) => ({ op: "remove", path: `members[value eq ${JSON.stringify(id)}]` })),
      ...joined,
    ],
  };
}

function isSame(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  return a !== undefined && b !== undefined && equalAttributes({ value: a }, { value: b });
}

/** A `replace` of a complex value would keep the parts that are gone (RFC 7644 §3.5.2.3): each part is told. */
function flatten(attributes: Attributes): ReadonlyMap<string, AttributeValue> {
  const flat = new Map<string, AttributeValue>();
  for (const [name, value] of Object.entries(attributes)) {
    // An extension stands under its URN, and a path into it has a colon.
    const separator = name.includes(":") ? ":" : ".";
    for (const [path, part] of partsOf(name, value, separator)) flat.set(path, part);
  }
  return flat;
}

function partsOf(
  path: string,
  value: AttributeValue,
  separator: string,
): readonly (readonly [string, AttributeValue])[] {
  if (typeof value !== "object" || Array.isArray(value)) return [[path, value]];
  return Object.entries(value as Attributes).flatMap(([name, part]) => partsOf(path + separator + name, part, "."));
}
