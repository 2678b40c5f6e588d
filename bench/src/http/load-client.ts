/**
 * The load client, a process of its own: a few connections that are kept alive, each with one request at a time.
 *
 * @module
 */
import { Agent, type IncomingMessage, request } from "node:http";
import { person } from "../corpus/people.ts";
import { type Batch, type BatchOutcome, userNamePath } from "./load.ts";
import type { Service } from "./service.ts";

const CONNECTIONS = 4;
/** A server that hangs ends the run. */
const TIMEOUT_MS = 30_000;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

process.on("message", async (batch: Batch) => {
  const outcome: BatchOutcome = await run(batch).then(
    () => ({}),
    (error: unknown) => ({ failure: String(error) }),
  );
  process.send?.(outcome);
});
process.once("disconnect", () => process.exit());

async function run(batch: Batch): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < batch.times) await exchange(batch, batch.from + next++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

async function exchange({ service, kind }: Batch, index: number): Promise<void> {
  const body = kind === "post-users" ? JSON.stringify(person(index)) : undefined;
  const response = await send(service.scimUrl + pathOf(service, kind, index), service.token, body);
  const text = await readText(response);
  const expected = body === undefined ? 200 : 201;
  if (response.statusCode !== expected) throw new Error(`${response.statusCode} ${text.slice(0, 300)}`);
}

function pathOf({ someId }: Service, kind: Batch["kind"], index: number): string {
  if (kind === "get-by-username") return userNamePath(index);
  return kind === "get-user" ? `/Users/${someId}` : "/Users";
}

function send(url: string, token: string, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : bodyHeaders(body)) };
    const options = { agent, headers, method: body === undefined ? "GET" : "POST", timeout: TIMEOUT_MS };
    const outgoing = request(url, options, resolve);
    outgoing.once("error", reject);
    outgoing.once("timeout", () => outgoing.destroy(new Error(`No answer within ${TIMEOUT_MS / 1000} s.`)));
    outgoing.end(body);
  });
}

function bodyHeaders(body: string) {
  return { "content-type": "application/scim+json", "content-length": Buffer.byteLength(body) };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
