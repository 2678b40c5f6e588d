/**
 * The memory store itself: one database, one transaction at a time.
 *
 * @module
 */
import { ProvisioningError } from "../../errors.ts";
import type { Store, Transaction } from "../../ports/index.ts";
import { createJournal } from "./journal.ts";
import { createQueue } from "./queue.ts";
import { createRepositories } from "./repositories.ts";
import { createTransactions } from "./transaction.ts";

/**
 * A store that keeps everything in this process and nothing beyond it. Values that go in are copied, values that come
 * out are frozen.
 *
 * @example
 * const provisioning = createProvisioning({ url: "http://localhost:3000/provisioning", store: memoryStore() });
 */
export function memoryStore(): Store {
  const journal = createJournal();
  const transactions = createTransactions(createRepositories(journal));
  const queue = createQueue();
  let closed = false;

  const run = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    try {
      const result = await transactions.run(work);
      journal.commit();
      return result;
    } catch (error) {
      journal.rollback();
      throw error;
    }
  };

  return {
    capabilities: { durable: false, multiProcess: false },
    transaction: async (_scope, work) => {
      if (closed) throw new ProvisioningError("unavailable", "The store is closed.");
      // It would wait for the transaction that waits for it.
      if (transactions.isInside()) {
        throw new ProvisioningError("internal", "A transaction was asked for inside another one.", {
          hint: "Pass the transaction object on instead of opening a second transaction.",
        });
      }
      return queue.add(() => run(work));
    },
    migrate: async () => {},
    close: async () => {
      closed = true;
      await queue.idle();
    },
  };
}
