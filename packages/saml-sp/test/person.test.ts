import { describe, expect, it } from "vitest";
import { readPerson } from "../src/person.ts";
import type { SignedClaims } from "../src/response.ts";

function claims(attributes: Record<string, readonly (string | null)[]>): SignedClaims {
  return {
    issuer: "https://idp.example",
    assertionId: "_1",
    nameId: { value: "ada@acme.example", format: undefined, nameQualifier: undefined, spNameQualifier: undefined },
    attributes: new Map(Object.entries(attributes)),
    sessionIndex: undefined,
    authnInstant: new Date(0),
    sessionNotOnOrAfter: undefined,
    authnContextClassRef: undefined,
    signedBy: ["AA:BB"],
    request: undefined,
  };
}

function refusal(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

describe("readPerson", () => {
  it("R80: reads email and name", () => {
    const person = readPerson(claims({ email: ["ada@acme.example"], name: ["Ada"] }));
    expect(person).toEqual({ email: "ada@acme.example", name: "Ada" });
  });

  it("R80: reads whatever the connection calls them", () => {
    const said = claims({ "urn:oid:0.9.2342.19200300.100.1.3": ["ada@acme.example"], cn: ["Ada"] });
    const names = { email: "urn:oid:0.9.2342.19200300.100.1.3", name: "cn" };
    expect(readPerson(said, names)).toEqual({ email: "ada@acme.example", name: "Ada" });
  });

  it("R80: a name may be missing; of several values the first that says something counts, verbatim", () => {
    const person = readPerson(claims({ email: [null, " ", "Ada@acme.example", "other@acme.example"] }));
    expect(person).toEqual({ email: "Ada@acme.example", name: undefined });
  });

  it("R81, R82: a missing email is refused with the name, and with a name that differs in case only", () => {
    expect(refusal(() => readPerson(claims({ Email: ["ada@acme.example"] })))).toMatchObject({
      code: "attribute_missing",
      message: expect.stringContaining('"email". It sent "Email"'),
      details: { attribute: "email", lookAlike: "Email", certificate: "AA:BB" },
    });
    expect(refusal(() => readPerson(claims({ mail: ["ada@acme.example"] })))).toMatchObject({
      code: "attribute_missing",
      message: expect.not.stringContaining("mail@"),
      details: { attribute: "email", certificate: "AA:BB" },
    });
  });

  it("R80: what is longer than an address or a name can be is refused, without being repeated", () => {
    const long = "a".repeat(1025);
    for (const attributes of [{ email: [long] }, { email: ["ada@acme.example"], name: [null, long] }]) {
      const error = refusal(() => readPerson(claims(attributes)));
      expect(error).toMatchObject({ code: "attribute_too_long", hint: expect.any(String) });
      expect(JSON.stringify([error, (error as Error).message])).not.toContain("aaa");
    }
    expect(readPerson(claims({ email: [long.slice(1)], other: [long] })).email).toHaveLength(1024);
  });

  it("R82: an address in the NameID does not stand in, nor does an empty value", () => {
    for (const attributes of [{}, { email: [] }, { email: [null] }, { email: [""] }]) {
      expect(refusal(() => readPerson(claims(attributes)))).toMatchObject({ code: "attribute_missing" });
    }
  });

  it("P25: inherited names are no attributes", () => {
    for (const email of ["__proto__", "constructor", "toString"]) {
      expect(refusal(() => readPerson(claims({}), { email, name: email }))).toMatchObject({
        code: "attribute_missing",
      });
    }
  });
});
