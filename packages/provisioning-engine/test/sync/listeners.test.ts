import { describe, expect, it } from "vitest";
import type { ProvisioningEvents } from "../../src/events.ts";
import { createListeners } from "../../src/sync/listeners.ts";

const EVENT = { id: "1", type: "account.created" } as ProvisioningEvents["account.created"];
const never = () => expect.unreachable("no listener fails here");

describe("createListeners", () => {
  it("calls the listeners of an event in turn, each after the one before has ended", async () => {
    const listeners = createListeners();
    const log: string[] = [];
    listeners.on("account.created", async () => {
      await Promise.resolve();
      log.push("first");
    });
    listeners.on("account.created", ({ id }) => void log.push(id));
    listeners.on("account.updated", () => void log.push("other"));
    await listeners.tell(EVENT, never);
    expect(log).toEqual(["first", "1"]);
  });

  it("a listener that fails, at once or later, is reported and stops nobody else", async () => {
    const listeners = createListeners();
    const errors: unknown[] = [];
    const heard: string[] = [];
    listeners.on("account.created", () => {
      throw new Error("at once");
    });
    listeners.on("account.created", () => Promise.reject(new Error("later")));
    listeners.on("account.created", ({ id }) => void heard.push(id));
    await listeners.tell(EVENT, (error) => errors.push(String(error)));
    expect([errors, heard]).toEqual([["Error: at once", "Error: later"], ["1"]]);
  });

  it("C6: refuses an event that never happens, and says which was meant", () => {
    const { on } = createListeners();
    const listenTo = (name: string) => on(name as "account.created", () => undefined);
    expect(() => listenTo("account.create")).toThrow(
      'There is no event "account.create". Did you mean "account.created"?',
    );
    for (const name of ["constructor", "scim.security_event", ""])
      expect(() => listenTo(name)).toThrow("Known are account");
  });

  it("one function registered twice is called twice; each registration ends by itself", async () => {
    const listeners = createListeners();
    let calls = 0;
    const count = () => {
      calls += 1;
    };
    const stop = listeners.on("account.created", count);
    listeners.on("account.created", count);
    await listeners.tell(EVENT, never);
    stop();
    stop();
    expect(listeners.wants("account.created")).toBe(true);
    await listeners.tell(EVENT, never);
    expect(calls).toBe(3);
  });
});
