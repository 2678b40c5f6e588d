import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testTranscript } from "@muster/scim-core/testing";
import { describe, expect, it } from "vitest";
import { startServer } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";
import { TRANSCRIPTS } from "./transcripts.ts";

it("has every recorded step", () => {
  expect(TRANSCRIPTS).toHaveLength(7);
  expect(TRANSCRIPTS.flatMap(({ steps }) => steps)).toHaveLength(258);
});

for (const store of ["memory", "sqlite"] as const) {
  describe(`recorded traffic over HTTP, ${store}`, () => {
    for (const transcript of TRANSCRIPTS) {
      testTranscript({
        runner: { describe, it },
        transcript,
        requireOptional: true,
        newService: () => freshServer(store),
      });
    }
  });
}

async function freshServer(store: "memory" | "sqlite") {
  const folder = mkdtempSync(join(tmpdir(), "muster-replay-"));
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    store: store === "memory" ? "memory:" : `sqlite:${join(folder, "dev.db")}`,
    seed: { allowIdpInitiated: false },
    logger: SILENT_LOGGER,
  });
  const scim = server.description.tenants[0]?.scim;
  if (scim === undefined || scim === null) throw new Error("acme has no SCIM access.");
  return {
    ...scim,
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
