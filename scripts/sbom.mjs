// The bill of materials: npm's own, of which only what is bundled is left. It has no date and no number of its own, so that the same
// release makes the same file.
import { execFileSync } from "node:child_process";
import { bundledPackages } from "./bundled.mjs";
import { root } from "./setup.mjs";

export async function billOfMaterials() {
  const args = ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--sbom-type", "application"];
  const options = {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  };
  const { serialNumber, ...all } = JSON.parse(execFileSync("npm", args, options));
  const { timestamp, component, ...metadata } = all.metadata;
  const bundled = new Set((await bundledPackages()).map(({ name, version }) => `${name}@${version}`));
  const self = { ...component, name: "uwsgi-nginx", description: "uWSGI and nginx configuration, understood as one" };
  const isIn = ({ "bom-ref": reference }) => bundled.has(reference);
  return {
    ...all,
    metadata: { ...metadata, component: self },
    components: all.components.filter(isIn).map(({ properties, ...one }) => ({ ...one, scope: "required" })), // they say "for development"
    dependencies: [
      { ref: component["bom-ref"], dependsOn: [...bundled].sort() },
      ...all.dependencies
        .filter(({ ref }) => bundled.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => bundled.has(one)) })),
    ],
  };
}
