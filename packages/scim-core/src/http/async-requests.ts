/**
 * The port of asynchronous requests (RFC 9967 §2.5.1): the client is answered 202 now, and reads later what became of its
 * write, under the transaction that the answer named.
 *
 * @module
 */

/** What a backend offers so that writes can be put off. */
export interface AsyncRequests {
  /**
   * Runs the work after everything that was taken before for the same provisioning domain.
   *
   * @param bytes what the request holds in memory until then
   * @returns settles with the work; undefined when too much waits already, and the client has to wait itself
   */
  enqueue(bytes: number, work: () => Promise<void>): Promise<void> | undefined;
  /** Told of the end of each request that was answered 202. */
  complete(completion: AsyncCompletion): Promise<void>;
  /**
   * The completion event of a transaction as a security event token, for whoever asks (§2.5.1.1).
   *
   * @returns undefined when the request is not done, or was never made here, or too long ago
   */
  find(txn: string): Promise<string | undefined>;
}

/** How a request ended that was put off. */
export interface AsyncCompletion {
  /** What `Set-Txn` told the client. */
  readonly txn: string;
  /** Path below the base URL of what the request was about: a resource, or a collection when nothing was created. */
  readonly uri: string;
  readonly operation: AsyncOperation;
}

/** One operation of a bulk response (RFC 7644 §3.7.3). */
export interface AsyncOperation {
  readonly method: string;
  readonly status: string;
  readonly location?: string;
  readonly version?: string;
  /** The error, with a status that is none of success. */
  readonly response?: object;
}
