/**
 * Schemas and resource types as data (RFC 7643 §6, §7): everything else in this package is driven by them.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import type { Urn } from "./urn.ts";

export interface Schema {
  readonly id: Urn;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

export interface SchemaExtension {
  readonly schema: Schema;
  /** Whether a resource of the type must carry it (RFC 7643 §6). */
  readonly required: boolean;
}

export interface ResourceType {
  /** For example `User`: also the value of `meta.resourceType`. */
  readonly name: string;
  readonly description: string;
  /** Below the SCIM base URL, for example `/Users`. */
  readonly endpoint: string;
  readonly schema: Schema;
  readonly extensions: readonly SchemaExtension[];
}
