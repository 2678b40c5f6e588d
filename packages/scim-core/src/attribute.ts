/**
 * Attribute definitions as data (RFC 7643 §7). Names are ASCII and unique without case within their schema.
 *
 * @module
 */

/** RFC 7643 §2.3. */
export type AttributeType =
  | "string"
  | "boolean"
  | "decimal"
  | "integer"
  | "dateTime"
  | "binary"
  | "reference"
  | "complex";

/** One attribute with all its characteristics (RFC 7643 §2.2); none is implied at run time. */
export interface Attribute {
  readonly name: string;
  /** Other names that clients may write it by; answers and `/Schemas` have `name` alone. */
  readonly aliases?: readonly string[];
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  /** Suggestions, never enforced (RFC 7643 §7). */
  readonly canonicalValues?: readonly string[];
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  readonly returned: "always" | "never" | "default" | "request";
  readonly uniqueness: "none" | "server" | "global";
  /** Only for references: resource type names, `external` or `uri`. */
  readonly referenceTypes?: readonly string[];
  /** Only for complex attributes; never complex themselves. */
  readonly subAttributes?: readonly Attribute[];
  /** What is wrong with a single value of the right type; a rule of the host, which `/Schemas` cannot express. */
  readonly validate?: ((value: string | number | boolean) => readonly string[]) | undefined;
}

/** What a definition may leave out; RFC 7643 §2.2 says what is meant then. */
export type AttributeDefinition = Pick<Attribute, "name" | "type" | "description"> & Partial<Attribute>;

/**
 * Completes a definition with the defaults of RFC 7643 §2.2. Binary values and references are compared with case
 * (§2.3.6, §2.3.7).
 *
 * @param definition what differs from the defaults
 * @throws TypeError for a name that RFC 7643 §2.1 or JavaScript's own object members rule out, and for characteristics
 *   that could not be kept
 * @example
 * const badge = defineAttribute({ name: "badge", type: "string", description: "The badge number." });
 */
export function defineAttribute(definition: AttributeDefinition): Attribute {
  for (const name of [definition.name, ...(definition.aliases ?? [])]) checkName(name);
  const attribute: Attribute = {
    multiValued: false,
    required: false,
    caseExact: definition.type === "binary" || definition.type === "reference",
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...definition,
  };
  checkKept(attribute);
  return attribute;
}

/** True when no answer may show the value (RFC 7643 §7 `returned`, §2.2 `writeOnly`). */
export function isHidden(attribute: Attribute): boolean {
  return attribute.returned === "never" || attribute.mutability === "writeOnly";
}

/** ATTRNAME of RFC 7643 §2.1, and `$ref`, which the same document uses. */
const ATTRIBUTE_NAME = /^(?:[A-Za-z][A-Za-z0-9$_-]{0,127}|\$ref)$/;

function checkName(name: string): void {
  if (!ATTRIBUTE_NAME.test(name)) {
    throw new TypeError(
      `"${name}" is not an attribute name: begin with a letter and use only ASCII letters, digits, "$", "-" and "_" ` +
        "(RFC 7643 section 2.1). Whitespace and look-alike letters would never match what an identity provider sends.",
    );
  }
  // Names become object members; one that every object inherits would read as present.
  if (name in Object.prototype || name === "prototype") {
    throw new TypeError(`"${name}" cannot be an attribute name: every JavaScript object inherits it. Choose another.`);
  }
}

/** Nothing is kept of what no answer shows: whatever needs the value of before cannot be promised of it. */
function checkKept(attribute: Attribute): void {
  const { name, type, uniqueness, mutability, subAttributes = [] } = attribute;
  if (isHidden(attribute) && (uniqueness !== "none" || mutability === "immutable")) {
    throw new TypeError(`"${name}" is never returned and so not kept: it can be neither unique nor immutable.`);
  }
  const part = subAttributes.find((subAttribute) => isHidden(subAttribute) && subAttribute.required);
  if (part !== undefined) {
    throw new TypeError(`"${part.name}" of "${name}" is never returned and so not kept: it cannot be required.`);
  }
  if (type === "complex" && uniqueness !== "none") {
    throw new TypeError(`"${name}" is complex and cannot be unique as a whole. Declare one of its parts unique.`);
  }
}
