import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { run, startServer } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";
import { recordingTerminal } from "./recording-terminal.ts";

describe("run", () => {
  it.each([[[]], [["--help"]], [["-h"]]])("lists the commands for %j", async (args) => {
    const terminal = recordingTerminal();
    expect(await run(args, terminal)).toBe(0);
    for (const command of ["muster serve", "muster demo", "muster simulate entra", "muster conformance"]) {
      expect(terminal.outLines.join("\n")).toContain(command);
    }
  });

  it("tells its version", async () => {
    const terminal = recordingTerminal();
    expect(await run(["--version"], terminal)).toBe(0);
    expect(terminal.outLines).toEqual([manifest.version]);
  });

  it.each(["serve", "demo", "simulate", "conformance"])("tells the options of %s", async (command) => {
    const terminal = recordingTerminal();
    expect(await run([command, "--help"], terminal)).toBe(0);
    expect(terminal.outLines.join("\n")).toMatch(new RegExp(`^Usage: muster ${command}.*\\n[^]*--`));
  });

  it.each([[["frobnicate"]], [["constructor"]], [["serve", "--frobnicate"]], [["simulate", "okta"]], [["demo", "x"]]])(
    "ends %j with code 2 and says why on stderr",
    async (args) => {
      const terminal = recordingTerminal();
      expect(await run(args, terminal)).toBe(2);
      expect(terminal.lines).toHaveLength(1);
      expect(terminal.outLines).toEqual([]);
    },
  );

  it.each([
    ["a file", ["--store", "memory:", "--idp-metadata", "/nowhere/idp.xml"], "cannot read /nowhere/idp.xml"],
    ["a store", ["--store", "postgres://localhost/x"], "no PostgreSQL adapter"],
  ])("ends with code 1 when %s is not to be had", async (_, args, reason) => {
    const terminal = recordingTerminal();
    expect(await run(["serve", "--port", "0", ...args], terminal)).toBe(1);
    expect(terminal.lines).toEqual([expect.stringContaining(reason)]);
  });
});

describe("muster simulate entra", () => {
  it("plays a first cycle, a line per request", async () => {
    const server = await startServer({
      host: "127.0.0.1",
      port: 0,
      store: "memory:",
      seed: { allowIdpInitiated: false },
      logger: SILENT_LOGGER,
    });
    const { baseUrl, token } = server.description.tenants[0]?.scim ?? { baseUrl: "", token: "" };
    const play = async () => {
      const terminal = recordingTerminal();
      const args = ["simulate", "entra", "--url", baseUrl, "--token", token, "--users", "3", "--groups", "1"];
      expect(await run(args, terminal)).toBe(0);
      return terminal.outLines.map((line) => line.replace(/ \(\d+ ms\)$/, ""));
    };
    const first = await play();
    expect(first.slice(1, 3)).toEqual([
      '200 GET    /Users?filter=userName eq "mira.okafor@brightharbor.example"',
      "201 POST   /Users",
    ]);
    expect(first.at(-1)).toBe("Done: 2 users, 1 readers, 1 groups.");
    const second = await play();
    expect(second.filter((line) => line.startsWith("201"))).toEqual([]);
    await server.stop();
  });

  it("ends with code 1 when the service refuses", async () => {
    const terminal = recordingTerminal();
    const args = ["simulate", "entra", "--url", "http://127.0.0.1:1/scim", "--token", "t", "--users", "1"];
    expect(await run(args, terminal)).toBe(1);
    expect(terminal.lines.at(-1)).toContain("nothing answers at http://127.0.0.1:1");
  });
});
