import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { impactCases } from "./impact-cases.ts";

describe("what is foretold, in memory", () => impactCases(memoryStore));
