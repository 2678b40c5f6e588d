import {
  binary,
  complex,
  dateTime,
  defineResourceType,
  defineSchema,
  extension,
  flag,
  integer,
  reference,
  type StandardSchema,
  text,
} from "@muster/provisioning-engine";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, openScimSession, type ScimSession, STORES } from "./scim-session.ts";

const DEVICE = "urn:example:params:scim:schemas:Device";
const WARRANTY = "urn:example:params:scim:schemas:Warranty";

/** What Zod, Valibot and ArkType offer, by hand. */
const modelNumber: StandardSchema<string> = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: (value) =>
      /^[A-Z]{2}-\d+$/.test(String(value)) ? { value: "changed" } : { issues: [{ message: `no model: ${value}` }] },
  },
};

const DEVICES = defineResourceType({
  name: "Device",
  endpoint: "/Devices",
  schema: defineSchema(DEVICE, "Device", {
    serial: text({ required: true, caseExact: true, uniqueness: "server", mutability: "immutable" }),
    pin: text({ required: true, mutability: "writeOnly", returned: "never", validate: modelNumber }),
    models: text({ multiValued: true, validate: modelNumber }),
    key: binary({ uniqueness: "global" }),
    bootedAt: dateTime({ uniqueness: "server" }),
    owner: complex(
      { value: text({ required: true }), $ref: reference({ referenceTypes: ["User"], mutability: "readOnly" }) },
      { mutability: "immutable" },
    ),
    ports: complex(
      {
        value: text({ required: true }),
        slot: integer({ mutability: "immutable" }),
        mac: text({ uniqueness: "server" }),
        speed: text({ mutability: "readOnly" }),
        secret: text({ returned: "never" }),
        vendor: text({ returned: "request" }),
        up: flag(),
      },
      { multiValued: true, required: true },
    ),
    members: text({ multiValued: true }),
  }),
  extensions: [extension(WARRANTY, { contract: text({ uniqueness: "server" }), until: dateTime() })],
});

const BADGES = defineResourceType({
  name: "Badge",
  endpoint: "/Badges",
  schema: defineSchema("urn:example:params:scim:schemas:Badge", "Badge", { serial: text({ uniqueness: "server" }) }),
});

const NO_PORTS = { op: "remove", path: "ports" };

describe.each(STORES)("resource types of a host on %s", (store) => {
  let scim: ScimSession;
  let count = 0;
  beforeEach(async () => {
    scim = await openScimSession(store, { resourceTypes: [DEVICES, BADGES] });
  });
  afterEach(() => scim.close());

  const whole = (given: object = {}) => ({
    schemas: [DEVICE],
    serial: `SN-${++count}`,
    pin: "PI-1",
    ports: [{ value: "eth0" }],
    ...given,
  });
  const post = (given?: object) => scim.send("POST", "/Devices", whole(given));
  const create = async (given?: object): Promise<string> => {
    const created = await post(given);
    expect(created.status, created.text).toBe(201);
    return `/Devices/${created.body.id}`;
  };
  const read = async (path: string) => (await scim.send("GET", path)).body;
  const total = async (filter: string) =>
    (await scim.send("GET", `/Devices?filter=${encodeURIComponent(filter)}`)).body.totalResults;
  const refused = (answer: Answer, status: number, scimType?: string) =>
    expect([answer.status, answer.body?.scimType], answer.text).toEqual([status, scimType]);

  it("A11: what is required and never returned must come with POST, and need not come with PUT", async () => {
    refused(await post({ pin: undefined }), 400, "invalidValue");
    const path = await create({ serial: "SN-A" });
    const put = await scim.send("PUT", path, whole({ serial: "SN-A", pin: undefined }));
    expect(put.status, put.text).toBe(200);
    expect(put.text).not.toContain("PI-1");
  });

  it("A21, D20: PATCH can change it, and not clear it", async () => {
    const path = await create();
    const change = { op: "replace", path: "pin", value: "PI-2" };
    expect((await scim.patch(path, change)).status).toBe(200);
    expect((await scim.patch(path, change, { op: "add", path: "members", value: ["a"] })).body.members).toEqual(["a"]);
    refused(await scim.patch(path, { op: "remove", path: "pin" }), 400, "mutability");
    refused(await scim.patch(path, { op: "replace", path: "pin", value: null }), 400, "invalidValue");
  });

  it("A11: a required part must be in every value", async () => {
    refused(await post({ ports: [{ value: "eth0" }, { up: true }] }), 400, "invalidValue");
    const path = await create();
    refused(await scim.patch(path, { op: "add", path: "ports", value: [{ up: true }] }), 400, "invalidValue");
    refused(await scim.patch(path, { op: "remove", path: "ports[up eq false].value" }, NO_PORTS), 400, "mutability");
    expect((await read(path)).ports).toEqual([{ value: "eth0" }]);
  });

  it("D20, D32: optional parts of a required attribute come and go", async () => {
    const path = await create({ ports: [{ value: "eth0", up: true, mac: "aa" }] });
    const patched = await scim.patch(
      path,
      { op: "remove", path: 'ports[value eq "eth0"].up' },
      { op: "replace", path: "ports.mac", value: "bb" },
    );
    expect(patched.body.ports).toEqual([{ value: "eth0", mac: "bb" }]);
  });

  it("J13: immutable attributes and parts stay, while values come and go", async () => {
    const path = await create({ serial: "SN-A", ports: [{ value: "eth0", slot: 1 }], owner: { value: "u-1" } });
    const slot = (value: number) => scim.patch(path, { op: "replace", path: 'ports[value eq "eth0"].slot', value });
    refused(await slot(2), 400, "mutability");
    expect((await slot(1)).status).toBe(200);
    refused(await scim.patch(path, { op: "replace", path: "owner.value", value: "u-2" }), 400, "mutability");
    refused(await scim.patch(path, { op: "remove", path: "owner" }), 400, "mutability");
    refused(await scim.send("PUT", path, whole({ serial: "sn-a" })), 400, "mutability");
    const add = { op: "add", path: "ports", value: [{ value: "eth1", slot: 7 }] };
    const remove = { op: "remove", path: 'ports[value eq "eth0"]' };
    expect((await scim.patch(path, add, remove)).body.ports).toEqual([{ value: "eth1", slot: 7 }]);
    const put = await scim.send("PUT", path, whole({ serial: "SN-A", ports: [{ value: "eth1", up: true }] }));
    expect(put.body).toMatchObject({ owner: { value: "u-1" }, ports: [{ value: "eth1", slot: 7, up: true }] });
  });

  it("J14, D23: a read-only part is nobody's to write, by no shape of request", async () => {
    const path = await create({ ports: [{ value: "eth0", speed: "1G" }] });
    await scim.send("PUT", path, whole({ serial: (await read(path)).serial, ports: [{ value: "eth0", speed: "1G" }] }));
    await scim.patch(path, { op: "add", path: "ports", value: [{ value: "eth1", speed: "1G" }] });
    await scim.patch(path, { op: "add", path: 'ports[value eq "eth2" and speed eq "1G"].up', value: true });
    const part = { op: "replace", path: 'ports[value eq "eth0"].speed', value: "1G" };
    refused(await scim.patch(path, part), 400, "mutability");
    expect((await read(path)).ports).toEqual([{ value: "eth0" }, { value: "eth1" }, { value: "eth2", up: true }]);
  });

  it("A21, C12: parts that are returned never or on request", async () => {
    const path = await create({ ports: [{ value: "eth0", secret: "hunter2", vendor: "acme" }] });
    expect((await read(path)).ports).toEqual([{ value: "eth0" }]);
    const written = await scim.patch(path, { op: "replace", path: "ports.up", value: true });
    expect(written.body.ports).toEqual([{ value: "eth0", vendor: "acme", up: true }]);
    const asked = await scim.send("GET", `${path}?attributes=ports.vendor,ports.secret`);
    expect(asked.body.ports).toEqual([{ vendor: "acme" }]);
    refused(await scim.patch(path, { op: "remove", path: 'ports[secret eq "hunter2"]' }), 403, "sensitive");
  });

  it.each([
    ["with case", { serial: "SN-X" }, { serial: "SN-X" }, { serial: "sn-x" }],
    [
      "instants",
      { bootedAt: "2026-05-01T02:00:00+02:00" },
      { bootedAt: "2026-05-01T00:00:00Z" },
      { bootedAt: "2026-05-01T00:00:01Z" },
    ],
    ["base64", { key: "AAAA" }, { key: "AAAA" }, { key: "aaaa" }],
    [
      "parts of one of several values",
      { ports: [{ value: "a", mac: "AA" }] },
      { ports: [{ value: "b" }, { value: "c", mac: "aa" }] },
      { ports: [{ value: "a", mac: "ab" }] },
    ],
    [
      "attributes of an extension",
      { [WARRANTY]: { contract: "C" } },
      { [WARRANTY]: { contract: "c" } },
      { [WARRANTY]: { contract: "d" } },
    ],
  ])("A10: keeps %s unique", async (_what, first, same, other) => {
    await create(first);
    refused(await post(same), 409, "uniqueness");
    await create(other);
  });

  it("A10: one resource may have one unique value twice, and other types are other worlds", async () => {
    await create({
      serial: "one",
      ports: [
        { value: "a", mac: "aa" },
        { value: "b", mac: "AA" },
      ],
    });
    const badge = { schemas: ["urn:example:params:scim:schemas:Badge"], serial: "one" };
    expect((await scim.send("POST", "/Badges", badge)).status).toBe(201);
    refused(await scim.send("POST", "/Badges", badge), 409, "uniqueness");
    refused(await scim.send("POST", "/Badges", { ...badge, serial: undefined }), 201);
  });

  it("B01, B07: unique values are found, alone and with other conditions", async () => {
    await create({ serial: "one", bootedAt: "2026-05-01T00:00:00Z", ports: [{ value: "a", mac: "aa", up: true }] });
    await create({ serial: "two", [WARRANTY]: { contract: "C" } });
    for (const [filter, expected] of [
      ['serial eq "one"', 1],
      ['serial eq "ONE"', 0],
      ['serial eq "one" and serial eq "two"', 0],
      ['bootedAt eq "2026-05-01T01:00:00+01:00" and serial eq "one"', 1],
      ['ports.mac eq "AA"', 1],
      ['ports[mac eq "aa" and up eq true]', 1],
      [`${WARRANTY}:contract eq "c"`, 1],
      ['serial ne "one"', 1],
      ['serial eq "one" or serial eq "two"', 2],
      ["serial eq null", 0],
    ] as const) {
      expect(await total(filter), filter).toBe(expected);
    }
  });

  it("A23: the host's own rule judges each value and changes none", async () => {
    const refusal = await post({ models: ["AB-1", "x"] });
    refused(refusal, 400, "invalidValue");
    expect(refusal.body.detail).toBe("models, value 2: no model: x.");
    const path = await create({ models: ["AB-1"] });
    expect((await read(path)).models).toEqual(["AB-1"]);
    refused(await scim.patch(path, { op: "add", path: "models", value: "y" }), 400, "invalidValue");
    expect(await total('models eq "anything"')).toBe(0);
  });

  it("A21: what the rule says of a value that is never returned is not repeated", async () => {
    const refusal = await post({ pin: "hunter2" });
    refused(refusal, 400, "invalidValue");
    expect(refusal.text).not.toContain("hunter2");
  });

  it("G02: the rule is not on the wire", async () => {
    const { text } = await scim.send("GET", `/Schemas/${DEVICE}`);
    expect(text).not.toContain("validate");
  });

  it("A28, A29: an optional extension comes and goes with its data", async () => {
    const path = await create({ [WARRANTY]: { contract: "C" } });
    expect((await read(path)).schemas).toEqual([DEVICE, WARRANTY]);
    const cleared = await scim.patch(path, { op: "remove", path: WARRANTY });
    expect(cleared.body.schemas).toEqual([DEVICE]);
    await create({ [WARRANTY]: { contract: "C" } });
  });

  it("J17, I02: of changes at the same time none is lost", async () => {
    const path = await create();
    const add = (member: number) => scim.patch(path, { op: "add", path: "members", value: [`m-${member}`] });
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(add));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect((await read(path)).members).toHaveLength(6);
  });

  it("B32: a search over everything includes them", async () => {
    await create({ serial: "one" });
    const search = { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], filter: 'serial eq "one"' };
    const { body } = await scim.send("POST", "/.search", search);
    expect(body.Resources.map(({ meta }: { meta: { resourceType: string } }) => meta.resourceType)).toEqual(["Device"]);
  });
});
