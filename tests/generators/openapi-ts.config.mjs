export default {
  input: "openapi.yaml",
  output: { path: "generated/hey-api", module: { extension: ".js" } },
};
