import { describe, expect, it } from "vitest";
import { SILENT_LOGGER, terminalLogger } from "../src/logger.ts";
import { recordingTerminal } from "./recording-terminal.ts";

describe("terminalLogger", () => {
  it("writes one line per entry to stderr, debug left out", () => {
    const terminal = recordingTerminal();
    const logger = terminalLogger(terminal, () => new Date("2026-03-01T12:30:05Z"));
    logger.debug({}, "unseen");
    logger.info({ tenant: "acme", hint: undefined }, "account.created");
    logger.error({ error: new Error("broken\npipe"), forged: "a\nb" }, "failed");
    expect(terminal.lines).toEqual([
      '12:30:05 info  account.created tenant="acme"',
      '12:30:05 error failed error="broken\\npipe" forged="a\\nb"',
    ]);
  });

  it("can be silent", () => {
    expect(SILENT_LOGGER.error({}, "nothing")).toBeUndefined();
  });
});
