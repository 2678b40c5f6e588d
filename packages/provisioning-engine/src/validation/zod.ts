/**
 * The one place that imports zod: as a namespace, so that a host's bundler drops what is not used.
 *
 * @module
 */
export * as z from "zod";
