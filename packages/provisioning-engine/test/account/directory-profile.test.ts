import { describe, expect, it } from "vitest";
import { readProfile } from "../../src/account/directory-profile.ts";

const userName = "mira@acme.test";

describe("readProfile", () => {
  it("takes the primary e-mail, else that of work, else the first", () => {
    const home = { value: "Home@acme.test", type: "home" };
    const work = { value: "work@acme.test", type: "Work" };
    expect(
      readProfile({ userName, emails: [home, { ...work, primary: false }, { value: "p@x.test", primary: true }] })
        .email,
    ).toBe("p@x.test");
    expect(readProfile({ userName, emails: [home, work] }).email).toBe("work@acme.test");
    expect(readProfile({ userName, emails: [home] }).email).toBe("Home@acme.test");
    expect(readProfile({ userName, emails: [{ type: "work" }] }).email).toBeNull();
    expect(readProfile({ userName }).email).toBeNull();
  });

  it("keeps every address for look-ups, lower case and once", () => {
    const emails = [{ value: "A@acme.test" }, { value: "a@acme.test" }, { value: "b@acme.test" }];
    expect(readProfile({ userName, emails }).emails).toEqual(["a@acme.test", "b@acme.test"]);
  });

  it("shows displayName, else the formatted name, else its parts, else the user name", () => {
    const name = { formatted: "Ms Mira Okafor", givenName: "Mira", familyName: "Okafor" };
    expect(readProfile({ userName, displayName: "Mira", name }).name).toBe("Mira");
    expect(readProfile({ userName, name }).name).toBe("Ms Mira Okafor");
    expect(readProfile({ userName, name: { givenName: "Mira", familyName: "Okafor" } }).name).toBe("Mira Okafor");
    expect(readProfile({ userName, name: { familyName: "Okafor" } }).name).toBe("Okafor");
    expect(readProfile({ userName, displayName: " ", name: {} }).name).toBe(userName);
  });

  it("R53: only active false means inactive", () => {
    expect(readProfile({ userName, active: false }).active).toBe(false);
    expect(readProfile({ userName, active: true }).active).toBe(true);
    expect(readProfile({ userName }).active).toBe(true);
  });
});
