/**
 * What the service says about itself (RFC 7644 §4; RFC 7643 §5 to §8).
 *
 * @module
 */
import { GROUP_URN, LIST_RESPONSE_URN, SERVICE_PROVIDER_CONFIG_URN, USER_URN } from "../../../urn.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { GROUPS, PAGINATION, SECURITY_EVENTS } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { attributesOf, named, resourcesOf, sameText, subAttributesOf } from "../service.ts";
import { verify, verifyBody, verifyEqual, verifyRefusal, verifyStatus } from "../statements.ts";
import type { World } from "../world.ts";

const BOOLEAN = { $type: "boolean" };
const NUMBER = { $type: "number" };
const TEXT = { $type: "string" };

export const discoveryCases: readonly ConformanceCase[] = [
  {
    id: "G08",
    clause: "RFC 7643 §5",
    title: "ServiceProviderConfig says what is supported, and the limits",
    run: async ({ service: { config } }) =>
      verifyBody("ServiceProviderConfig", config, {
        schemas: [SERVICE_PROVIDER_CONFIG_URN],
        "patch.supported": BOOLEAN,
        "bulk.supported": BOOLEAN,
        "bulk.maxOperations": NUMBER,
        "bulk.maxPayloadSize": NUMBER,
        "filter.supported": BOOLEAN,
        "filter.maxResults": NUMBER,
        "changePassword.supported": BOOLEAN,
        "sort.supported": BOOLEAN,
        "etag.supported": BOOLEAN,
        "meta.resourceType": "ServiceProviderConfig",
      }),
  },
  {
    id: "G08",
    clause: "RFC 7643 §5",
    title: "ServiceProviderConfig names how to authenticate",
    run: async ({ service: { config } }) =>
      verifyBody("ServiceProviderConfig", config, {
        "authenticationSchemes.0.type": {
          $regex: "^(oauth|oauth2|oauthbearertoken|httpbasic|httpdigest)$",
        },
        "authenticationSchemes.0.name": TEXT,
        "authenticationSchemes.0.description": TEXT,
      }),
  },
  {
    id: "J25",
    clause: "RFC 9865 §4",
    title: "pagination says which methods there are, and a default that is one of them",
    needs: [PAGINATION],
    run: async ({ service: { config } }) => {
      verifyBody("ServiceProviderConfig", config, { "pagination.cursor": BOOLEAN, "pagination.index": BOOLEAN });
      const pagination = config.pagination as JsonObject;
      const { defaultPaginationMethod: method } = pagination;
      if (method === undefined) return;
      verify(
        pagination[String(method)] === true,
        `pagination has the default ${String(method)}, and does not offer it.`,
      );
    },
  },
  {
    id: "J29",
    clause: "RFC 9967 §4",
    title: "securityEvents says whether asynchronous requests are taken, and which events there are",
    needs: [SECURITY_EVENTS],
    run: async ({ service: { config } }) =>
      verifyBody("ServiceProviderConfig", config, {
        "securityEvents.asyncRequest": { $regex: "^(none|long|request)$" },
        "securityEvents.eventUris": [],
      }),
  },
  ...["/Schemas", "/ResourceTypes"].map(
    (path): ConformanceCase => ({
      id: "G07",
      clause: "RFC 7644 §3.4.2",
      title: `${path} is a list with a right count`,
      run: async ({ read }) => {
        const body = await read(path);
        const resources = Array.isArray(body.Resources) ? body.Resources : [];
        verify(resources.length > 0, `${path} lists nothing.`);
        verifyBody(path, body, { schemas: [LIST_RESPONSE_URN], totalResults: resources.length });
      },
    }),
  ),
  {
    id: "G01",
    clause: "RFC 7644 §4",
    title: "Schemas lists every schema that a resource type names, extensions included",
    run: async (world) => {
      const types = await list(world, "/ResourceTypes");
      const schemas = await list(world, "/Schemas");
      const missing = types.flatMap(schemasOf).filter((urn) => !schemas.some(({ id }) => sameText(id, urn)));
      verifyEqual("What resource types name and Schemas lacks", missing, []);
    },
  },
  {
    id: "G01",
    clause: "RFC 7643 §6",
    title: "the resource types have a name, an endpoint and a schema, and User is one",
    run: async (world) => {
      const types = await list(world, "/ResourceTypes");
      for (const type of types) verifyBody("A resource type", type, { name: TEXT, endpoint: TEXT, schema: TEXT });
      verify(
        types.some(({ schema, endpoint }) => schema === USER_URN && endpoint === "/Users"),
        "User is no type.",
      );
    },
  },
  ...["/Schemas", "/ResourceTypes"].map(
    (path): ConformanceCase => ({
      id: "G02",
      clause: "RFC 7644 §4",
      title: `each entry of ${path} can be read alone`,
      run: async (world) => {
        for (const entry of await list(world, path)) {
          const id = String(entry.id ?? entry.name);
          verifyBody(`${path}/${id}`, await world.read(`${path}/${encodeURIComponent(id)}`), {
            ...(entry.id === undefined ? {} : { id: entry.id }),
            "meta.location": { $regex: `${path}/` },
          });
        }
      },
    }),
  ),
  ...["/Schemas/urn:example:nothing", "/ResourceTypes/Unicorn"].map(
    (path): ConformanceCase => ({
      id: "G03",
      clause: "RFC 7644 §4",
      title: `${path} answers 404`,
      run: async ({ send }) => verifyRefusal(await send({ method: "GET", path }), { status: [404] }),
    }),
  ),
  ...["/Schemas", "/ResourceTypes"].map(
    (path): ConformanceCase => ({
      id: "G04",
      clause: "RFC 7644 §4",
      title: `a filter on ${path} answers 403`,
      run: async ({ send }) =>
        verifyRefusal(await send({ method: "GET", path: `${path}?filter=id%20pr` }), { status: [403] }),
    }),
  ),
  ...["/ServiceProviderConfig", "/Schemas", "/ResourceTypes"].map(
    (path): ConformanceCase => ({
      id: "G05",
      clause: "RFC 7644 §4",
      title: `${path} cannot be written`,
      run: async ({ send }) => {
        for (const method of ["POST", "PUT", "PATCH"]) {
          verifyRefusal(await send({ method, path, body: { schemas: [] } }), { status: [403, 404, 405, 501] });
        }
      },
    }),
  ),
  {
    id: "G06",
    clause: "RFC 7643 §7",
    title: "every attribute is fully characterised, sub-attributes too",
    run: async (world) => {
      for (const schema of await list(world, "/Schemas")) {
        const attributes = Array.isArray(schema.attributes) ? schema.attributes.filter(isJsonObject) : [];
        verify(attributes.length > 0, `The schema ${String(schema.id)} has no attributes.`);
        for (const attribute of attributes.flatMap((one) => [one, ...subAttributesOf(one)])) {
          verifyBody(`${String(schema.id)}, ${String(attribute.name)}`, attribute, CHARACTERISTICS);
        }
      }
    },
  },
  {
    id: "G06",
    clause: "RFC 7643 §4.1.1",
    title: "userName is required, unique in the service and compared without case",
    run: async ({ service }) =>
      verifyCharacteristics(service, USER_URN, "userName", {
        type: "string",
        required: true,
        caseExact: false,
        uniqueness: { $regex: "^(server|global)$" },
      }),
  },
  {
    id: "G06",
    clause: "RFC 7643 §4.1.1",
    title: "a password, if there is one, is written and never returned",
    run: async ({ service }) => {
      const password = named(attributesOf(service, USER_URN) ?? [], "password");
      if (password !== undefined) verifyBody("password", password, { mutability: "writeOnly", returned: "never" });
    },
  },
  {
    id: "G06",
    clause: "RFC 7643 §4.1.2",
    title: "groups of a person are read-only",
    run: async ({ service }) => {
      const groups = named(attributesOf(service, USER_URN) ?? [], "groups");
      if (groups !== undefined) verifyBody("groups", groups, { mutability: "readOnly", multiValued: true });
    },
  },
  {
    id: "G06",
    clause: "RFC 7643 §4.2",
    title: "members of a group have an immutable value",
    needs: [GROUPS],
    run: async ({ service }) => {
      verifyCharacteristics(service, GROUP_URN, "members", { type: "complex", multiValued: true });
      const members = named(attributesOf(service, GROUP_URN) ?? [], "members") ?? {};
      verifyBody("members.value", named(subAttributesOf(members), "value") ?? {}, { mutability: "immutable" });
    },
  },
  {
    id: "H01",
    clause: "RFC 7644 §3.11",
    title: "/Me is an alias, or says that it is not offered",
    run: async ({ send }) => verifyStatus(await send({ method: "GET", path: "/Me" }), 200, 308, 403, 404, 501),
  },
];

const CHARACTERISTICS: JsonObject = {
  name: TEXT,
  type: { $regex: "^(string|boolean|decimal|integer|dateTime|reference|binary|complex)$" },
  multiValued: BOOLEAN,
  description: TEXT,
  required: BOOLEAN,
  mutability: { $regex: "^(readOnly|readWrite|immutable|writeOnly)$" },
  returned: { $regex: "^(always|never|default|request)$" },
};

async function list({ send }: World, path: string): Promise<readonly JsonObject[]> {
  const answer = await send({ method: "GET", path });
  const resources = resourcesOf(answer);
  verify(resources !== undefined, `${answer.call} answered ${answer.status}, and no list.`);
  return resources;
}

function schemasOf({ schema, schemaExtensions }: JsonObject): readonly string[] {
  const extensions = Array.isArray(schemaExtensions) ? schemaExtensions.filter(isJsonObject) : [];
  return [schema, ...extensions.map((extension) => extension.schema)].map(String);
}

function verifyCharacteristics(
  service: World["service"],
  urn: string,
  name: string,
  expected: Readonly<Record<string, Json>>,
): void {
  verifyBody(name, named(attributesOf(service, urn) ?? [], name) ?? {}, expected);
}
