/** A store that writes down which methods were called, as `members.add`. */
import type { Store } from "../src/ports/index.ts";
import { mapMethods } from "./storage/map-methods.ts";

export function countingStore(base: Store): { readonly store: Store; readonly calls: string[] } {
  const calls: string[] = [];
  const transaction: Store["transaction"] = (scope, work) =>
    base.transaction(scope, (tx) =>
      work(
        mapMethods(tx, (method, path) => (...args) => {
          calls.push(path);
          return method(...args);
        }),
      ),
    );
  return { store: { ...base, transaction }, calls };
}
