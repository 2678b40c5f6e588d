import { expect, it } from "vitest";
import { sumMoves } from "../../src/group/member-moves.ts";

const came = (...added: readonly string[]) => ({ added, removed: [] });
const left = (...removed: readonly string[]) => ({ added: [], removed });

it("J27: moves that undo one another are none", () => {
  expect(sumMoves([came("1", "2"), left("2", "3"), came("3", "4")])).toEqual({ added: ["1", "4"], removed: [] });
  expect(sumMoves([left("1"), came("1"), left("1")])).toEqual({ added: [], removed: ["1"] });
  expect(sumMoves([])).toEqual({ added: [], removed: [] });
});
