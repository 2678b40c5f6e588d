import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { archiveCases } from "./archive-cases.ts";

describe("an archive in memory", () => archiveCases(memoryStore));
