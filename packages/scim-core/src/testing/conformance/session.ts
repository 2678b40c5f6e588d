/**
 * A service that was found and read, and how to talk to it.
 *
 * @module
 */
import { type ClientOptions, createClient, type Send } from "./client.ts";
import { type ConformanceFeatures, readService, type Service } from "./service.ts";

export interface ConformanceTarget extends ClientOptions {
  /** What discovery cannot tell. */
  readonly features?: ConformanceFeatures | undefined;
}

export interface Session {
  readonly service: Service;
  readonly send: Send;
  readonly token: string;
  /** A client with another address or token. */
  connect(other: Partial<Pick<ClientOptions, "baseUrl" | "token">>): Send;
}

/** @throws {ConformanceError} when there is no service to be read */
export async function openSession(target: ConformanceTarget): Promise<Session> {
  const send = createClient(target);
  return {
    service: await readService(send, target.features ?? {}),
    send,
    token: target.token,
    connect: (other) => createClient({ ...target, ...other }),
  };
}
