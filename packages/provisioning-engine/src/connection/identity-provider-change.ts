/**
 * What an admin says about an identity provider, merged with what is configured: metadata first, single values over it.
 *
 * @module
 */
import { isSamlError, readCertificates, readIdentityProviderMetadata } from "@muster/saml-sp";
import type { IdentityProviderChange } from "../admin/admin.ts";
import { ProvisioningError } from "../errors.ts";
import type { IdentityProviderConfig } from "../ports/index.ts";

const DEFAULT_ATTRIBUTE_NAMES = { email: "email", name: "name" };
const MOST_CERTIFICATES = 10;

/**
 * @param current what is configured, or null
 * @param now metadata and its validity are judged by it
 * @throws {ProvisioningError} `invalid_request` when something cannot be read, or is missing in the end (R83)
 */
export function changeIdentityProvider(
  current: IdentityProviderConfig | null,
  change: IdentityProviderChange,
  now: Date,
): IdentityProviderConfig {
  return readable(() => {
    const merged = { ...current, ...fromMetadata(change.metadata, now), ...fromValues(change) };
    const { entityId, ssoUrl, ssoBinding = "redirect", certificates = [] } = merged;
    if (entityId === undefined || ssoUrl === undefined || certificates.length === 0) throw incomplete(merged);
    if (certificates.length > MOST_CERTIFICATES) throw invalid(`Expected at most ${MOST_CERTIFICATES} certificates.`);
    return { entityId, ssoUrl, ssoBinding, certificates, attributeNames: attributeNames(current, change) };
  });
}

type Endpoint = Partial<Omit<IdentityProviderConfig, "attributeNames">>;

function fromMetadata(metadata: string | undefined, now: Date): Endpoint {
  if (metadata === undefined) return {};
  const { entityId, ssoUrl, ssoBinding, certificates } = readIdentityProviderMetadata(metadata, { now });
  return { entityId, ssoUrl, ssoBinding, certificates };
}

function fromValues({ entityId, ssoUrl, certificates }: IdentityProviderChange): Endpoint {
  return {
    ...(entityId === undefined ? {} : { entityId }),
    // Typed by hand, an address comes without its binding: nearly every provider takes a redirect.
    ...(ssoUrl === undefined ? {} : { ssoUrl: webAddress(ssoUrl), ssoBinding: "redirect" }),
    ...(certificates === undefined ? {} : { certificates: readPem(certificates) }),
  };
}

/** One PEM per certificate, each once, whatever form they came in (R84). */
function readPem(inputs: readonly string[]): readonly string[] {
  const certificates = inputs.flatMap((input) => readCertificates(input));
  return [...new Set(certificates.map(({ pem }) => pem))];
}

function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === undefined || !isWeb || url.username !== "" || url.password !== "") {
    throw invalid("idp.ssoUrl: Expected an address that begins with https://.");
  }
  return text;
}

function attributeNames(
  current: IdentityProviderConfig | null,
  change: IdentityProviderChange,
): IdentityProviderConfig["attributeNames"] {
  const before = current?.attributeNames ?? DEFAULT_ATTRIBUTE_NAMES;
  const { email = before.email, name = before.name } = change.attributeNames ?? {};
  return { email, name };
}

function incomplete({ entityId, ssoUrl, certificates = [] }: Endpoint): ProvisioningError {
  const missing = [
    ...(entityId === undefined ? ["entityId"] : []),
    ...(ssoUrl === undefined ? ["ssoUrl"] : []),
    ...(certificates.length === 0 ? ["certificates"] : []),
  ];
  return invalid(`The identity provider lacks ${missing.join(", ")}.`, {
    hint: "Give its metadata, or entityId, ssoUrl and certificates.",
    facts: { missing },
  });
}

/** What the SAML core refuses to read is a mistake in the request. */
function readable<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!isSamlError(error)) throw error;
    const { message, hint, code } = error;
    throw invalid(`idp: ${message}`, {
      ...(hint === undefined ? {} : { hint }),
      facts: { reason: code },
      cause: error,
    });
  }
}

function invalid(message: string, options: ConstructorParameters<typeof ProvisioningError>[2] = {}): ProvisioningError {
  return new ProvisioningError("invalid_request", message, options);
}
