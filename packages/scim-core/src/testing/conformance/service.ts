/**
 * What a service says about itself (RFC 7644 §4), read once before the cases.
 *
 * @module
 */
import { ENTERPRISE_USER_URN, USER_URN } from "../../urn.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Answer, Send } from "./client.ts";
import { ConformanceError } from "./errors.ts";

/** What discovery cannot tell, in the words of the host. */
export interface ConformanceFeatures {
  /** False for a service that takes only what the RFCs describe; the shapes of Entra and Okta are tried otherwise. */
  readonly dialects?: boolean | undefined;
  /** A second tenant of the same service: with it the kit proves that the two are apart. */
  readonly otherTenant?: { readonly baseUrl: string; readonly token: string } | undefined;
}

export interface Service {
  readonly config: JsonObject;
  readonly features: ConformanceFeatures;
  /** Undefined when they cannot be read: then everything of RFC 7643 is expected, and a case of discovery fails. */
  readonly schemas: readonly JsonObject[] | undefined;
  readonly resourceTypes: readonly JsonObject[] | undefined;
}

/** @throws {ConformanceError} `unreachable`, `token_refused`, `not_scim` */
export async function readService(send: Send, features: ConformanceFeatures): Promise<Service> {
  const config = await send({ method: "GET", path: "/ServiceProviderConfig" });
  refuseStranger(config);
  const schemas = resourcesOf(await send({ method: "GET", path: "/Schemas" }));
  const resourceTypes = resourcesOf(await send({ method: "GET", path: "/ResourceTypes" }));
  return { config: config.body, features, schemas, resourceTypes };
}

function refuseStranger({ call, status, body }: Answer): void {
  if (status === 401 || status === 403) {
    throw new ConformanceError("token_refused", `${call} answered ${status}: the token is wrong, expired or revoked.`);
  }
  if (status !== 200 || !["patch", "filter", "bulk"].some((name) => isJsonObject(body[name]))) {
    const hint = "Give the SCIM base URL, the one to which /Users is added.";
    throw new ConformanceError(
      "not_scim",
      `${call} answered ${status}, without a service provider configuration. ${hint}`,
    );
  }
}

/** The resources of a list; undefined when there is no list. */
export function resourcesOf({ status, body }: Answer): readonly JsonObject[] | undefined {
  const { Resources: resources } = body;
  return status === 200 && Array.isArray(resources) ? resources.filter(isJsonObject) : undefined;
}

/** Whether the configuration says that it can. */
export function isSupported({ config }: Service, name: string): boolean {
  const part = config[name];
  return isJsonObject(part) && part.supported === true;
}

/** A number of the configuration, such as `bulk.maxOperations`; undefined when it names none. */
export function configuredNumber({ config }: Service, part: string, name: string): number | undefined {
  const object = config[part];
  const value = isJsonObject(object) ? object[name] : undefined;
  return typeof value === "number" ? value : undefined;
}

/** The attributes that a schema advertises; undefined when it is not advertised. */
export function attributesOf({ schemas }: Service, urn: string): readonly JsonObject[] | undefined {
  const schema = schemas?.find(({ id }) => sameText(id, urn));
  return Array.isArray(schema?.attributes) ? schema.attributes.filter(isJsonObject) : undefined;
}

export function subAttributesOf(attribute: JsonObject): readonly JsonObject[] {
  return Array.isArray(attribute.subAttributes) ? attribute.subAttributes.filter(isJsonObject) : [];
}

export function named(attributes: readonly JsonObject[], name: string): JsonObject | undefined {
  return attributes.find((attribute) => sameText(attribute.name, name));
}

/** A writable attribute of that type in an extension of the host's own on User. */
export function extensionAttribute(service: Service, type: string): { urn: string; name: string } | undefined {
  for (const urn of extensionsOfUser(service)) {
    const found = (attributesOf(service, urn) ?? []).find(
      (attribute) => attribute.type === type && attribute.multiValued !== true && attribute.mutability === "readWrite",
    );
    if (typeof found?.name === "string") return { urn, name: found.name };
  }
  return undefined;
}

/** The extensions that the resource type User names, without the standard's own. */
function extensionsOfUser({ resourceTypes }: Service): readonly string[] {
  const user = resourceTypes?.find(({ schema }) => sameText(schema, USER_URN));
  const extensions = Array.isArray(user?.schemaExtensions) ? user.schemaExtensions.filter(isJsonObject) : [];
  return extensions
    .map(({ schema }) => schema)
    .filter((urn) => typeof urn === "string" && !sameText(urn, ENTERPRISE_USER_URN))
    .map(String);
}

export function sameText(a: unknown, b: string): boolean {
  return typeof a === "string" && a.toLowerCase() === b.toLowerCase();
}
