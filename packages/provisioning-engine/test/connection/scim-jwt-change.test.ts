import { beforeAll, describe, expect, it } from "vitest";
import type { ScimJwtChange } from "../../src/admin/admin.ts";
import { changeScimJwt } from "../../src/connection/scim-jwt-change.ts";
import { AUDIENCE, ISSUER, JWKS_URI, makeKey, type TestKey } from "../token/issuer.ts";

const NAMES = { issuer: ISSUER, audience: AUDIENCE };
const invalid = expect.objectContaining({ code: "invalid_request", hint: expect.any(String) });
const change = (given: Partial<ScimJwtChange>) =>
  changeScimJwt({ ...NAMES, ...given }, (address) => address === JWKS_URI);

let key: TestKey;
beforeAll(async () => {
  key = await makeKey("ES256", "1");
});

describe("changeScimJwt", () => {
  it("J42: keeps what was given, and what is assumed", () => {
    const assumed = { ...NAMES, subject: null, algorithms: ["RS256", "PS256", "ES256", "EdDSA"] };
    expect(change({ jwksUri: JWKS_URI })).toEqual({ ...assumed, jwksUri: JWKS_URI });
    const given = { subject: "x", algorithms: ["ES256", "ES256"] as const, jwks: { keys: [key.jwk] } };
    expect(change(given)).toEqual({ ...NAMES, ...given, algorithms: ["ES256"] });
  });

  it("J42: needs keys from one place, that the host application allows", () => {
    for (const given of [
      {},
      { jwksUri: JWKS_URI, jwks: { keys: [key.jwk] } },
      { jwksUri: "https://169.254.169.254/latest" },
      { jwksUri: "" },
    ]) {
      expect(() => change(given), JSON.stringify(given)).toThrow(invalid);
    }
  });

  it("J42: refuses keys that cannot verify, rather than leave them out", () => {
    expect(() => change({ jwks: { keys: [key.jwk, { ...key.jwk, use: "enc" }] } })).toThrow(invalid);
  });
});
