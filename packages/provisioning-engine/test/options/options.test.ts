import { generateKeyPairSync } from "node:crypto";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  complex,
  createProvisioning,
  defineResourceType,
  defineSchema,
  extension,
  flag,
  isProvisioningError,
  memoryStore,
  text,
} from "../../src/index.ts";

const GOOD = { url: "http://localhost:3000/provisioning", store: memoryStore() };

const EVENTS = {
  issuer: "https://scim.example.com",
  audience: ["https://receiver.example.com"],
  signingKey: { key: generateKeyPairSync("ed25519").privateKey, keyId: "1" },
  mode: "full",
  includes: () => true,
  asyncRequest: "request",
  deliver: () => {},
};

afterEach(() => {
  vi.unstubAllEnvs();
});

function paths(options: unknown): readonly string[] {
  return createProvisioning.check(options).map(({ path }) => path);
}

describe("createProvisioning.check", () => {
  it("finds nothing wrong with good options", () => {
    const kind = extension("urn:example:kind", { isTeamAccount: flag() });
    const everything = {
      ...GOOD,
      user: { extensions: [kind], classify: () => undefined },
      group: { extensions: [] },
      admin: { authorize: () => null },
      sso: {
        establishSession: () => ({}),
        defaultReturnPath: () => "/",
        bindToBrowser: true,
        signingKeys: [TEST_KEY_PAIRS.serviceProvider],
        decryptionKeys: [TEST_KEY_PAIRS.serviceProvider, TEST_KEY_PAIRS.stranger],
      },
      scim: {
        limits: { bodyBytes: 1000, scannedResources: 10, cursorSeconds: 60 },
        cursorSecret: "x".repeat(32),
        accessTokenMinutes: 360,
        securityEvents: EVENTS,
        jwks: { hosts: ["login.microsoftonline.com", "localhost:8443"], fetch: globalThis.fetch },
      },
      hooks: { before: { "account.created": () => {} }, deadlineSeconds: 2 },
      webhooks: { network: { resolve: async () => [], post: async () => ({}) }, insecureAllowHttp: true },
      logger: console,
      clock: () => new Date(),
      newId: () => "1",
    };
    expect(createProvisioning.check(everything)).toEqual([]);
    expect(createProvisioning.check(GOOD)).toEqual([]);
  });

  it("J24: wants a secret that cannot be guessed, and repeats none", () => {
    const [problem] = createProvisioning.check({ ...GOOD, scim: { cursorSecret: "changeme" } });
    expect(problem).toMatchObject({ path: "scim.cursorSecret", got: "a text of 8" });
    expect(problem?.expected).toContain("32 characters");
    expect(paths({ ...GOOD, scim: { cursorSecret: 5 } })).toEqual(["scim.cursorSecret"]);
  });

  it("R11: wants key pairs that belong together, and repeats none", () => {
    const { serviceProvider: pair, stranger } = TEST_KEY_PAIRS;
    const mixed = { privateKey: pair.privateKey, certificate: stranger.certificate };
    for (const keys of [[mixed], [pair, pair, pair, pair], [{}], [null], "x", { 0: pair }, [[pair]]]) {
      const problems = createProvisioning.check({ ...GOOD, sso: { decryptionKeys: keys } });
      expect(problems.map(({ path }) => path)).toEqual(["sso.decryptionKeys"]);
      expect(JSON.stringify(problems)).not.toContain("BEGIN");
    }
    expect(paths({ ...GOOD, sso: { signingKeys: [mixed] } })).toEqual(["sso.signingKeys"]);
    expect(paths({ ...GOOD, sso: { signingKeys: [], decryptionKeys: [] } })).toEqual([]);
  });

  it("names all problems at once: path, expected, got, fix", () => {
    const problems = createProvisioning.check({
      url: "/provisioning",
      stroe: 1,
      user: { extensions: [7], classifi: 1 },
      admin: {},
      scim: { limits: { bodyBytes: -1, bodyByte: 2 } },
      logger: {},
    });
    expect(problems.map(({ path }) => path).toSorted()).toEqual([
      "admin.authorize",
      "logger",
      "scim.limits.bodyByte",
      "scim.limits.bodyBytes",
      "store",
      "stroe",
      "url",
      "user.classifi",
      "user.extensions",
    ]);
    for (const { expected, got, fix } of problems) expect([expected, got, fix].every((text) => text !== "")).toBe(true);
    const byPath = new Map(problems.map((problem) => [problem.path, problem]));
    expect(byPath.get("stroe")?.fix).toBe('Did you mean "store"?');
    expect(byPath.get("user.classifi")?.fix).toBe('Did you mean "classify"?');
    expect(byPath.get("url")?.got).toBe('"/provisioning"');
    expect(byPath.get("store")?.got).toBe("nothing");
    expect(byPath.get("scim.limits.bodyBytes")?.got).toBe("-1");
  });

  it("J27: security events need receivers, a private key, and somebody who delivers", () => {
    const of = (securityEvents: object) => paths({ ...GOOD, scim: { securityEvents } });
    const { audience, signingKey, deliver } = EVENTS;
    expect(of({ audience, signingKey, deliver })).toEqual([]);
    expect(of({ audience: () => "a", signingKey, deliver })).toEqual([]);
    expect(of({}).map((path) => path.split(".").at(-1))).toEqual(["audience", "signingKey", "deliver"]);
    for (const nobody of ["", [], ["a", ""], 7]) {
      expect(of({ ...EVENTS, audience: nobody })).toEqual(["scim.securityEvents.audience"]);
    }
    const { publicKey } = generateKeyPairSync("ed25519");
    expect(of({ ...EVENTS, signingKey: { key: publicKey } })).toEqual(["scim.securityEvents.signingKey.key"]);
    expect(of({ ...EVENTS, mode: "all" })).toEqual(["scim.securityEvents.mode"]);
    expect(of({ ...EVENTS, asyncRequest: "long" })).toEqual(["scim.securityEvents.asyncRequest"]);
    expect(of({ ...EVENTS, delivr: 1 })).toEqual(["scim.securityEvents.delivr"]);
  });

  it.each([[undefined], [null], [7], [[]]])("takes anything: %j", (options) => {
    expect(paths(options)).toEqual(["options"]);
  });

  it.each([
    "app.example.com",
    "ftp://app.example.com",
    "https://app.example.com/?a=1",
    "https://app.example.com/#a",
    "https://user@app.example.com/",
    "",
  ])("refuses the url %j", (url) => {
    expect(paths({ ...GOOD, url })).toEqual(["url"]);
  });

  it("demands https in production, except on this machine", () => {
    vi.stubEnv("NODE_ENV", "production");
    expect(paths({ ...GOOD, url: "http://app.example.com" })).toEqual(["url"]);
    expect(paths({ ...GOOD, url: "http://127.0.0.1.example.com" })).toEqual(["url"]);
    for (const host of ["localhost:3000", "127.0.0.1", "[::1]:3000", "app.localhost"]) {
      expect(paths({ ...GOOD, url: `http://${host}/x` })).toEqual([]);
    }
    vi.stubEnv("NODE_ENV", "development");
    expect(paths({ ...GOOD, url: "http://app.example.com" })).toEqual([]);
  });

  it.each([59, 361, 90.5, "60", null])("J42: refuses access tokens that live %j minutes", (accessTokenMinutes) => {
    expect(paths({ ...GOOD, scim: { accessTokenMinutes } })).toEqual(["scim.accessTokenMinutes"]);
  });

  it.each([
    "https://login.example.com",
    "login.example.com/keys",
    "LOGIN.example.com",
    "login.example.com:443",
    "user@login.example.com",
    "*.example.com",
    "",
    7,
  ])("J42: refuses %j for a host of keys", (host) => {
    expect(paths({ ...GOOD, scim: { jwks: { hosts: ["login.example.com", host] } } })).toEqual(["scim.jwks.hosts"]);
    expect(paths({ ...GOOD, scim: { jwks: { hosts: host } } })).toEqual(["scim.jwks.hosts"]);
  });

  it("refuses two extensions of one URN", () => {
    const twice = [extension("urn:example:a", { x: flag() }), extension("urn:example:A", { y: flag() })];
    expect(paths({ ...GOOD, user: { extensions: twice } })).toEqual(["user.extensions"]);
  });
});

describe("resourceTypes", () => {
  const schema = defineSchema("urn:example:Device", "Device", { serial: text({ uniqueness: "server" }) });
  const device = defineResourceType({ name: "Device", endpoint: "/Devices", schema });

  it("takes types that share nothing", () => {
    const other = defineSchema("urn:example:Badge", "Badge", {});
    const badge = defineResourceType({ name: "Badge", endpoint: "/Badges", schema: other });
    expect(paths({ ...GOOD, resourceTypes: [device, badge] })).toEqual([]);
    expect(paths({ ...GOOD, resourceTypes: [] })).toEqual([]);
  });

  it.each([
    ["a name", { name: "user" }],
    ["an endpoint", { endpoint: "/USERS" }],
    ["a schema", { schema: { ...schema, id: "urn:ietf:params:scim:schemas:core:2.0:group" } }],
  ])("refuses %s of User or Group, in any case", (_what, given) => {
    expect(paths({ ...GOOD, resourceTypes: [{ ...device, ...given }] })).toEqual(["resourceTypes"]);
  });

  it("refuses one type twice, and what is none", () => {
    for (const resourceTypes of [[device, device], [schema], [null], ["Device"], {}, [{ ...device, schema: {} }]]) {
      expect(paths({ ...GOOD, resourceTypes })).toEqual(["resourceTypes"]);
    }
  });

  it("A10: refuses unique attributes in extensions of people and groups, where nothing would keep them unique", () => {
    const extensions = [extension("urn:example:a", { badge: text({ uniqueness: "server" }) })];
    const nested = [extension("urn:example:a", { badge: complex({ number: text({ uniqueness: "server" }) }) })];
    expect(paths({ ...GOOD, user: { extensions }, group: { extensions: nested } })).toEqual([
      "user.extensions",
      "group.extensions",
    ]);
  });
});

describe("createProvisioning", () => {
  it("throws one error that lists every problem", () => {
    const create = () => createProvisioning({ url: "nowhere", stor: 1 } as never);
    expect(create).toThrow(/3 options are not usable\.\n {2}url: .*\n {2}store: .*\n {2}stor: /s);
    try {
      create();
    } catch (error) {
      expect(isProvisioningError(error) && error.code).toBe("invalid_options");
      expect(isProvisioningError(error) && error.facts.problems).toHaveLength(3);
    }
  });
});
