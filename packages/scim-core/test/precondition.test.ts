import { describe, expect, it } from "vitest";
import { meetsPrecondition, type Precondition } from "../src/index.ts";

describe("meetsPrecondition", () => {
  it.each<[boolean, Precondition | undefined]>([
    [true, undefined],
    [true, {}],
    [true, { ifMatch: ["3"] }],
    [true, { ifMatch: ["2", "3"] }],
    [true, { ifMatch: "*" }],
    [false, { ifMatch: ["2"] }],
    [false, { ifMatch: [] }],
    [true, { ifNoneMatch: ["2"] }],
    [true, { ifNoneMatch: [] }],
    [false, { ifNoneMatch: ["2", "3"] }],
    [false, { ifNoneMatch: "*" }],
    [true, { ifMatch: "*", ifNoneMatch: ["2"] }],
    [false, { ifMatch: ["3"], ifNoneMatch: ["3"] }],
    [false, { ifMatch: ["2"], ifNoneMatch: ["2"] }],
  ])("J18: %s under %j", (met, precondition) => {
    expect(meetsPrecondition(precondition, "3")).toBe(met);
  });
});
