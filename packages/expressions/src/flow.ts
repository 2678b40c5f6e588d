/**
 * The end of an evaluation that says to leave the attribute alone.
 *
 * @module
 */

/** Thrown rather than returned: no function may make a value of it. Never leaves this package. */
export class FlowIgnored extends Error {
  constructor() {
    super("The attribute is left out of the flow.");
    this.name = "FlowIgnored";
  }
}
