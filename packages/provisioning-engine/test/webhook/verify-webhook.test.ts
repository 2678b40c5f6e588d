import { describe, expect, it } from "vitest";
import { isProvisioningError, verifyWebhook } from "../../src/index.ts";
import { newWebhookSecret, signedHeaders } from "../../src/webhook/signature.ts";

/** The example of the specification of Standard Webhooks. */
const VECTOR = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

const NOW = new Date(VECTOR.timestamp * 1000);

const check = (
  headers: Readonly<Record<string, string>>,
  given: { body?: string; secret?: string | string[]; now?: Date } = {},
) => verifyWebhook({ secret: VECTOR.secret, headers: new Headers(headers), body: VECTOR.body, now: NOW, ...given });

const signed = (...secrets: readonly string[]) => signedHeaders(secrets, VECTOR);

function refused(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    expect(isProvisioningError(error) && error.code).toBe("webhook_not_verified");
    expect(JSON.stringify(error)).not.toContain("whsec_");
    return;
  }
  expect.fail("It was accepted.");
}

describe("verifyWebhook", () => {
  it("signs and accepts the vector of the specification", () => {
    expect(signed(VECTOR.secret)["webhook-signature"]).toBe(VECTOR.signature);
    expect(check(signed(VECTOR.secret))).toEqual({ test: 2_432_232_314 });
    expect(check(signed(VECTOR.secret), { secret: VECTOR.secret.slice("whsec_".length) })).toBeDefined();
  });

  it("during a rotation both receivers are served, whichever secret they have", () => {
    const [old, fresh] = [newWebhookSecret(), newWebhookSecret()];
    for (const secret of [old, fresh, [newWebhookSecret(), old]])
      expect(check(signed(fresh, old), { secret })).toBeDefined();
    refused(() => check(signed(fresh), { secret: old }));
  });

  it("refuses a message that was changed, or signed with another secret", () => {
    const headers = signed(VECTOR.secret);
    refused(() => check(headers, { body: VECTOR.body.replace("4", "5") }));
    refused(() => check({ ...headers, "webhook-id": "other" }));
    refused(() => check({ ...headers, "webhook-timestamp": String(VECTOR.timestamp + 1) }));
    refused(() => check(headers, { secret: newWebhookSecret() }));
    refused(() => check({ ...headers, "webhook-signature": VECTOR.signature.replace("v1,", "v2,") }));
    refused(() => check({ ...headers, "webhook-signature": `${"v1,AAAA ".repeat(20)}${VECTOR.signature}` }));
  });

  it("refuses an old one, which may be a replay, and one of the future", () => {
    const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
    expect(check(signed(VECTOR.secret), { now: at(300) })).toBeDefined();
    refused(() => check(signed(VECTOR.secret), { now: at(301) }));
    refused(() => check(signed(VECTOR.secret), { now: at(-301) }));
  });

  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("refuses a request without %s", (name) => {
    refused(() => check({ ...signed(VECTOR.secret), [name]: "" }));
  });
});
