import { describe, expect, it } from "vitest";
import { faceId, faceOfMember, parseFaceId, possibleFaces } from "../../src/group/group-projection.ts";

describe("faces", () => {
  it("either is found from its id, and a local group's id is none", () => {
    for (const kind of ["user", "reader"] as const) {
      const face = { directoryGroupId: "0197f000-0000-7000-8000-000000000001", kind };
      expect(parseFaceId(faceId(face))).toEqual(face);
    }
    for (const id of ["", ".user", "user", "0197f000", "a.owner", "a.user.", "a.User", "a.constructor"]) {
      expect(parseFaceId(id)).toBeUndefined();
    }
  });

  it("R35: the projection decides which there are and who is in which", () => {
    expect(possibleFaces("byMember")).toEqual(["reader", "user"]);
    expect(possibleFaces("reader")).toEqual(["reader"]);
    expect(possibleFaces("user")).toEqual(["user"]);
    for (const kind of ["user", "reader"] as const) {
      expect(faceOfMember("byMember", kind)).toBe(kind);
      expect(faceOfMember("reader", kind)).toBe("reader");
      expect(faceOfMember("user", kind)).toBe("user");
    }
  });
});
