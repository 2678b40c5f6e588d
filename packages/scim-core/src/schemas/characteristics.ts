/**
 * Shorthands for the shapes that the schemas of RFC 7643 §4 repeat. Knows no schema itself.
 *
 * @module
 */
import { type Attribute, type AttributeType, defineAttribute } from "../attribute.ts";

type Characteristics = Partial<Omit<Attribute, "name" | "type" | "description">>;

/** A single-valued, readable and writable string, compared without case. */
export function string(name: string, description: string, characteristics: Characteristics = {}): Attribute {
  return defineAttribute({ name, type: "string", description, ...characteristics });
}

export function complex(
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  characteristics: Characteristics = {},
): Attribute {
  return defineAttribute({ name, type: "complex", description, subAttributes, ...characteristics });
}

/** `$ref` (RFC 7643 §2.4), with the mutability that §8.7.1 gives it. See `isMadeReference` for what a client's is worth. */
export function ref(
  description: string,
  referenceTypes: readonly string[],
  mutability: Attribute["mutability"],
): Attribute {
  return defineAttribute({ name: "$ref", type: "reference", description, referenceTypes, mutability });
}

/** The value of a labelled multi-valued attribute. */
interface LabelledValue {
  readonly description: string;
  readonly type?: AttributeType;
  readonly caseExact?: boolean;
  readonly referenceTypes?: readonly string[];
}

/** A multi-valued attribute with `value`, `display`, `type` and `primary` (RFC 7643 §2.4). */
export function labelled(
  name: string,
  description: string,
  value: LabelledValue,
  canonicalTypes: readonly string[] = [],
): Attribute {
  const subAttributes = [
    defineAttribute({ type: "string", ...value, name: "value" }),
    string("display", "A name for the value, for people to read."),
    typeLabel(canonicalTypes),
    primary(),
  ];
  return complex(name, description, subAttributes, { multiValued: true });
}

/** What a value is for: a suggestion, never enforced. */
export function typeLabel(canonicalValues: readonly string[]): Attribute {
  const description = "What the value is for, for example work or home.";
  return string("type", description, canonicalValues.length === 0 ? {} : { canonicalValues });
}

/** At most one value of an attribute is the primary one. */
export function primary(): Attribute {
  return defineAttribute({
    name: "primary",
    type: "boolean",
    description: "Whether this is the preferred value. At most one value is.",
  });
}
