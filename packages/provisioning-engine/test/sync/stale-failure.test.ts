import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { staleFailureCases } from "./stale-failure-cases.ts";

describe("failures in memory", () => staleFailureCases(memoryStore));
