import { writeFileSync } from "node:fs";
import { packageSchema, schemaFile } from "./package-schema";

writeFileSync(schemaFile, `${JSON.stringify(packageSchema(), null, 2)}\n`);
console.log(`Wrote ${schemaFile}`);
