import { createRequire } from "node:module";
import { DOMParser } from "@xmldom/xmldom";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SignedXml } from "xml-crypto";
import { readAssertion } from "../src/assertion.ts";
import { createKeyCache } from "../src/key-cache.ts";
import { verifySignature } from "../src/signature.ts";
import { signingKeys } from "../src/signing-keys.ts";
import { childrenNamed, type Element, parseXml } from "../src/xml.ts";
import { KEYS } from "./vectors/keys.ts";
import { NOW } from "./vectors/response-builder.ts";
import { connection, outcomeOf } from "./vectors/run-vector.ts";
import { signOwn } from "./vectors/sign.ts";
import { take } from "./vectors/tag-index.ts";
import { openWorkshop } from "./vectors/vector.ts";

const { signed } = openWorkshop({ base: "BS", flow: "sp-initiated", signer: "own" });
const trust = {
  keys: signingKeys([KEYS.idpA.certificate], createKeyCache()),
  now: NOW,
  acceptSha1: false,
  acceptExpiredCertificates: false,
};

function signatureOf(parent: Element): Element {
  const [signature] = childrenNamed(parent, "http://www.w3.org/2000/09/xmldsig#", "Signature");
  if (signature === undefined) throw new TypeError("no signature");
  return signature;
}

describe("verifySignature", () => {
  it("R10: returns what was signed, in a document of its own", () => {
    const root = parseXml(signed());
    const verified = verifySignature(root, signatureOf(root), trust);
    expect(verified.ownerDocument).not.toBe(root.ownerDocument);
    expect(verified.tagName).toBe("samlp:Response");
    expect(childrenNamed(verified, "http://www.w3.org/2000/09/xmldsig#", "Signature")).toHaveLength(0);
  });

  it("R8: of two signatures the outer one is verified with the inner one in place, and the inner one after it", () => {
    const root = parseXml(signed());
    const [assertion] = childrenNamed(root, "urn:oasis:names:tc:SAML:2.0:assertion", "Assertion");
    if (assertion === undefined) throw new TypeError("no assertion");
    const inner = signatureOf(assertion);
    const verified = verifySignature(root, signatureOf(root), trust);
    expect(verified.toString()).toContain("<ds:Signature");
    expect(verifySignature(assertion, inner, trust).tagName).toBe("saml:Assertion");
  });

  it("R10: a reader of claims takes nothing that the verifier did not return", () => {
    const decryption = { keys: () => [], acceptUnsignedCbc: false };
    // @ts-expect-error an element that only was parsed
    const read = () => readAssertion(parseXml(take(signed(), "Assertion")), decryption);
    expect(read).toBeTypeOf("function");
  });

  it("R8: orders namespaces by code point, whatever the locale of the process", () => {
    const attributes = '<saml:Attribute xmlns:Z="urn:z" xmlns:a="urn:a" Z:x="1" a:x="2" Name="n"></saml:Attribute>';
    const { build } = openWorkshop({ base: "AS", flow: "sp-initiated", signer: "own" });
    const root = parseXml(signOwn(build({ attributesXml: attributes }), "_response"));
    expect(verifySignature(root, signatureOf(root), trust).toString()).toContain('xmlns:Z="urn:z" xmlns:a="urn:a"');
  });

  it("R8: a void canonical form is refused, as its digest is a constant", async () => {
    const { ExclusiveCanonicalization } = await import("xml-crypto");
    const process = vi.spyOn(ExclusiveCanonicalization.prototype, "process");
    const root = parseXml(signed());
    for (const output of ["", "<other/>", undefined as never]) {
      process.mockReturnValue(output);
      expect(() => verifySignature(root, signatureOf(root), trust)).toThrow(
        expect.objectContaining({ code: "canonicalization_failed" }),
      );
    }
    process.mockImplementation(() => {
      throw new RangeError("Maximum call stack size exceeded");
    });
    expect(() => verifySignature(root, signatureOf(root), trust)).toThrow(
      expect.objectContaining({ code: "canonicalization_failed" }),
    );
  });

  afterEach(() => void vi.restoreAllMocks());
});

describe("the library behind", () => {
  const library = createRequire(import.meta.resolve("xml-crypto"));
  const otherParser = library("@xmldom/xmldom").DOMParser.prototype;
  const xpath: Readonly<Record<string, unknown>> = library("xpath");
  /** Its functions; what begins with a capital letter are classes that these make. */
  const searches = Object.keys(xpath).filter((name) => /^[a-z]/.test(name) && typeof xpath[name] === "function");

  function spies() {
    const parse = vi.spyOn(otherParser, "parseFromString");
    return { parse, searches: searches.map((name) => vi.spyOn(xpath as Record<string, () => void>, name)) };
  }

  afterEach(() => void vi.restoreAllMocks());

  it("3.3: neither its parser nor XPath runs when a response is validated", async () => {
    const called = spies();
    for (const base of ["AS", "RS", "BS"] as const) {
      const workshop = openWorkshop({ base, flow: "sp-initiated", signer: "own" });
      for (const honest of [workshop.signed(), workshop.encrypted()]) {
        expect(await outcomeOf(honest, connection("sp-initiated"))).toHaveProperty("claims");
        expect(await outcomeOf(honest.replaceAll("_request", "_other"), connection("sp-initiated"))).toHaveProperty(
          "error",
        );
      }
    }
    for (const spy of [called.parse, ...called.searches]) expect(spy).not.toHaveBeenCalled();
  });

  it("3.3: both run in xml-crypto's own verification, so the spies see what they should", () => {
    const called = spies();
    const verifier = new SignedXml({ publicCert: KEYS.idpA.certificate });
    verifier.loadSignature(take(signed(), "Signature"));
    expect(verifier.checkSignature(signed())).toBe(true);
    expect(called.parse).toHaveBeenCalled();
    expect(called.searches.some((spy) => spy.mock.calls.length > 0)).toBe(true);
  });

  it.each([
    ["AS", 2],
    ["RS", 2],
    ["BS", 3],
  ] as const)("R10: %s: the document is parsed once, and once more what each signature covers", async (base, times) => {
    const honest = openWorkshop({ base, flow: "sp-initiated", signer: "own" }).signed();
    const parse = vi.spyOn(DOMParser.prototype, "parseFromString");
    expect(await outcomeOf(honest, connection("sp-initiated"))).toHaveProperty("claims");
    expect(parse).toHaveBeenCalledTimes(times);
  });
});
