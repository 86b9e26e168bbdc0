import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageSchema } from "./package-schema";

const file = join(__dirname, "..", "..", "provider", "fronts", "plugin", "schema.json");
writeFileSync(file, `${JSON.stringify(packageSchema(), null, 2)}\n`);
console.log(`Wrote ${file}`);
