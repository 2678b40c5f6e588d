/**
 * PATCH operations on the members of a group, as deltas of ids: a change of one member costs one row, however large the
 * group is.
 *
 * @module
 */
import { ScimError } from "./errors.ts";
import type { Filter } from "./filter-tree.ts";
import { type MembershipDelta, memberIdsOf } from "./membership.ts";
import type { AttributeOperation } from "./patch-operation.ts";

/**
 * The deltas of operations on `members`, in order; neighbours of one kind are one delta.
 *
 * @throws ScimError `invalidValue` for what is no list of users, `invalidPath` for a filter that selects by anything but
 *   the id, `mutability` for changes of a member in place
 */
export function toMembershipDeltas(operations: readonly AttributeOperation[]): readonly MembershipDelta[] {
  const deltas: { kind: MembershipDelta["kind"]; ids: Set<string> }[] = [];
  for (const { kind, ids } of operations.flatMap(toDelta)) {
    const last = deltas.at(-1);
    if (last?.kind !== kind || kind === "replace") deltas.push({ kind, ids: new Set(ids) });
    else for (const id of ids) last.ids.add(id);
  }
  return deltas.map(({ kind, ids }) => ({ kind, ids: [...ids] }));
}

function toDelta(operation: AttributeOperation): readonly MembershipDelta[] {
  const { op, path, filter } = operation;
  if (path.subAttribute !== undefined) throw unchangeable();
  if (filter !== undefined) {
    if (op === "add" || op === "replace") throw unchangeable();
    return [{ kind: "remove", ids: selectedIds(filter) }];
  }
  if (op === "remove") return [{ kind: "replace", ids: [] }];
  const ids = memberIdsOf(operation.value, path.attribute);
  if (op === "replace") return [{ kind: "replace", ids }];
  return ids.length === 0 ? [] : [{ kind: op === "add" ? "add" : "remove", ids }];
}

/** `value eq "a"`, or several of them joined by `or`. */
function selectedIds(filter: Filter): readonly string[] {
  if (filter.kind === "or") return filter.operands.flatMap(selectedIds);
  const byId = filter.kind === "compare" && filter.operator === "eq" && filter.path.attribute.name === "value";
  if (byId && typeof filter.value === "string") return [filter.value];
  throw new ScimError("invalidPath", 'Members are selected by their ids: members[value eq "…"], joined by or.');
}

function unchangeable(): ScimError {
  return new ScimError("mutability", "A member cannot be changed in place. Remove it and add another.");
}
