import { describe, expect, it } from "vitest";
import { commandHelp } from "../src/help.ts";
import { integer, text, toggle } from "../src/option-types.ts";

describe("commandHelp", () => {
  it("shows every option with its value, its default, and whether it is required", () => {
    const options = {
      port: integer("port", { min: 0, max: 9 }, 3),
      token: text("TOKEN", "bearer"),
      json: toggle("JSON"),
    };
    expect(commandHelp({ usage: "muster x", summary: "Does x.", options, notes: ["A note."] }).split("\n")).toEqual([
      "Usage: muster x [options]",
      "",
      "Does x.",
      "",
      "  --port N       port (default 3)",
      "  --token TOKEN  bearer (required)",
      "  --json         JSON",
      "",
      "A note.",
    ]);
  });
});
