/**
 * The PATCHes of users in the recorded traffic, each with the resource that it met: the traffic is played against an
 * engine, and whoever is about to be patched is read first.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { readTranscript, replayTranscript } from "@muster/scim-core/testing";
import { type Acme, createAcme } from "../acme.ts";

export interface RecordedPatch {
  /** Which traffic it is from, and the how manieth PATCH there. */
  readonly name: string;
  /** The resource as JSON, reduced to what both sides hold. */
  readonly resource: JsonObject;
  /** The body of the PATCH. */
  readonly body: JsonObject;
}

export type JsonObject = { readonly [name: string]: unknown };

const TRANSCRIPTS = new URL("../../packages/scim-core/test/fixtures/transcripts/", import.meta.url);

export async function recordedPatches(): Promise<readonly RecordedPatch[]> {
  const files = readdirSync(TRANSCRIPTS).filter((file) => file.endsWith(".json"));
  const patches: RecordedPatch[] = [];
  for (const file of files) patches.push(...(await play(file)));
  return patches;
}

async function play(file: string): Promise<readonly RecordedPatch[]> {
  const acme = await createAcme("http://localhost/provisioning");
  const patches: RecordedPatch[] = [];
  await replayTranscript({
    transcript: readTranscript(JSON.parse(readFileSync(new URL(file, TRANSCRIPTS), "utf8"))),
    baseUrl: acme.scimUrl,
    token: acme.token,
    fetch: async (request) => {
      if (isUserPatch(request)) {
        const name = `${file.replace(".json", "")} ${patches.length + 1}`;
        const resource = await readResource(acme, request.url);
        patches.push({ name, resource, body: (await request.clone().json()) as JsonObject });
      }
      return acme.provisioning.fetch(request);
    },
  });
  await acme.provisioning.close();
  return patches;
}

function isUserPatch({ method, url }: Request): boolean {
  return method === "PATCH" && url.includes("/Users/");
}

async function readResource({ provisioning, token }: Acme, url: string): Promise<JsonObject> {
  const response = await provisioning.fetch(new Request(url, { headers: { authorization: `Bearer ${token}` } }));
  return reduced((await response.json()) as JsonObject);
}

/** What the service decides; and `roles`, of which scimmy knows no `type`, and would refuse every later patch. */
const LEFT_OUT: ReadonlySet<string> = new Set(["id", "meta", "groups", "$ref", "roles"]);

function reduced(value: JsonObject): JsonObject {
  const entries = Object.entries(value).filter(([name]) => !LEFT_OUT.has(name));
  return Object.fromEntries(entries.map(([name, member]) => [name, isObject(member) ? reduced(member) : member]));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
