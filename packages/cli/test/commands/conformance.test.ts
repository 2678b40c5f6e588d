import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type RunningServer, run, startServer } from "../../src/index.ts";
import { SILENT_LOGGER } from "../../src/logger.ts";
import { type RecordingTerminal, recordingTerminal } from "../recording-terminal.ts";

let server: RunningServer | undefined;
let stranger: Server | undefined;
afterEach(async () => {
  await server?.stop();
  stranger?.close();
  [server, stranger] = [undefined, undefined];
});

async function acme(): Promise<{ readonly baseUrl: string; readonly token: string }> {
  const seed = { allowIdpInitiated: false };
  server = await startServer({ host: "127.0.0.1", port: 0, store: "memory:", seed, logger: SILENT_LOGGER });
  const scim = server.description.tenants[0]?.scim;
  if (scim === undefined || scim === null) throw new Error("acme has no SCIM access.");
  return scim;
}

/** Something else that listens. */
async function listening(answer: RequestListener): Promise<string> {
  const opened = createServer(answer);
  stranger = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}

async function conformance(...args: readonly string[]): Promise<{ code: number; terminal: RecordingTerminal }> {
  const terminal = recordingTerminal();
  return { code: await run(["conformance", ...args], terminal), terminal };
}

describe("muster conformance", () => {
  it("checks a service, and ends with 0 when nothing failed", async () => {
    const { baseUrl, token } = await acme();
    const { code, terminal } = await conformance(baseUrl, "--token", token, "--only", "discovery,versions,isolation");
    expect(terminal.lines.slice(0, 3)).toEqual([`Checking ${baseUrl}`, "", "discovery"]);
    expect(terminal.lines).toContain("  skipped  The host names no second tenant.");
    expect(terminal.lines).toContainEqual(expect.stringMatching(/^ {2}versions +\d\d +0 +0$/));
    expect(terminal.lines.at(-1)).toMatch(/^\d+ cases: \d+ passed, 0 failed, \d+ skipped\.$/);
    expect(code).toBe(0);
    expect(terminal.lines.join("\n")).not.toContain(token);
  });

  it("prints one JSON object when asked to", async () => {
    const { baseUrl, token } = await acme();
    const { code, terminal } = await conformance(`${baseUrl}/`, "--token", token, "--only", "isolation", "--json");
    expect([code, terminal.lines.length]).toEqual([0, 1]);
    const { results, ...sum } = JSON.parse(terminal.lines[0] ?? "");
    expect(sum).toEqual({ url: `${baseUrl}/`, passed: 0, failed: 0, skipped: results.length });
    expect(results[0]).toMatchObject({ section: "isolation", id: "J02", outcome: "skipped" });
  });

  it("ends with 1 when a case failed, and tells what was asked, answered and expected", async () => {
    const url = await listening((request, response) => {
      const isConfig = request.url === "/ServiceProviderConfig";
      response.writeHead(isConfig ? 200 : 404).end(isConfig ? '{"patch":{"supported":false}}' : "nothing");
    });
    const { code, terminal } = await conformance(url, "--token", "t", "--only", "representation");
    expect(code).toBe(1);
    const at = terminal.lines.indexOf(
      "  FAILED   RFC 7644 §3.3 A01: POST answers 201 with the address of the new resource",
    );
    expect(terminal.lines[at + 1]).toBe("           POST /Users answered 404, expected 201. nothing");
  });

  it("says readably that the URL is no SCIM base URL", async () => {
    const url = await listening((_request, response) => response.end("<html>Welcome</html>"));
    const { code, terminal } = await conformance(url, "--token", "t");
    expect([code, terminal.outLines]).toEqual([1, []]);
    expect(terminal.lines).toEqual([expect.stringContaining("without a service provider configuration")]);
  });

  it("says readably that the token is refused", async () => {
    const { code, terminal } = await conformance((await acme()).baseUrl, "--token", "wrong");
    expect([code, terminal.outLines]).toEqual([1, []]);
    expect(terminal.lines).toEqual([expect.stringContaining("answered 401: the token is wrong, expired or revoked")]);
  });

  it("says readably that nothing answers", async () => {
    const { code, terminal } = await conformance("http://127.0.0.1:1/scim", "--token", "t");
    expect([code, terminal.outLines]).toEqual([1, []]);
    expect(terminal.lines).toEqual([expect.stringMatching(/got no answer: .+\(unreachable\)$/)]);
  });

  it.each([
    [[]],
    [["--token", "t"]],
    [["ftp://x.example", "--token", "t"]],
    [["http://x.example"]],
    [["http://x.example", "--token", "t", "--only", "unicorns"]],
  ])("ends %j with code 2", async (args) => {
    const { code, terminal } = await conformance(...args);
    expect([code, terminal.outLines, terminal.lines.length]).toEqual([2, [], 1]);
  });
});
