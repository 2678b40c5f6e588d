/** The test projects: every package, every example and the interop runner, as far as each has a `test` folder. */
const projects: string[] = ["packages/*", "examples/*", "interop"];
export default projects;
