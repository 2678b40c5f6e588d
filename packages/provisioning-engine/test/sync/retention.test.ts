import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { retentionCases } from "./retention-cases.ts";

describe("retention in memory", () => retentionCases(memoryStore));
