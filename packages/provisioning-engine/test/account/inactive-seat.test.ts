import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { inactiveSeatCases } from "./inactive-seat-cases.ts";

describe("seats of inactive people in memory", () => inactiveSeatCases(memoryStore));
