import { CompactSign } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { type Expectations, type KeySet, keySetOf, readOrigin, verifyToken } from "../../src/token/json-web-token.ts";
import { JWT_ALGORITHMS } from "../../src/token/public-keys.ts";
import {
  AUDIENCE,
  after,
  CLAIMS,
  ISSUER,
  macSigned,
  makeKey,
  NOW,
  part,
  signed,
  type TestKey,
  unsigned,
} from "./issuer.ts";

let rsa: TestKey;
let ec: TestKey;
let stranger: TestKey;
let keys: KeySet;

beforeAll(async () => {
  [rsa, ec, stranger] = await Promise.all([makeKey("RS256", "rsa"), makeKey("ES256", "ec"), makeKey("RS256", "rsa")]);
  keys = keySetOf({ keys: [rsa.jwk, ec.jwk] });
});

const verify = (token: string, expected: Partial<Expectations> = {}) =>
  verifyToken(token, {
    keys,
    algorithms: JWT_ALGORITHMS,
    types: ["jwt", "at+jwt"],
    issuer: ISSUER,
    audience: AUDIENCE,
    subject: null,
    now: NOW,
    ...expected,
  });

const refusedFor = (reason: string) => ({ valid: false, reason: expect.stringContaining(reason) });

describe("verifyToken", () => {
  it("J42: accepts what the issuer signed, with each kind of key", async () => {
    const others = await Promise.all([makeKey("PS256", "pss"), makeKey("EdDSA", "ed")]);
    for (const key of [rsa, ec, ...others]) {
      expect(await verify(await signed(key), { keys: keySetOf({ keys: [key.jwk] }) }), key.alg).toEqual({
        valid: true,
      });
    }
    expect(await verify(await signed(ec, { aud: ["other", AUDIENCE] }, { typ: "application/at+JWT" }))).toEqual({
      valid: true,
    });
  });

  it("J42: never accepts a token without a signature", async () => {
    for (const alg of ["none", "None", "NONE", "nOnE", ""]) {
      expect((await verify(unsigned({}, alg))).valid, alg).toBe(false);
      expect((await verify(`${unsigned({}, alg)}AAAA`)).valid, alg).toBe(false);
    }
    const [header, payload] = (await signed(rsa)).split(".");
    expect((await verify(`${header}.${payload}.`)).valid).toBe(false);
  });

  it("J42: never takes a public key for a shared secret", async () => {
    const secrets = [JSON.stringify(rsa.jwk), rsa.jwk.n ?? "", Buffer.from(rsa.jwk.n ?? "", "base64url")];
    for (const secret of secrets) expect((await verify(macSigned(secret, "rsa"))).valid).toBe(false);
  });

  it("J42: never takes a key from the token itself", async () => {
    const header = { jwk: stranger.jwk, jku: "https://evil.test/keys", x5u: "https://evil.test/x", kid: "rsa" };
    expect(await verify(await signed(stranger, {}, header))).toEqual(refusedFor("SIGNATURE"));
  });

  it("J42: a key verifies for its own algorithm only, whatever kid is named", async () => {
    expect(await verify(await signed(ec, {}, { kid: "rsa" }))).toEqual(refusedFor("NO_MATCHING_KEY"));
    expect(await verify(await signed(rsa, {}, { kid: "../../etc/passwd" }))).toEqual(refusedFor("NO_MATCHING_KEY"));
    expect(await verify(await signed(rsa), { algorithms: ["ES256"] })).toEqual(refusedFor("ALG"));
    const pinned = keySetOf({ keys: [{ ...rsa.jwk, alg: "PS256" }] });
    expect(await verify(await signed(rsa), { keys: pinned })).toEqual(refusedFor("NO_MATCHING_KEY"));
  });

  it.each([
    ["another issuer", { iss: "https://login.evil.test/" }, "iss"],
    ["an issuer that begins alike", { iss: `${ISSUER}evil` }, "iss"],
    ["no issuer", { iss: undefined }, "iss"],
    ["another audience", { aud: "https://app.example.com" }, "aud"],
    ["an audience that begins alike", { aud: [`${AUDIENCE}/`, "x"] }, "aud"],
    ["no audience", { aud: undefined }, "aud"],
    ["an end in the past", { exp: after(-61) }, "exp"],
    ["no end", { exp: undefined }, "exp"],
    ["a beginning in the future", { nbf: after(61) }, "nbf"],
  ])("J42: refuses %s", async (_name, claims, claim) => {
    expect(await verify(await signed(rsa, claims))).toEqual(refusedFor(claim));
  });

  it.each([
    ["an end that is text", { exp: "tomorrow" }],
    ["an end that is a list", { exp: [after(60)] }],
    ["a beginning that is text", { nbf: "now" }],
    ["claims that are no object", []],
  ])("J42: refuses %s", async (_name, claims) => {
    const payload = Buffer.from(JSON.stringify(Array.isArray(claims) ? claims : { ...CLAIMS, ...claims }));
    const token = new CompactSign(payload).setProtectedHeader({ alg: "RS256", kid: "rsa" }).sign(rsa.privateKey);
    expect((await verify(await token)).valid).toBe(false);
  });

  it("J42: tolerates a minute between two clocks, and no more", async () => {
    for (const claims of [{ exp: after(-59) }, { nbf: after(59) }]) {
      expect(await verify(await signed(rsa, claims)), JSON.stringify(claims)).toEqual({ valid: true });
    }
  });

  it("pins the subject when asked to", async () => {
    expect(await verify(await signed(rsa), { subject: CLAIMS.sub })).toEqual({ valid: true });
    expect(await verify(await signed(rsa), { subject: "somebody" })).toEqual(refusedFor("sub"));
    expect(await verify(await signed(rsa, { sub: undefined }), { subject: "somebody" })).toEqual(refusedFor("sub"));
  });

  it("takes no other kind of token for an access token (RFC 8725 §3.11)", async () => {
    for (const typ of ["secevent+jwt", "logout+jwt", "dpop+jwt", "JOSE", ""]) {
      expect(await verify(await signed(rsa, {}, { typ })), typ).toEqual(refusedFor("typ"));
    }
    expect(await verify(await signed(rsa), { types: ["at+jwt"] })).toEqual(refusedFor("typ"));
  });

  it("bounds the age when asked to, and then needs to know it", async () => {
    const aged = (iat: number | undefined) => signed(rsa, { iat, exp: after(999_999) });
    expect(await verify(await aged(after(-3660)), { maxAge: 3600 })).toEqual({ valid: true });
    expect(await verify(await aged(after(-3661)), { maxAge: 3600 })).toEqual(refusedFor("iat"));
    expect(await verify(await aged(after(61)), { maxAge: 3600 })).toEqual(refusedFor("iat"));
    expect(await verify(await aged(undefined), { maxAge: 3600 })).toEqual(refusedFor("iat"));
  });

  it("refuses extensions that it does not know (RFC 7515 §4.1.11)", async () => {
    const header = part({ alg: "RS256", kid: "rsa", crit: ["exp"], exp: 1 });
    const [, payload, signature] = (await signed(rsa)).split(".");
    expect((await verify(`${header}.${payload}.${signature}`)).valid).toBe(false);
  });
});

describe("readOrigin", () => {
  it.each([
    "",
    "mst_0123456789ab_x",
    "a.b",
    "a.b.c",
    "a.b.c.d.e",
    `${part({})}.${part([])}.x`,
    `..`,
    `${part(1)}.${part(1)}.`,
  ])("knows %s for no token of this kind", (token) => {
    expect(readOrigin(token)).toBeUndefined();
  });

  it("reads text and nothing else", () => {
    expect(readOrigin(unsigned())).toEqual({ issuer: ISSUER, subject: CLAIMS.sub });
    expect(readOrigin(unsigned({ iss: { toString: "x" }, sub: 7 }))).toEqual({ issuer: undefined, subject: undefined });
  });
});
