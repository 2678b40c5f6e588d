/**
 * How the browser carries a message of ours to the identity provider (SAML Bindings §3.4, §3.5), signed as each binding
 * has it: over the query, or within the document.
 *
 * @module
 */
import { deflateRawSync } from "node:zlib";
import { type EnvelopedSigner, signElement } from "./enveloped-signature.ts";
import { writeXml, type XmlElement } from "./xml-writer.ts";

/** The parameter that a message travels in: questions and answers have different ones. */
export type MessageName = "SAMLRequest" | "SAMLResponse";

/** A redirect, or a form that posts itself. */
export type OutgoingMessage<Name extends MessageName> =
  | { readonly binding: "redirect"; readonly url: string }
  | {
      readonly binding: "post";
      readonly action: string;
      readonly fields: { readonly [Field in Name]: string } & { readonly RelayState?: string };
    };

export interface Sending<Name extends MessageName> {
  readonly name: Name;
  readonly document: XmlElement;
  readonly binding: "redirect" | "post";
  readonly to: URL;
  readonly relayState: string | undefined;
  /** Unsigned without one. */
  readonly signer: EnvelopedSigner | undefined;
}

/** SAML Bindings §3.4.3 and §3.5.3. */
const MAX_RELAY_STATE_BYTES = 80;

/**
 * A RelayState that begins here. One that is sent back goes as it came, whatever its length.
 *
 * @throws {TypeError} for one of more than 80 bytes
 */
export function ownRelayState(relayState: string | undefined): string | undefined {
  if (Buffer.byteLength(relayState ?? "") <= MAX_RELAY_STATE_BYTES) return relayState;
  throw new TypeError(
    `A RelayState has at most ${MAX_RELAY_STATE_BYTES} bytes: send a handle, and keep what it stands for.`,
  );
}

export function sendMessage<Name extends MessageName>(sending: Sending<Name>): OutgoingMessage<Name> {
  return sending.binding === "post" ? form(sending) : redirect(sending);
}

function form<Name extends MessageName>(sending: Sending<Name>): OutgoingMessage<Name> {
  const { name, document, to, relayState, signer } = sending;
  const xml = writeXml(signer === undefined ? document : signElement(document, signer));
  const message = { [name]: Buffer.from(xml).toString("base64") } as { readonly [Field in Name]: string };
  return {
    binding: "post",
    action: to.href,
    fields: relayState === undefined ? message : { ...message, RelayState: relayState },
  };
}

/** SAML Bindings §3.4.4.1: the signature is over the very octets that are sent, in this order. */
function redirect<Name extends MessageName>({
  name,
  document,
  to,
  relayState,
  signer,
}: Sending<Name>): OutgoingMessage<Name> {
  const parameters = new URLSearchParams({ [name]: deflateRawSync(writeXml(document)).toString("base64") });
  if (relayState !== undefined) parameters.set("RelayState", relayState);
  if (signer !== undefined) {
    parameters.set("SigAlg", signer.algorithm);
    parameters.set("Signature", signer.sign(parameters.toString()));
  }
  const url = new URL(to);
  // Google's address has a query of its own, which must survive as it is.
  url.search = `${to.search}${to.search === "" ? "?" : "&"}${parameters}`;
  url.hash = "";
  return { binding: "redirect", url: url.href };
}
