/**
 * What one operation does to the attributes (RFC 7644 §3.5.2.1 to §3.5.2.3). Values are checked when an edit is made;
 * what depends on the present state is decided when it runs.
 *
 * @module
 */
import { type Attribute, isHidden } from "./attribute.ts";
import { coerceParts, coerceValue } from "./coerce.ts";
import { toElementEdit } from "./element-edit.ts";
import { checkCount, dedupe, mergeElements, subtractElements } from "./elements.ts";
import { ScimError } from "./errors.ts";
import { type Draft, removeAt, setAt, valueAt } from "./patch-apply.ts";
import type { AttributeOperation, Operation, OperationName } from "./patch-operation.ts";
import { type AttributePath, describePath } from "./path.ts";
import { type AttributeValue, isList, listOf } from "./value.ts";

/** A change of a private copy. */
export type Edit = (draft: Draft) => void;

export interface EditOptions {
  /** `replace` on an unmatched value filter creates the element instead of answering `noTarget`. */
  readonly replaceCreatesMissing: boolean;
}

/** @throws ScimError `invalidValue` for a value of the wrong type */
export function toEdit(operation: Operation, options: EditOptions): Edit {
  if (operation.op === "removeExtension") {
    return (draft) => {
      delete draft[operation.extension];
    };
  }
  const { path, filter } = operation;
  if (isHidden(path.attribute) || (path.subAttribute && isHidden(path.subAttribute))) return checkOnly(operation);
  if (path.attribute.multiValued) {
    const whole = filter === undefined && path.subAttribute === undefined;
    return whole ? toListEdit(operation) : editElements(operation, options);
  }
  return toSingleEdit(operation);
}

/** What is never returned is not kept either; a wrong value is still wrong. */
function checkOnly({ op, path, value }: AttributeOperation): Edit {
  const leaf = leafOf(path);
  const given = op === "add" || op === "replace" ? coerceValue(value, leaf, describePath(path)) : undefined;
  if (leaf.required && given === undefined) throw missing(op, describePath(path));
  return () => {};
}

/** RFC 7644 §3.5.2.2 has a code for removing what is required; clearing it by an empty value is a wrong value. */
export function missing(op: OperationName, place: string): ScimError {
  return new ScimError(op === "remove" ? "mutability" : "invalidValue", `${place} is required and cannot be empty.`);
}

/** A simple value is set or unassigned; of a complex one, what is not mentioned stays (§3.5.2.3). */
function toSingleEdit({ op, path, value }: AttributeOperation): Edit {
  const leaf = leafOf(path);
  if (op === "remove" || op === "subtract") return (draft) => unassign(draft, path);
  if (leaf.type !== "complex") return toAssignment(path, coerceValue(value, leaf, describePath(path)));
  const parts = coerceParts(value, leaf, describePath(path));
  if (parts === undefined) return (draft) => unassign(draft, path);
  const assignments = [...parts]
    .filter(([subAttribute]) => !isHidden(subAttribute))
    .map(([subAttribute, part]) => toAssignment({ ...path, subAttribute }, part));
  return (draft) => {
    for (const assign of assignments) assign(draft);
  };
}

function toAssignment(path: AttributePath, value: AttributeValue | undefined): Edit {
  return value === undefined ? (draft) => unassign(draft, path) : (draft) => setAt(draft, path, value);
}

/** Without its `value` a complex attribute says nothing: this is how a manager is cleared. */
function unassign(draft: Draft, path: AttributePath): void {
  removeAt(draft, path.subAttribute?.name === "value" ? { ...path, subAttribute: undefined } : path);
}

/** All values of a multi-valued attribute at once. */
function toListEdit({ op, path, value }: AttributeOperation): Edit {
  const { attribute } = path;
  if (op === "remove") return (draft) => removeAt(draft, path);
  const values = coerceValue(value, attribute, describePath(path));
  const given = isList(values) ? values : [];
  switch (op) {
    case "replace":
      return (draft) => setList(draft, path, given);
    case "add":
      return (draft) => setList(draft, path, mergeElements(listAt(draft, path), given, attribute));
    case "subtract":
      return (draft) => setList(draft, path, subtractElements(listAt(draft, path), given, attribute));
  }
}

function editElements(operation: AttributeOperation, options: EditOptions): Edit {
  const { path } = operation;
  const list = { ...path, subAttribute: undefined };
  const edit = toElementEdit(operation, describePath(path), options.replaceCreatesMissing);
  return (draft) => {
    const before = listAt(draft, list);
    const after = edit(before);
    if (after !== before) setList(draft, list, dedupe(after, path.attribute));
  };
}

function listAt(draft: Draft, path: AttributePath): readonly AttributeValue[] {
  const present = valueAt(draft, path);
  return present === undefined ? [] : listOf(present);
}

/** RFC 7644 §3.5.2.2: when the last value is gone, the attribute is unassigned. */
function setList(draft: Draft, path: AttributePath, elements: readonly AttributeValue[]): void {
  checkCount(elements.length, describePath(path));
  if (elements.length === 0) removeAt(draft, path);
  else setAt(draft, path, elements);
}

function leafOf({ attribute, subAttribute }: AttributePath): Attribute {
  return subAttribute ?? attribute;
}
