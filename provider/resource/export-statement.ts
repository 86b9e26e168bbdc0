import { textLiteral } from "../ens/text/ts-literal";

/** The statement by which a program exports a value. Not every name of an output is one of TypeScript. */
export function exportStatement(outputName: string, value: string): string {
  return isVariableName(outputName)
    ? `export const ${outputName} = ${value};`
    : `exports[${textLiteral(outputName)}] = ${value};`;
}

function isVariableName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !taken.has(name);
}

/** Words of the language, and names that a program has already: imports, and the value itself. */
const taken: ReadonlySet<string> = new Set(
  [
    "await break case catch class const continue debugger default delete do else enum export extends false finally",
    "for function if implements import in instanceof interface let new null package private protected public return",
    "static super switch this throw true try typeof var void while with yield arguments eval",
    "exports module require __dirname __filename pulumi ens preparedUpload preparedUploads",
  ].flatMap((line) => line.split(" ")),
);
