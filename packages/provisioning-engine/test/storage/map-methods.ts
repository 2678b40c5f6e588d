import type { Transaction } from "../../src/ports/index.ts";

/** A repository method, whichever it is. */
export type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** The same transaction with another method in the place of each, given its path, for example `users.insert`. */
export function mapMethods(tx: Transaction, map: (method: Method, path: string) => Method): Transaction {
  const repositories = Object.entries(tx).map(([name, repository]) => {
    const methods: readonly [string, Method][] = Object.entries(repository);
    return [name, Object.fromEntries(methods.map(([key, method]) => [key, map(method, `${name}.${key}`)]))];
  });
  return Object.fromEntries(repositories) as Transaction;
}
