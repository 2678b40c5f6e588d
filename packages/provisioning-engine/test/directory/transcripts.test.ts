/** Recorded traffic of seven identity providers, replayed against the engine's backend. */
import { readdirSync, readFileSync } from "node:fs";
import { createScimHandler } from "@muster/scim-core/http";
import { readTranscript, testTranscript } from "@muster/scim-core/testing";
import { describe, it } from "vitest";
import { openWorld } from "../harness.ts";

const BASE_URL = "https://app.example.com/scim/v2/connection-acme";
const folder = new URL("../../../scim-core/test/fixtures/transcripts/", import.meta.url);

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const transcript = readTranscript(JSON.parse(readFileSync(new URL(file, folder), "utf8")));
  let serve: (request: Request) => Promise<Response> = () => Promise.reject(new Error("The service is not up."));
  testTranscript({
    runner: { describe, it },
    transcript,
    requireOptional: true,
    fetch: (request) => serve(request),
    newService: async () => {
      const { context, backend } = await openWorld();
      const handler = createScimHandler({
        resourceTypes: [context.userType, context.groupType],
        authenticate: async (token) => (token === "secret" ? { backend, baseUrl: BASE_URL } : undefined),
      });
      serve = (request) => handler(request, new URL(request.url).pathname.slice(new URL(BASE_URL).pathname.length), "");
      return { baseUrl: BASE_URL, token: "secret", close: async () => {} };
    },
  });
}
