import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createScimHandler } from "../../src/http/index.ts";
import {
  readTranscript,
  type Transcript,
  type TranscriptTestOptions,
  testTranscript,
} from "../../src/testing/index.ts";
import { BASE_URL, RESOURCE_TYPES, TOKEN } from "../harness.ts";
import { memoryBackend } from "../memory-backend.ts";
import { serveScim } from "../served-scim.ts";

const FOLDER = new URL("../fixtures/transcripts/", import.meta.url);
const TRANSCRIPTS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file): Transcript => readTranscript(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))));

it("all recorded steps are played", () => {
  expect(TRANSCRIPTS.flatMap(({ steps }) => steps)).toHaveLength(258);
});

/** The handler itself, without a listener. */
function inProcess(): Pick<TranscriptTestOptions, "newService" | "fetch"> {
  const domain = { backend: memoryBackend(), baseUrl: BASE_URL };
  const handler = createScimHandler({
    resourceTypes: RESOURCE_TYPES,
    authenticate: async (token) => (token === TOKEN ? domain : undefined),
  });
  return {
    newService: async () => ({ baseUrl: BASE_URL, token: TOKEN, close: async () => {} }),
    fetch: (request) => handler(request, new URL(request.url).pathname.slice(new URL(BASE_URL).pathname.length), "c-1"),
  };
}

describe("in the process", () => {
  for (const transcript of TRANSCRIPTS) {
    testTranscript({ runner: { describe, it }, transcript, ...inProcess(), requireOptional: true });
  }
});

describe("over HTTP", () => {
  for (const transcript of TRANSCRIPTS) {
    testTranscript({ runner: { describe, it }, transcript, newService: serveScim, requireOptional: true });
  }
});
