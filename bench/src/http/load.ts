/**
 * What the load client is asked to do, and how it is asked.
 *
 * @module
 */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { person } from "../corpus/people.ts";
import { type Service, startProcess } from "./service.ts";

/** Requests of one kind, each for another person. */
export interface Batch {
  readonly service: Service;
  /** `get-user` reads one and the same. */
  readonly kind: "post-users" | "get-by-username" | "get-user";
  /** The index of the first person. */
  readonly from: number;
  readonly times: number;
}

/** The address of the one whose userName is that of a person. */
export function userNamePath(index: number): string {
  return `/Users?filter=${encodeURIComponent(`userName eq "${person(index).userName}"`)}`;
}

/** What came of a batch: undefined when all were answered well, else the first bad answer. */
export interface BatchOutcome {
  readonly failure?: string;
}

export interface LoadClient {
  /** @throws {Error} when a request was not answered with success */
  send(batch: Batch): Promise<void>;
  stop(): void;
}

export function startLoadClient(): LoadClient {
  const child: ChildProcess = startProcess("load-client");
  return {
    send: async (batch) => {
      const answer = once(child, "message");
      child.send(batch);
      const [{ failure }] = (await answer) as [BatchOutcome];
      if (failure !== undefined) throw new Error(`${batch.kind}: ${failure}`);
    },
    stop: () => void child.kill(),
  };
}
