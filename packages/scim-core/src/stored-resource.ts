/**
 * A resource between the protocol and whoever keeps it.
 *
 * @module
 */
import type { Attributes } from "./value.ts";

/** A stored resource as a backend hands it out. `schemas`, `meta.location` and `meta.resourceType` are derived. */
export interface Resource {
  readonly id: string;
  /** Canonical names, schema-valid values, extension objects under their URN. Neither `id`, `schemas` nor `meta`. */
  readonly attributes: Attributes;
  /** RFC 3339, UTC. */
  readonly created: string;
  readonly lastModified: string;
  /** Opaque; becomes the weak ETag `W/"<version>"` and `meta.version` (RFC 7644 §3.14). */
  readonly version: string;
}
