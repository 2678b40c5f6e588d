/**
 * Servers under load, each in a process of its own.
 *
 * @module
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a server takes SCIM. */
export interface Service {
  /** Without a trailing slash. */
  readonly scimUrl: string;
  readonly token: string;
  /** The id of somebody who is there. */
  readonly someId: string;
}

export interface RunningService extends Service {
  /** Microseconds of CPU time that the server has used so far. */
  cpu(): Promise<number>;
  stop(): void;
}

/** @param entry of this package's build, by name */
export function startProcess(entry: string, ...args: readonly string[]): ChildProcess {
  return fork(new URL(`${entry}.js`, import.meta.url), args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

/** @param users how many people are there from the start */
export async function startService(entry: string, users: number): Promise<RunningService> {
  const child = startProcess(entry, String(users));
  const [service] = (await Promise.race([once(child, "message"), ended(child, entry)])) as [Service];
  return {
    ...service,
    cpu: async () => {
      const answer = once(child, "message");
      child.send("cpu");
      const [microseconds] = (await answer) as [number];
      return microseconds;
    },
    stop: () => void child.kill(),
  };
}

async function ended(child: ChildProcess, entry: string): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`${entry} ended with exit code ${code} before it was ready.`);
}

/** In a server's process: how many people it was asked to begin with. */
export function wantedUsers(): number {
  return Number(process.argv[2] ?? 0);
}

/** In a server's process: a listening server on a free port of this machine, which answers nothing yet. */
export async function listen(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** In a server's process: tells who started it that it is ready, and what it costs; ends when that one is gone. */
export function ready(service: Service): void {
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.send?.(service);
  process.once("disconnect", () => process.exit());
}
