import { describe, expect, it } from "vitest";
import { readOptions } from "../src/options.ts";

const read = (...args: readonly string[]) =>
  readOptions(args, { scim: ["go-suite", "python-suite"], saml: ["java-suite"] });

describe("the arguments", () => {
  it("are all off by themselves", () => {
    expect(read("scim")).toEqual({ family: "scim", json: false, quick: false, writeReadme: false, allowMissing: [] });
  });

  it("may stand on either side of the command", () => {
    expect(read("--json", "scim", "--quick")).toMatchObject({ json: true, quick: true });
    expect(read("scim", "--write-readme")).toMatchObject({ writeReadme: true });
  });

  it("allow all suites to be missing, or some", () => {
    expect(read("scim", "--allow-missing").allowMissing).toBe("all");
    expect(read("scim", "--allow-missing=go-suite").allowMissing).toEqual(["go-suite"]);
    expect(read("scim", "--allow-missing=go-suite,python-suite").allowMissing).toEqual(["go-suite", "python-suite"]);
  });

  it("name one of the two families, and suites of it alone", () => {
    expect(read("saml", "--allow-missing=java-suite")).toMatchObject({ family: "saml", allowMissing: ["java-suite"] });
  });

  it.each([
    [["saml", "--allow-missing=go-suite"], "go-suite is no suite. The suites are java-suite."],
    [[], "Usage:"],
    [["ldap"], "Usage:"],
    [["scim", "twice"], "Usage:"],
    [["scim", "--jsn"], "--jsn"],
    [["scim", "--allow-missing=go"], "go is no suite. The suites are go-suite, python-suite."],
    [["scim", "--quick", "--write-readme"], "Leave --quick out."],
  ])("%j is wrong, and the message says how", (args, message) => {
    expect(() => read(...args)).toThrow(
      expect.objectContaining({ code: "usage", message: expect.stringContaining(message) }),
    );
  });
});
