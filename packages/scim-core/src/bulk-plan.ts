/**
 * The order of the operations of a bulk request (RFC 7644 §3.7.1): as they were sent, except that a creation comes
 * before what refers to it. Where creations refer to each other in a circle, one of them begins without the reference
 * and gets it as soon as the circle is complete.
 *
 * @module
 */
import type { BulkOperation } from "./bulk.ts";
import { isScimError } from "./errors.ts";

export interface BulkStep {
  /** `complete` adds what `run` had to leave out. */
  readonly kind: "run" | "complete";
  readonly operation: BulkOperation;
  /** The bulkIds that do not exist yet when the operation is run. */
  readonly deferred: ReadonlySet<string>;
}

/** The POST that creates what a bulkId stands for. */
export type Creators = ReadonlyMap<string, BulkOperation>;

export function creatorsOf(operations: readonly BulkOperation[]): Creators {
  return new Map(
    operations.flatMap((operation): [string, BulkOperation][] => {
      const { method, bulkId } = operation;
      return method === "POST" && bulkId !== undefined ? [[bulkId, operation]] : [];
    }),
  );
}

/** Looks at each operation and each reference once, whatever they look like. */
export function planBulk(operations: readonly BulkOperation[], creators: Creators): readonly BulkStep[] {
  const states: States = new Map();
  return operations.flatMap((operation) => (states.has(operation) ? [] : visit(operation, creators, states)));
}

/** An operation that is `open` waits for what it refers to. */
type States = Map<BulkOperation, "open" | "done">;

interface Visit {
  readonly operation: BulkOperation;
  readonly references: Iterator<string>;
  readonly deferred: Set<string>;
}

/** Depth first, on a stack of its own: it is the client who decides how long a chain is. */
function visit(root: BulkOperation, creators: Creators, states: States): readonly BulkStep[] {
  const stack: Visit[] = [];
  const steps: BulkStep[] = [];
  const open = (operation: BulkOperation): void => {
    states.set(operation, "open");
    stack.push({ operation, references: referencesOf(operation), deferred: new Set() });
  };
  open(root);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { done, value: bulkId } = top.references.next();
    if (done === true) {
      const { operation, deferred } = top;
      stack.pop();
      states.set(operation, "done");
      steps.push({ kind: "run", operation, deferred });
      continue;
    }
    // A reference that nothing creates is no reason to wait: it fails where it stands.
    const creator = creators.get(bulkId);
    const state = creator && states.get(creator);
    if (state === "open") top.deferred.add(bulkId);
    else if (creator !== undefined && state === undefined) open(creator);
  }
  const incomplete = steps.filter(({ deferred }) => deferred.size > 0);
  return [...steps, ...incomplete.map((step): BulkStep => ({ ...step, kind: "complete" }))];
}

function referencesOf({ work }: BulkOperation): Iterator<string> {
  return (isScimError(work) ? new Set<string>() : work.references).values();
}
