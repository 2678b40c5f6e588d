/**
 * A certificate as XML Signature carries it (XML Signature §4.5.4). Written only: what others send of this kind is never
 * looked at.
 *
 * @module
 */
import { element, type XmlElement } from "./xml-writer.ts";

/** @param certificate PEM */
export function keyInfo(certificate: string): XmlElement {
  const base64 = certificate.replace(/-----[^-]+-----|\s/g, "");
  return element("ds:KeyInfo", {}, element("ds:X509Data", {}, element("ds:X509Certificate", {}, base64)));
}
