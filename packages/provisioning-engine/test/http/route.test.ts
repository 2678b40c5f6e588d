import { describe, expect, it } from "vitest";
import { matchPath } from "../../src/http/route.ts";

describe("matchPath", () => {
  const PATTERN = "/tenants/{tenant}/groups/{group}";

  it("takes the values of the names, decoded", () => {
    expect(matchPath(PATTERN, "/tenants/acme/groups/a%2Fb.user")).toEqual({ tenant: "acme", group: "a/b.user" });
  });

  it.each([
    "/tenants/acme/groups",
    "/tenants/acme/groups/",
    "/tenants//groups/g",
    "/tenants/acme/groups/g/",
    "/tenants/acme/group/g",
    "tenants/acme/groups/g",
    "/tenants/%zz/groups/g",
    "",
  ])("does not match %j", (path) => {
    expect(matchPath(PATTERN, path)).toBeUndefined();
  });

  it("hands hostile values through as text", () => {
    expect(matchPath(PATTERN, "/tenants/__proto__/groups/constructor")).toEqual({
      tenant: "__proto__",
      group: "constructor",
    });
  });
});
