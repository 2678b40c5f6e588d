import { describe, expect, it } from "vitest";
import { accountNews, attributeChanges } from "../../src/account/account-changes.ts";

const change = (path: string, from: unknown, to: unknown) => ({ path, from, to });
const KIND = [change("kind", "reader", "user"), change("role", null, "Contributor")];
const OFF = change("status", "active", "inactive");
const NAME = change("name", "a", "b");
const TITLE = change("title", null, "x");

describe("accountNews", () => {
  it("one event for each thing that happened, in a fixed order", () => {
    expect(accountNews([NAME, ...KIND, OFF], [], false)).toEqual([
      { type: "account.kind_changed", changes: KIND },
      { type: "account.deactivated", changes: [OFF] },
      { type: "account.updated", changes: [NAME] },
    ]);
    expect(accountNews([change("status", "inactive", "active")], [], false)[0]?.type).toBe("account.reactivated");
  });

  it("attributes that only the resource shows travel along, and alone only when nothing else happened", () => {
    expect(accountNews([NAME], [TITLE], false)).toEqual([{ type: "account.updated", changes: [NAME, TITLE] }]);
    expect(accountNews([], [TITLE], false)).toEqual([{ type: "account.updated", changes: [TITLE] }]);
    expect(accountNews(KIND, [TITLE], false)).toEqual([{ type: "account.kind_changed", changes: KIND }]);
    expect(accountNews([], [], false)).toEqual([]);
  });

  it("a role that changes without the kind is an update", () => {
    const role = change("role", "Viewer", "Editor");
    expect(accountNews([role], [], false)).toEqual([{ type: "account.updated", changes: [role] }]);
  });

  it("R57: a return is one event of its own, told even when nothing else changed", () => {
    const on = change("status", "inactive", "active");
    expect(accountNews([on, NAME, ...KIND], [], true)).toEqual([
      { type: "account.relinked", changes: [on, NAME] },
      { type: "account.kind_changed", changes: KIND },
    ]);
    expect(accountNews([], [], true)).toEqual([{ type: "account.relinked", changes: [] }]);
  });
});

describe("attributeChanges", () => {
  it("compares values, looks into extensions, and leaves out what accounts show under their own names", () => {
    const urn = "urn:example:2.0:User";
    const before = { userName: "a", title: "x", roles: [{ value: "1" }], [urn]: { badge: "1", same: true } };
    const after = {
      userName: "b",
      active: false,
      roles: [{ value: "1" }],
      nickName: "n",
      [urn]: { badge: "2", same: true },
    };
    expect(attributeChanges(before, after)).toEqual([
      change("title", "x", null),
      change(`${urn}:badge`, "1", "2"),
      change("nickName", null, "n"),
    ]);
  });
});
