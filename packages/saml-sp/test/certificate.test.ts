import { X509Certificate } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCertificates, readSigningKey } from "../src/certificate.ts";
import { isSamlError } from "../src/errors.ts";
import { fixture, KEYS } from "./vectors/keys.ts";

const pem = KEYS.idpA.certificate;
const x509 = new X509Certificate(pem);
const base64 = x509.raw.toString("base64");
const root = fixture("chain-root.cert");
const leaf = fixture("chain-leaf.cert");

function codeOf(read: () => unknown): string {
  try {
    read();
    return "accepted";
  } catch (error) {
    if (isSamlError(error)) return error.code;
    throw error;
  }
}

function pemBlock(label: string, content: string): string {
  return `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;
}

describe("readCertificates", () => {
  it.each<readonly [string, string | Uint8Array]>([
    ["PEM", pem],
    ["PEM bytes", Buffer.from(pem)],
    ["PEM with CRLF", pem.replaceAll("\n", "\r\n")],
    ["PEM with a byte order mark", `\uFEFF${pem}`],
    ["PEM with text around", `subject=CN = x\n${pem}\nissuer=CN = x\n`],
    ["PEM on one line", pemBlock("CERTIFICATE", base64)],
    ["DER", new Uint8Array(x509.raw)],
    ["base64", base64],
    ["base64 bytes", Buffer.from(base64)],
    ["wrapped base64 with CRLF", base64.replace(/(.{64})/g, "$1\r\n")],
    ["base64 indented as in metadata", `\n    ${base64.replace(/(.{64})/g, "$1\n    ")}\n`],
    ["the same certificate twice", pem + pem],
  ])("R84: reads %s", (_, input) => {
    expect(readCertificates(input)).toEqual([
      {
        pem: x509.toString(),
        subject: "CN=Test IdP A",
        fingerprint: x509.fingerprint256,
        notBefore: new Date(x509.validFrom),
        notAfter: new Date(x509.validTo),
      },
    ]);
  });

  it("R84: reads out the expiry as a date, and the fingerprint as providers show it", () => {
    const [certificate] = readCertificates(pem);
    expect(certificate?.notAfter.getUTCFullYear()).toBeGreaterThan(2100);
    expect(certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  it("R85: reads several, as in a rollover, in their order", () => {
    const both = readCertificates(pem + KEYS.ec.certificate).map(({ subject }) => subject);
    expect(both).toEqual(["CN=Test IdP A", "CN=Test IdP EC"]);
    const der = Buffer.concat([x509.raw, new X509Certificate(KEYS.idpB.certificate).raw]);
    expect(readCertificates(der).map(({ subject }) => subject)).toEqual(["CN=Test IdP A", "CN=Test IdP B"]);
  });

  it.each([
    ["leaf first", leaf + root],
    ["root first", root + leaf],
  ])("R84: of a chain takes the certificate that signs responses, not its issuer (%s)", (_, chain) => {
    expect(readCertificates(chain).map(({ subject }) => subject)).toEqual(["CN=Test leaf"]);
  });

  it("R85: takes a self-signed certificate beside one that an authority issued", () => {
    expect(readCertificates(pem + leaf).map(({ subject }) => subject)).toEqual(["CN=Test IdP A", "CN=Test leaf"]);
  });

  it("takes an issuer that comes alone", () => {
    expect(readCertificates(root).map(({ subject }) => subject)).toEqual(["CN=Test root"]);
  });

  it.each([
    ["a private key", KEYS.idpA.privatePem],
    ["a private key behind a certificate", pem + KEYS.idpA.privatePem],
    ["a private key before a certificate", KEYS.idpA.privatePem + pem],
    ["a truncated private key", KEYS.idpA.privatePem.slice(0, 200)],
    ["an encrypted private key", pemBlock("ENCRYPTED PRIVATE KEY", "AAAA")],
    ["an RSA private key", pemBlock("RSA PRIVATE KEY", "AAAA")],
    ["PKCS #8, DER", KEYS.idpA.privateKey.export({ type: "pkcs8", format: "der" })],
    ["PKCS #1, DER", KEYS.idpA.privateKey.export({ type: "pkcs1", format: "der" })],
    ["SEC 1, DER", KEYS.ec.privateKey.export({ type: "sec1", format: "der" })],
    ["PKCS #8, base64", KEYS.idpA.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64")],
  ])("R84: refuses %s", (_, input) => {
    expect(codeOf(() => readCertificates(input))).toBe("private_key_refused");
  });

  it.each<readonly [string, string | Uint8Array]>([
    ["nothing", ""],
    ["no bytes", new Uint8Array()],
    ["white space", " \r\n"],
    ["words", "not a certificate"],
    ["other base64", "AAAA"],
    ["a truncated certificate", x509.raw.subarray(0, 200)],
    ["a certificate and then something", Buffer.concat([x509.raw, Buffer.from("x")])],
    ["other bytes and then PEM", Buffer.concat([Buffer.from([0x30, 0x03, 0x02, 0x01, 0x01, 0x0a]), Buffer.from(pem)])],
    ["a block without an end", "-----BEGIN CERTIFICATE-----\nAAAA"],
    ["a block without a label's end", "-----BEGIN CERTIFICATE"],
    ["a public key", pemBlock("PUBLIC KEY", "AAAA")],
    ["a certificate and a request", pem + pemBlock("CERTIFICATE REQUEST", "AAAA")],
    ["a very large file", `${pem}${" ".repeat(70_000)}`],
    ["an HTML page", "<!doctype html><title>Sign in</title>"],
  ])("R84: refuses %s, and says what to do", (_, input) => {
    const read = () => readCertificates(input);
    expect(codeOf(read)).toBe("certificate_invalid");
    expect(read).toThrow(expect.objectContaining({ hint: expect.stringContaining("Download") }));
  });

  it("refuses more certificates than anybody has, as each is compared with each", () => {
    const variant = (byte: number) => Buffer.from(x509.raw).fill(byte, x509.raw.length - 1);
    const several = (count: number) => Buffer.concat(Array.from({ length: count }, (_, index) => variant(index)));
    expect(readCertificates(several(16))).toHaveLength(16);
    expect(codeOf(() => readCertificates(several(17)))).toBe("certificate_invalid");
  });

  it.each([
    ["A13: RSA of 1024 bits", KEYS.weak.certificate],
    ["Ed25519", fixture("ed.cert")],
  ])("refuses %s", (_, certificate) => {
    expect(codeOf(() => readCertificates(certificate))).toBe("certificate_key_unsupported");
  });

  it("never throws anything else, whatever comes", () => {
    const damaged = fc
      .tuple(fc.nat(x509.raw.length - 1), fc.integer({ min: 0, max: 255 }))
      .map(([at, byte]) => Buffer.from(x509.raw).fill(byte, at, at + 1));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array(), fc.string()), (input) => {
        codeOf(() => readCertificates(input));
      }),
      { seed: 84, numRuns: 1_000 },
    );
  });
});

describe("readSigningKey", () => {
  it("reads the key and its end", () => {
    const { key, notAfter } = readSigningKey(pem);
    expect(key.asymmetricKeyType).toBe("rsa");
    expect(notAfter).toEqual(new Date(x509.validTo));
  });

  it("refuses several certificates in one entry, of which only the first would count", () => {
    expect(codeOf(() => readSigningKey(pem + KEYS.attacker.certificate))).toBe("certificate_invalid");
    expect(codeOf(() => readSigningKey(""))).toBe("certificate_invalid");
  });
});
