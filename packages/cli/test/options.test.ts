import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CliError } from "../src/errors.ts";
import { integer, oneOf, optional, seats, text, toggle, webAddress } from "../src/option-types.ts";
import { readOptions } from "../src/options.ts";

const TABLE = {
  port: integer("port", { min: 0, max: 65_535 }, 3000),
  url: webAddress("address"),
  json: toggle("machine-readable"),
  seed: oneOf(["acme", "none"], "tenants", "acme"),
  file: optional(text("FILE", "a file")),
  seats: seats("limits"),
};

const read = (...args: string[]) => readOptions("muster test", TABLE, args);

function usage(...args: string[]): string {
  try {
    read(...args);
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ code: "usage", exitCode: 2 });
    return (error as CliError).message;
  }
  throw new Error("The arguments were accepted.");
}

describe("readOptions", () => {
  it("reads values in both spellings and falls back on defaults", () => {
    expect(read("--url", "http://x.example", "--port=0", "--json")).toEqual({
      port: 0,
      url: "http://x.example",
      json: true,
      seed: "acme",
      file: undefined,
      seats: undefined,
    });
  });

  it("reports everything that is wrong at once, each with got, expected and fix", () => {
    expect(
      usage("--port", "70000", "--seed=acmee", "--frobnicate", "--json=yes", "extra", "--file").split("\n"),
    ).toEqual([
      "muster test: 7 problems",
      "  --frobnicate: got an unknown option, expected --port, --url, --json, --seed, --file, --seats. Remove it; --help lists the options.",
      '  --json: got "yes", expected no value. Write --json alone.',
      '  "extra": got an argument, expected options only. Remove it, or write its option.',
      "  --file: got no value, expected FILE. Write --file FILE.",
      '  --port: got "70000", expected a whole number from 0 to 65535. Write --port N.',
      "  --url: got nothing, expected it to be given. Add --url URL.",
      '  --seed: got "acmee", expected acme or none. Write --seed acme|none.',
    ]);
  });

  it.each([
    ["--prot", "--port"],
    ["--por", "--port"],
    ["--ports", "--port"],
    ["--sead", "--seed"],
    ["--jso", "--json"],
    ["--josn", "--json"],
    ["--verbose", undefined],
  ])("asks about %s whether %s was meant", (given, meant) => {
    const message = usage(given, "--url", "http://x.example");
    expect(message).toContain(meant === undefined ? "Remove it" : `Did you mean ${meant}?`);
  });

  it("refuses an option that is given twice", () => {
    expect(usage("--url", "http://x.example", "--json", "--json")).toContain("--json: got it twice");
  });

  it("knows no option by an inherited name", () => {
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(usage(`--${name}`, "--url", "http://x.example")).toContain(`--${name}: got an unknown option`);
    }
  });

  it("either reads or refuses, whatever is given", () => {
    const words = fc.constantFrom(
      "--port",
      "--url",
      "--json",
      "--seed",
      "--file",
      "--seats",
      "acme",
      "1",
      "user=1",
      "-x",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string())), (args) => {
        try {
          expect(read(...args).url).toMatch(/^https?:/i);
        } catch (error) {
          expect(error).toMatchObject({ code: "usage" });
        }
      }),
    );
  });
});

describe("option kinds", () => {
  it.each(["", "-1", "1.5", "1e3", "0x10", " 1", "99999999999"])("refuses %j as a whole number", (given) => {
    expect(TABLE.port.read(given)).toHaveProperty("expected");
  });

  it.each([
    ["user=5", { user: 5 }],
    ["user=5,reader=0", { user: 5, reader: 0 }],
    ["reader=unlimited, user=1", { reader: null, user: 1 }],
  ])("reads seats %j", (given, value) => {
    expect(TABLE.seats.read(given)).toEqual({ value });
  });

  it.each(["", "user", "user=", "user=-1", "admin=3", "user=1,user=2", "user=1,", "__proto__=1"])(
    "refuses seats %j",
    (given) => {
      expect(TABLE.seats.read(given)).toHaveProperty("expected");
    },
  );

  it.each(["ftp://x.example", "x.example", "javascript:alert(1)", ""])("refuses %j as a web address", (given) => {
    expect(TABLE.url.read(given)).toHaveProperty("expected");
  });
});
