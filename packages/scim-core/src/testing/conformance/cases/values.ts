/**
 * Which values a person may have, and how they come back.
 *
 * @module
 */
import { ENTERPRISE_USER_URN, GROUP_URN } from "../../../urn.ts";
import type { Json } from "../../json.ts";
import { DIALECTS, EXTENSION_BOOLEAN, EXTENSION_INTEGER, PATCH, userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { extensionAttribute } from "../service.ts";
import { verify, verifyBody, verifyEqual, verifyNoFault, verifyRefusal, verifyStatus } from "../statements.ts";
import type { World } from "../world.ts";
import { postCase, refusedPostCase } from "./user-table.ts";

const INVALID_VALUE = { status: [400], scimType: ["invalidValue"] };
const REFUSED = { status: [400] };

export const valueCases: readonly ConformanceCase[] = [
  ...["POST", "PUT", "PATCH"].map(
    (method): ConformanceCase => ({
      id: "A10",
      clause: "RFC 7643 §4.1.1",
      title: `${method} of a userName that is taken, in other letters, answers 409 uniqueness`,
      needs: method === "PATCH" ? [PATCH] : [],
      run: async (world) => {
        const taken = (await world.createUser()).name.toUpperCase();
        verifyRefusal(await rename(world, method, taken), { status: [409], scimType: ["uniqueness"] });
      },
    }),
  ),
  {
    id: "A11",
    clause: "RFC 7643 §2.2",
    title: "a person without a userName is refused",
    run: async ({ send, userBody }) => {
      const { userName: _userName, ...body } = userBody();
      verifyRefusal(await send({ method: "POST", path: "/Users", body }), INVALID_VALUE);
    },
  },
  refusedPostCase({
    id: "A11",
    clause: "RFC 7643 §4.1.1",
    title: "an empty userName is refused",
    before: { userName: "" },
    refused: INVALID_VALUE,
  }),
  {
    id: "A11",
    clause: "RFC 7644 §3.5.1",
    title: "PUT without a userName is refused, and changes nothing",
    run: async ({ createUser, send, userBody, read }) => {
      const { path } = await createUser();
      const before = await read(path);
      const { userName: _userName, ...body } = userBody();
      verifyRefusal(await send({ method: "PUT", path, body }), INVALID_VALUE);
      verifyEqual("The person after the refused PUT", await read(path), before);
    },
  },
  {
    id: "A12",
    clause: "RFC 7643 §3",
    title: "a body without schemas is refused",
    run: async ({ send, userBody }) => {
      const { schemas: _schemas, ...body } = userBody();
      verifyRefusal(await send({ method: "POST", path: "/Users", body }), REFUSED);
    },
  },
  ...[[], [GROUP_URN], ["urn:example:nothing"]].map((schemas) =>
    refusedPostCase({
      id: "A13",
      clause: "RFC 7643 §3",
      title: `a person with schemas of ${JSON.stringify(schemas)} is refused`,
      before: { schemas },
      refused: REFUSED,
    }),
  ),
  postCase({
    id: "A14",
    clause: "RFC 7643 §2.1",
    title: "names of attributes are understood in any letter case",
    needs: [userAttribute("title"), userAttribute("name.givenName")],
    before: { TITLE: "Editor", NAME: { GIVENNAME: "Ada" } },
    after: { title: "Editor", "name.givenName": "Ada" },
  }),
  refusedPostCase({
    id: "A15",
    clause: "RFC 7643 §2.1",
    title: "an attribute that is written twice, in two letter cases, is refused",
    before: { title: "Editor", Title: "Author" },
    refused: REFUSED,
  }),
  postCase({
    id: "A16",
    clause: "RFC 7643 §2.5",
    title: "null and an empty array are unassigned: accepted, and absent from answers",
    before: { title: null, emails: [], name: { givenName: null, familyName: "Lovelace" } },
    after: { title: { $absent: true }, emails: { $absent: true }, "name.givenName": { $absent: true } },
  }),
  postCase({
    id: "A17",
    clause: "RFC 7643 §4.1.2",
    title: "groups of the client's are ignored by POST",
    before: { groups: [{ value: "{{mark}}" }] },
    after: { groups: { $absentOrEmpty: true } },
  }),
  ...(
    [
      ["A22", "active", "maybe", "a word for a Boolean"],
      ["A22", "active", 1, "a number for a Boolean"],
      ["A23", "displayName", 5, "a number for a text"],
      ["A23", "displayName", true, "a Boolean for a text"],
      ["A23", "displayName", { text: "Ada", more: "Lovelace" }, "an object for a text"],
      ["A23", "name", 5, "a number for a complex value"],
      ["A23", "emails", [{ value: 5 }], "a number inside an element"],
      ["A23", "emails", 5, "a number for a multi-valued attribute"],
    ] satisfies readonly (readonly [string, string, Json, string])[]
  ).map(([id, name, value, what]) =>
    refusedPostCase({
      id,
      clause: "RFC 7643 §2.3",
      title: `${what}, in ${name}, is refused`,
      before: { [name]: value },
      refused: INVALID_VALUE,
    }),
  ),
  ...(["True", "true", "FALSE"] as const).map((text) =>
    postCase({
      id: "A24",
      clause: "Microsoft Entra ID",
      title: `active as the text ${text} is the Boolean`,
      needs: [DIALECTS],
      before: { active: text },
      after: { active: text.toLowerCase() === "true" },
    }),
  ),
  {
    id: "A25",
    clause: "Microsoft Entra ID",
    title: 'a Boolean of an extension as the text "False" is false, not a truthy text',
    needs: [EXTENSION_BOOLEAN, DIALECTS],
    run: async (world) => verifyExtension(world, "boolean", "False", false),
  },
  {
    id: "A26",
    clause: "RFC 7643 §2.4",
    title: "two primary values are refused, or become one",
    needs: [userAttribute("emails")],
    run: async ({ send, userBody, mark }) => {
      const emails = ["work", "home"].map((type) => ({ value: `${mark}@${type}.example`, type, primary: true }));
      const answer = await send({ method: "POST", path: "/Users", body: userBody({ emails }) });
      verifyStatus(answer, 201, 400);
      const kept = Array.isArray(answer.body.emails) ? answer.body.emails : [];
      const primaries = kept.filter((email) => (email as { primary?: Json }).primary === true);
      verify(primaries.length <= 1, "Two e-mail addresses of one person are primary.");
    },
  },
  postCase({
    id: "A27",
    clause: "RFC 7643 §7",
    title: "a type that is not among the canonical ones is accepted",
    before: { emails: [{ value: "{{mark}}@billing.example", type: "billing" }] },
    after: { "emails.0.type": "billing" },
  }),
  postCase({
    id: "A28",
    clause: "RFC 7643 §3",
    title: "schemas names the extension that has data",
    before: { [ENTERPRISE_USER_URN]: { department: "Docs" } },
    after: { schemas: [ENTERPRISE_USER_URN], [`["${ENTERPRISE_USER_URN}"].department`]: "Docs" },
  }),
  {
    id: "A29",
    clause: "RFC 7643 §3",
    title: "schemas does not name an extension without data",
    run: async ({ createUser, read }) => {
      const { schemas } = await read((await createUser()).path);
      const names = Array.isArray(schemas) ? schemas : [];
      verify(!names.includes(ENTERPRISE_USER_URN), "schemas names the enterprise extension, which has no data.");
    },
  },
  {
    id: "A31",
    clause: "RFC 7644 §3.12",
    title: "a text of a million letters is taken or refused, and no fault",
    run: async ({ send, userBody }) => {
      const body = userBody({ displayName: "x".repeat(1_000_000) });
      const answer = await send({ method: "POST", path: "/Users", body });
      verifyStatus(answer, 201, 400, 413);
    },
  },
  {
    id: "A32",
    clause: "RFC 7643 §2",
    title: "an unknown attribute is refused, or not kept",
    run: async ({ send, userBody }) => {
      const answer = await send({ method: "POST", path: "/Users", body: userBody({ unicornColour: "pink" }) });
      verifyStatus(answer, 201, 400);
      verify(!answer.text.includes("unicornColour") || answer.status === 400, "The unknown attribute was kept.");
    },
  },
  {
    id: "J31",
    clause: "RFC 7643 §2.4",
    title: "a value that repeats within one request is kept once",
    needs: [userAttribute("emails")],
    run: async ({ createUser, mark }) => {
      const email = { value: `${mark}@work.example`, type: "work" };
      const { body } = await createUser({ emails: [email, email] });
      verifyBody("POST /Users", body, { emails: { $length: 1 } });
    },
  },
  refusedPostCase({
    id: "J32",
    clause: "RFC 7643 §2.3.6",
    title: "a binary value that is no base64 is refused",
    before: { x509Certificates: [{ value: "%%%" }] },
    refused: INVALID_VALUE,
  }),
  postCase({
    id: "J32",
    clause: "RFC 7643 §2.3.6",
    title: "a binary value comes back as it was sent",
    before: { x509Certificates: [{ value: "TWlyYQ==" }] },
    after: { "x509Certificates.0.value": "TWlyYQ==" },
  }),
  {
    id: "J33",
    clause: "RFC 7643 §2.3.4",
    title: "an integer beyond 2^53 is kept or refused, never rounded",
    needs: [EXTENSION_INTEGER],
    run: async ({ service, send, userBody }) => {
      const { urn, name } = extensionAttribute(service, "integer") ?? { urn: "", name: "" };
      const body = JSON.stringify(userBody({ [urn]: { [name]: 0 } })).replace(
        `"${name}":0`,
        `"${name}":9007199254740993`,
      );
      const answer = await send({ method: "POST", path: "/Users", body });
      verifyStatus(answer, 201, 400);
      verify(answer.status === 400 || answer.text.includes("9007199254740993"), "The integer came back rounded.");
    },
  },
  {
    id: "J34",
    clause: "RFC 7643 §2.1",
    title: "a name with letters beyond ASCII is refused, or not kept",
    run: async ({ send, userBody }) => {
      const answer = await send({ method: "POST", path: "/Users", body: userBody({ dısplayName: "Ada" }) });
      verifyNoFault(answer);
      verify(answer.body.displayName !== "Ada", "A name with a dotless i was taken for displayName.");
    },
  },
  postCase({
    id: "J40",
    clause: "RFC 7643 §2.3.1",
    title: "texts come back letter for letter, in every script",
    needs: [userAttribute("name.givenName")],
    before: { displayName: 'Zoë "Ж" 日本 🎈 \\ </b> %_', name: { givenName: "  Ø  ", familyName: "O'Brien" } },
    after: { displayName: 'Zoë "Ж" 日本 🎈 \\ </b> %_', "name.givenName": "  Ø  ", "name.familyName": "O'Brien" },
  }),
  postCase({
    id: "J40",
    clause: "RFC 7644 §3.3",
    title: "the answer shows what was sent, and invents no names",
    before: { externalId: "X-{{mark}}", name: { givenName: "Ada" } },
    after: {
      externalId: "X-{{mark}}",
      name: { givenName: "Ada" },
      "name.formatted": { $absent: true },
      displayName: { $absent: true },
    },
  }),
];

/** Gives a person a userName: a new one by POST, or one that is there. */
async function rename({ createUser, userBody, patch, send }: World, method: string, userName: string) {
  if (method === "POST") return send({ method, path: "/Users", body: userBody({ userName }) });
  const { path } = await createUser();
  if (method === "PUT") return send({ method, path, body: userBody({ userName }) });
  return patch(path, { op: "replace", path: "userName", value: userName });
}

async function verifyExtension(world: World, type: string, sent: Json, expected: Json): Promise<void> {
  const { urn, name } = extensionAttribute(world.service, type) ?? { urn: "", name: "" };
  const { path } = await world.createUser({ [urn]: { [name]: sent } });
  verifyBody("The person", await world.read(path), { [`["${urn}"].${name}`]: expected });
}
