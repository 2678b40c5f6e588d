/**
 * X.509 certificates as admins have them: PEM, DER or bare base64, one or several (domain rule R84). A certificate is a
 * container for a pinned key: no chain is built and no authority is trusted (SAML Metadata Interoperability §2.6).
 *
 * @module
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { SamlError } from "./errors.ts";

/** One certificate whose key may sign responses. */
export interface Certificate {
  readonly pem: string;
  /** One attribute per line, as OpenSSL writes it: `CN=idp.example`. */
  readonly subject: string;
  /** SHA-256, upper-case hex, by colons: what identity providers show next to their download link. */
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** The key of a certificate, and what the certificate says of it. */
export interface SigningKey extends Pick<Certificate, "fingerprint" | "notAfter"> {
  readonly key: KeyObject;
}

const MAX_BYTES = 65_536;
const MAX_CERTIFICATES = 16;
const MIN_RSA_BITS = 2048;
const CURVES: ReadonlySet<string | undefined> = new Set(["prime256v1", "secp384r1", "secp521r1"]);

/**
 * Every certificate of a file or of a text field. Of a chain the issuers are left out: their keys sign certificates,
 * not responses.
 *
 * @param input PEM, DER, or base64 without boundaries; line ends and text between PEM blocks do not matter
 * @throws {SamlError} `private_key_refused`, `certificate_invalid`, `certificate_key_unsupported`
 * @example
 * const certificates = readCertificates(await file.bytes());
 * const settings = { certificates: certificates.map(({ pem }) => pem) };
 */
export function readCertificates(input: string | Uint8Array): readonly Certificate[] {
  if (input.length > MAX_BYTES) throw invalid(`The file is larger than ${MAX_BYTES} bytes.`);
  const unique = new Map(readAll(input).map((certificate) => [certificate.fingerprint256, certificate]));
  if (unique.size > MAX_CERTIFICATES) throw invalid(`The file holds more than ${MAX_CERTIFICATES} certificates.`);
  return withoutIssuers([...unique.values()]).map(describe);
}

/**
 * The key of one configured certificate.
 *
 * @param pem as `readCertificates` returned it
 * @throws {SamlError} as `readCertificates`
 */
export function readSigningKey(pem: string): SigningKey {
  const [certificate, ...more] = readAll(pem);
  if (certificate === undefined || more.length > 0) throw invalid("Each entry must hold one certificate.");
  const { fingerprint, notAfter } = describe(certificate);
  return { key: supportedKey(certificate), fingerprint, notAfter };
}

function readAll(input: string | Uint8Array): readonly X509Certificate[] {
  if (typeof input !== "string" && input[0] === DER_SEQUENCE) return readDer(Buffer.from(input));
  const text = typeof input === "string" ? input : Buffer.from(input).toString("utf8");
  return text.includes("-----BEGIN ") ? readPem(text) : readDer(decodeBase64(text));
}

const DER_SEQUENCE = 0x30;

function readPem(text: string): readonly X509Certificate[] {
  const blocks = text.split("-----BEGIN ").slice(1).map(readBlock);
  // A key anywhere in the file is one too many, whatever else is there.
  if (blocks.some(({ label }) => label.endsWith("PRIVATE KEY"))) throw privateKeyRefused();
  return blocks.flatMap(({ label, base64 }) => {
    if (label !== "CERTIFICATE") throw invalid("The file holds something else than certificates.");
    return readDer(decodeBase64(base64));
  });
}

/** RFC 7468 §3; the text is what follows the words of the first boundary. */
function readBlock(text: string): { readonly label: string; readonly base64: string } {
  const labelEnd = text.indexOf("-----");
  const label = text.slice(0, Math.max(labelEnd, 0));
  const end = text.indexOf(`-----END ${label}-----`, labelEnd);
  if (label.endsWith("PRIVATE KEY")) return { label, base64: "" };
  if (labelEnd < 0 || end < 0) throw invalid("A PEM block is incomplete.");
  return { label, base64: text.slice(labelEnd + "-----".length, end) };
}

function decodeBase64(text: string): Buffer {
  const base64 = text.replace(/[\s\uFEFF]+/g, "");
  if (base64 === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw invalid("The text is not base64.");
  return Buffer.from(base64, "base64");
}

/** One certificate after the other, without a gap. */
function readDer(der: Buffer): readonly X509Certificate[] {
  const certificates: X509Certificate[] = [];
  for (let rest = der; rest.length > 0; ) {
    const certificate = parseDer(rest);
    certificates.push(certificate);
    rest = rest.subarray(certificate.raw.length);
  }
  return certificates;
}

function parseDer(der: Buffer): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (cause) {
    if (isPrivateKey(der)) throw privateKeyRefused();
    throw invalid("The data is no X.509 certificate.", cause);
  }
}

function isPrivateKey(der: Buffer): boolean {
  return (["pkcs8", "pkcs1", "sec1"] as const).some((type) => {
    try {
      return createPrivateKey({ key: der, format: "der", type }).type === "private";
    } catch {
      return false;
    }
  });
}

/** Another key's certificate that this one's key has signed makes this one an issuer; a renewed one shares the key. */
function withoutIssuers(certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  const keys = new Map(certificates.map((certificate) => [certificate, supportedKey(certificate)]));
  const isIssuer = (key: KeyObject) => [...keys].some(([other, own]) => !own.equals(key) && other.verify(key));
  const leaves = [...keys].filter(([, key]) => !isIssuer(key)).map(([certificate]) => certificate);
  // Two authorities that certify each other leave nobody: then both were meant.
  return leaves.length > 0 ? leaves : certificates;
}

function describe(certificate: X509Certificate): Certificate {
  const { subject, fingerprint256, validFrom, validTo } = certificate;
  const [notBefore, notAfter] = [new Date(validFrom), new Date(validTo)];
  if (Number.isNaN(notBefore.getTime() + notAfter.getTime()))
    throw invalid("The certificate's validity is unreadable.");
  return { pem: certificate.toString(), subject, fingerprint: fingerprint256, notBefore, notAfter };
}

/** NIST SP 800-131A: shorter RSA keys are within reach of an attacker. */
function supportedKey(certificate: X509Certificate): KeyObject {
  const key = publicKey(certificate);
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa" && (modulusLength ?? 0) >= MIN_RSA_BITS) return key;
  if (key.asymmetricKeyType === "ec" && CURVES.has(namedCurve)) return key;
  throw new SamlError(
    "certificate_key_unsupported",
    `The certificate's key must be RSA, ${MIN_RSA_BITS} bits or more, or EC.`,
    {
      hint: "Create a signing certificate with a 2048-bit RSA key at the identity provider.",
      details: { keyType: key.asymmetricKeyType ?? "unknown", bits: modulusLength ?? 0, curve: namedCurve ?? "" },
    },
  );
}

function publicKey(certificate: X509Certificate): KeyObject {
  try {
    return certificate.publicKey;
  } catch (cause) {
    throw invalid("The certificate's key is unreadable.", cause);
  }
}

function invalid(message: string, cause?: unknown): SamlError {
  return new SamlError("certificate_invalid", message, {
    hint: "Download the signing certificate from the identity provider as Base64 or DER, and upload that file unchanged.",
    cause,
  });
}

function privateKeyRefused(): SamlError {
  return new SamlError("private_key_refused", "The file holds a private key. Upload the certificate only.", {
    hint: "A private key that has left the identity provider should be replaced there.",
  });
}
