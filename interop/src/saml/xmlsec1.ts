/**
 * The command `xmlsec1`: signs, verifies and encrypts documents with the XML stack of the C world.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandResult, lastWords, runCommand } from "../command.ts";
import { InteropError } from "../errors.ts";

/** PEM. */
interface Keys {
  readonly privateKey: string;
  readonly certificate: string;
}

const PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

/** Elements whose `ID` a signature may refer to; without a DTD the command has to be told. */
const IDS = [
  `${ASSERTION}:Assertion`,
  "urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor",
  ...["Response", "AuthnRequest", "LogoutRequest", "LogoutResponse"].map((name) => `${PROTOCOL}:${name}`),
].flatMap((name) => ["--id-attr:ID", name]);

/** @throws {InteropError} `missing` without the command */
export async function requireXmlsec1(): Promise<void> {
  const result = await runCommand("xmlsec1", ["--version"]).catch(() => undefined);
  if (result?.exitCode === 0) return;
  const where = "Install it as the package xmlsec1 (Debian, Ubuntu, Alpine) or libxmlsec1 (Homebrew)";
  throw new InteropError("missing", `xmlsec1 is not on the PATH. ${where} and try again.`);
}

/**
 * @param template the document with an empty signature
 * @param target the local name of what is signed
 */
export function signDocument(template: string, target: string, keys: Keys): Promise<string> {
  return inFolder({ "in.xml": template, "key.pem": keys.privateKey, "crt.pem": keys.certificate }, async (folder) => {
    const signature = ["--node-xpath", `//*[local-name()='${target}']/*[local-name()='Signature']`];
    await run(folder, ["--sign", ...IDS, "--privkey-pem", "key.pem,crt.pem", ...signature, "in.xml"]);
    return readFileSync(join(folder, "out.xml"), "utf8");
  });
}

/**
 * @param template of the `EncryptedData` that takes the assertion's place
 * @param sessionKey for example `aes-256`
 */
export function encryptAssertion(
  xml: string,
  template: string,
  sessionKey: string,
  certificate: string,
): Promise<string> {
  return inFolder({ "in.xml": xml, "template.xml": template, "crt.pem": certificate }, async (folder) => {
    const target = ["--xml-data", "in.xml", "--node-name", `${ASSERTION}:Assertion`];
    await run(folder, [
      ...["--encrypt", "--pubkey-cert-pem", "crt.pem", "--session-key", sessionKey],
      ...target,
      "template.xml",
    ]);
    return readFileSync(join(folder, "out.xml"), "utf8");
  });
}

/** Whether the signature of a document is its sender's. */
export function verifies(xml: string, certificate: string): Promise<boolean> {
  return inFolder({ "in.xml": xml, "crt.pem": certificate }, async (folder) => {
    const args = ["--verify", ...IDS, "--pubkey-cert-pem", "crt.pem", "in.xml"];
    return (await runCommand("xmlsec1", args, { cwd: folder })).exitCode === 0;
  });
}

async function run(folder: string, args: readonly string[]): Promise<CommandResult> {
  const [command = "", ...rest] = args;
  const result = await runCommand("xmlsec1", [command, "--output", "out.xml", ...rest], { cwd: folder });
  if (result.exitCode === 0) return result;
  throw new Error(`xmlsec1 ${command} failed.\n${lastWords(result)}`);
}

async function inFolder<Result>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "muster-xmlsec1-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
