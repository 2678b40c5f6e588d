import { describe, expect, it } from "vitest";
import {
  type AttributePath,
  ENTERPRISE_USER_URN,
  type Extension,
  extension,
  parsePath,
  text,
  USER_URN,
  userResourceType,
} from "../src/index.ts";
import { formatPath } from "../src/path.ts";
import { codeOf, detailOf, group, TEAM_URN, user } from "./types.ts";

const canonical = (path: string): string => formatPath(parsePath(path, user));

describe("parsePath", () => {
  it.each([
    ["B02, D36", "USERNAME", "userName"],
    ["B02, D36", "Name.GIVENname", "name.givenName"],
    ["B10, D38", `${USER_URN}:userName`, "userName"],
    ["B10, D38", `${USER_URN}:name.familyName`, "name.familyName"],
    ["B11", `${ENTERPRISE_USER_URN}:department`, `${ENTERPRISE_USER_URN}:department`],
    ["B12, D11", `${ENTERPRISE_USER_URN}:manager.value`, `${ENTERPRISE_USER_URN}:manager.value`],
    ["B13", `${ENTERPRISE_USER_URN.toUpperCase()}:DEPARTMENT`, `${ENTERPRISE_USER_URN}:department`],
    ["D10", `${TEAM_URN}:isTeamAccount`, `${TEAM_URN}:isTeamAccount`],
    ["Entra", "manager", `${ENTERPRISE_USER_URN}:manager`],
    ["Entra", "Manager.displayName", `${ENTERPRISE_USER_URN}:manager.displayName`],
    ["RFC 7643 §3.1", "id", "id"],
    ["RFC 7643 §3.1", "meta.lastmodified", "meta.lastModified"],
    ["RFC 7643 §3.1", "externalID", "externalId"],
    ["RFC 7643 §3", "schemas", "schemas"],
  ])("%s: %s is %s", (_id, path, expected) => {
    expect(canonical(path)).toBe(expected);
  });

  it.each([
    "",
    ".",
    "userName.",
    ".givenName",
    "name.givenName.first",
    "favouriteColour",
    `${USER_URN}:department`,
    `${TEAM_URN}:`,
    "urn:example:unknown:userName",
    `${USER_URN}`,
    " userName",
    "userName ",
    // Letters that only look like, or fold to, ASCII ones (J34).
    "nic\u212AName",
    "u\u0455erName",
  ])("D29, J34: %j names nothing", (path) => {
    expect(codeOf(() => parsePath(path, user))).toBe("invalidPath");
  });

  it.each([
    "__proto__",
    "constructor",
    "constructor.prototype",
    "toString.x",
    "name.__proto__",
    "hasOwnProperty",
    `${TEAM_URN}:__proto__`,
  ])("D50: %s never resolves", (path) => {
    expect(codeOf(() => parsePath(path, user))).toBe("invalidPath");
  });

  it("D30: says what is wrong and where, without repeating a long text", () => {
    expect(detailOf(() => parsePath("colour", group))).toBe('"colour" at position 1 is no attribute of Group.');
    expect(detailOf(() => parsePath("x".repeat(5000), group))).toBe(
      "a text of 5000 characters at position 1 is no attribute of Group.",
    );
  });

  it("B13: of two registered URNs the longer one is the prefix", () => {
    const short: Extension<{ badge: string }> = extension("urn:example:staff", { badge: text() });
    const long: Extension<{ badge: string }> = extension("urn:example:staff:badge:2.0", { badge: text() });
    const type = userResourceType([short, long]);
    const home = (path: string): AttributePath["extension"] => parsePath(path, type).extension;
    expect(home("urn:example:staff:badge:2.0:badge")).toBe("urn:example:staff:badge:2.0");
    expect(home("urn:example:staff:badge")).toBe("urn:example:staff");
  });

  it("a core attribute wins over an extension's attribute of the same name", () => {
    const type = userResourceType([extension("urn:example:staff", { title: text() })]);
    expect(parsePath("title", type).extension).toBeUndefined();
    expect(parsePath("urn:example:staff:title", type).extension).toBe("urn:example:staff");
  });
});
