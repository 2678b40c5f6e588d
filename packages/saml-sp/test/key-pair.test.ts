import { describe, expect, it } from "vitest";
import { isSamlError } from "../src/errors.ts";
import { readKeyPair } from "../src/key-pair.ts";
import { fixture, KEYS } from "./vectors/keys.ts";

const { privatePem: privateKey, certificate } = KEYS.sp1;

describe("readKeyPair", () => {
  it("R11: takes RSA and EC keys with their certificates", () => {
    expect(readKeyPair({ privateKey, certificate }).asymmetricKeyType).toBe("rsa");
    const { privatePem, certificate: ec } = KEYS.ec;
    expect(readKeyPair({ privateKey: privatePem, certificate: ec }).asymmetricKeyType).toBe("ec");
  });

  it.each([
    ["a certificate of another key", { privateKey, certificate: KEYS.sp2.certificate }],
    ["a certificate instead of a key", { privateKey: certificate, certificate }],
    ["a key instead of a certificate", { privateKey, certificate: privateKey }],
    ["a short key", { privateKey: KEYS.weak.privatePem, certificate: KEYS.weak.certificate }],
    ["a key of a kind that signs nothing here", { privateKey: fixture("ed.key"), certificate: fixture("ed.cert") }],
    ["nothing", { privateKey: "", certificate: "" }],
  ])("R11: refuses %s, and tells nothing of the key", (_, pair) => {
    const error = errorOf(() => readKeyPair(pair));
    expect(isSamlError(error) && error.code).toBe("key_pair_invalid");
    expect(String(error)).not.toContain("-----");
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
