/**
 * The User schema (RFC 7643 §4.1, §8.7.1).
 *
 * @module
 */
import { defineAttribute } from "../attribute.ts";
import type { Schema } from "../schema.ts";
import { USER_URN } from "../urn.ts";
import { complex, labelled, primary, ref, string, typeLabel } from "./characteristics.ts";

export const USER_SCHEMA: Schema = {
  id: USER_URN,
  name: "User",
  description: "A person's account.",
  attributes: [
    string("userName", "The name by which the person signs in. Unique, compared without case.", {
      required: true,
      uniqueness: "server",
    }),
    complex("name", "The parts of the person's name.", [
      string("formatted", "The full name, ready to be shown."),
      string("familyName", "The family name."),
      string("givenName", "The given name."),
      string("middleName", "The middle names."),
      string("honorificPrefix", "A title before the name, such as Ms."),
      string("honorificSuffix", "An addition behind the name, such as III."),
    ]),
    string("displayName", "The name to show to people."),
    string("nickName", "What the person is casually called."),
    defineAttribute({
      name: "profileUrl",
      type: "reference",
      description: "A page about the person.",
      referenceTypes: ["external"],
    }),
    string("title", "The job title."),
    string("userType", "How the person belongs to the organization, such as Employee."),
    string("preferredLanguage", "The language the person prefers, as in Accept-Language."),
    string("locale", "How to write dates, numbers and currency, such as en-US."),
    string("timezone", "The time zone, such as Europe/Madrid."),
    defineAttribute({ name: "active", type: "boolean", description: "Whether the person may use the service." }),
    string("password", "Accepted for compatibility and never stored.", {
      caseExact: true,
      mutability: "writeOnly",
      returned: "never",
    }),
    labelled("emails", "E-mail addresses.", { description: "An e-mail address." }, ["work", "home", "other"]),
    labelled("phoneNumbers", "Phone numbers.", { description: "A phone number." }, [
      "work",
      "home",
      "mobile",
      "fax",
      "pager",
      "other",
    ]),
    labelled("ims", "Instant messaging addresses.", { description: "An instant messaging address." }, [
      "aim",
      "gtalk",
      "icq",
      "xmpp",
      "msn",
      "skype",
      "qq",
      "yahoo",
    ]),
    labelled(
      "photos",
      "Addresses of pictures of the person.",
      { description: "Where a picture is.", type: "reference", referenceTypes: ["external"] },
      ["photo", "thumbnail"],
    ),
    complex(
      "addresses",
      "Postal addresses.",
      [
        string("formatted", "The whole address, ready for a label."),
        string("streetAddress", "Street, house and the like."),
        string("locality", "The city."),
        string("region", "The state or region."),
        string("postalCode", "The postal code."),
        string("country", "The country, as a two-letter code."),
        typeLabel(["work", "home", "other"]),
        primary(),
      ],
      { multiValued: true },
    ),
    complex(
      "groups",
      "The groups that the person belongs to. Changed through the groups.",
      [
        string("value", "The id of the group.", { caseExact: true, mutability: "readOnly" }),
        ref("The address of the group.", ["Group"], "readOnly"),
        string("display", "The name of the group.", { mutability: "readOnly" }),
        string("type", "Whether the membership is direct.", {
          mutability: "readOnly",
          canonicalValues: ["direct", "indirect"],
        }),
      ],
      { multiValued: true, mutability: "readOnly" },
    ),
    labelled("entitlements", "What the person is entitled to.", { description: "An entitlement." }),
    labelled("roles", "The person's roles.", { description: "A role." }),
    labelled("x509Certificates", "The person's certificates.", {
      description: "A DER certificate in base64.",
      type: "binary",
    }),
  ],
};
