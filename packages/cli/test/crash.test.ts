import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replayTranscript } from "@muster/scim-core/testing";
import { expect, it } from "vitest";
import { type CommandProcess, descriptionOf, startCommand } from "./process.ts";
import { transcript } from "./transcripts.ts";

/** The requests before which the server is killed. */
const KILLS = new Set([2, 7, 23, 40, 61, 86]);

it("contract 2: killed again and again in the middle of Entra's traffic, it goes on as if nothing had happened", async () => {
  const folder = mkdtempSync(join(tmpdir(), "muster-crash-"));
  const serve = (port: string) =>
    startCommand(["serve", "--port", port, "--json", "--store", `sqlite:${join(folder, "dev.db")}`]);
  let server: CommandProcess = serve("0");
  try {
    const { baseUrl, tenants } = await descriptionOf(server);
    const { port } = new URL(baseUrl);
    const scim = tenants[0]?.scim ?? { baseUrl: "", token: "" };
    let requests = 0;
    const results = await replayTranscript({
      transcript: transcript("entra"),
      ...scim,
      fetch: async (request) => {
        requests += 1;
        if (KILLS.has(requests)) {
          server.child.kill("SIGKILL");
          expect(await server.ended).toBe("SIGKILL");
          server = serve(port);
          await descriptionOf(server);
        }
        return fetch(request);
      },
    });
    expect(requests).toBe(87);
    expect(results.filter(({ failures }) => failures.length > 0)).toEqual([]);
  } finally {
    server.child.kill("SIGKILL");
    await server.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
