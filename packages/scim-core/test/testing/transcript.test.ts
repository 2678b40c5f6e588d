import { describe, expect, it } from "vitest";
import { readTranscript } from "../../src/testing/index.ts";

const STEP = { name: "probe", request: { method: "GET", path: "/Users" }, expect: { status: [200] } };
const FILE = { idp: "Some IdP", variant: "plain", steps: [STEP] };

describe("a transcript file", () => {
  it("is read, with everything that may be left out", () => {
    expect(readTranscript(FILE)).toEqual({
      idp: "Some IdP",
      variant: "plain",
      vars: {},
      requiredExtensions: [],
      steps: [
        {
          name: "probe",
          request: { method: "GET", path: "/Users", headers: {} },
          expect: { status: [200], headers: {}, bodyPaths: {} },
          save: {},
          optional: false,
        },
      ],
    });
  });

  it("keeps a body of null, which is a body", () => {
    const step = { ...STEP, request: { ...STEP.request, body: null } };
    expect(readTranscript({ ...FILE, steps: [step] }).steps[0]?.request.body).toBeNull();
  });

  it.each([
    [undefined, "transcript must be an object."],
    [{ ...FILE, idp: 1 }, "idp must be a string."],
    [{ ...FILE, steps: {} }, "steps must be an array."],
    [{ ...FILE, vars: { guid: 1 } }, "vars.guid must be a string."],
    [{ ...FILE, steps: [{ ...STEP, request: undefined }] }, "steps.0.request must be an object."],
    [{ ...FILE, steps: [{ ...STEP, expect: { status: ["200"] } }] }, "steps.0.expect.status must hold numbers."],
    [{ ...FILE, steps: [STEP, STEP] }, 'Two steps have the name "probe".'],
  ])("is refused when it is none: %#", (file, message) => {
    expect(() => readTranscript(file)).toThrow(new TypeError(message));
  });
});
