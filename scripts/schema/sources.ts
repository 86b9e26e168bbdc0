import { join } from "node:path";
import ts from "typescript";

const checkout = join(__dirname, "..", "..");

/** The declarations of the package, as the compiler sees them. */
export class Sources {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  /** @param files - In `provider/`. What they import comes along. */
  constructor(files: readonly string[]) {
    const { config } = ts.readConfigFile(join(checkout, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, checkout);
    this.#program = ts.createProgram(files.map(pathOf), options);
    this.#checker = this.#program.getTypeChecker();
  }

  class(file: string, name: string): ts.ClassDeclaration {
    const found = this.#statements(file).find((one) => ts.isClassDeclaration(one) && one.name?.text === name);
    return required(found as ts.ClassDeclaration | undefined, `class ${name} in ${file}`);
  }

  interface(file: string, name: string): ts.InterfaceDeclaration {
    const found = this.#statements(file).find(
      (one) => ts.isInterfaceDeclaration(one) && one.name.text === name,
    );
    return required(found as ts.InterfaceDeclaration | undefined, `interface ${name} in ${file}`);
  }

  /** The first statement, which has the comment of the file. */
  first(file: string): ts.Statement {
    return required(this.#statements(file)[0], `statement in ${file}`);
  }

  /** The properties of an interface, with those that it inherits. */
  properties(declaration: ts.InterfaceDeclaration): ts.PropertySignature[] {
    return this.#checker
      .getPropertiesOfType(this.#checker.getTypeAtLocation(declaration))
      .map(({ valueDeclaration }) => valueDeclaration)
      .filter((one) => one !== undefined && ts.isPropertySignature(one));
  }

  /** What a name in a type stands for. */
  named(node: ts.TypeNode | undefined): ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
    const type = node && this.#checker.getTypeFromTypeNode(node);
    const found = (type?.aliasSymbol ?? type?.symbol)?.declarations?.find(
      (one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one),
    );
    return required(
      found as ts.InterfaceDeclaration | ts.TypeAliasDeclaration | undefined,
      `type ${node?.getText()}`,
    );
  }

  interfaceOf(node: ts.TypeNode | undefined): ts.InterfaceDeclaration {
    const found = this.named(node);
    return required(ts.isInterfaceDeclaration(found) ? found : undefined, `interface ${node?.getText()}`);
  }

  #statements(file: string): readonly ts.Statement[] {
    return this.#program.getSourceFile(pathOf(file))?.statements ?? [];
  }
}

function pathOf(file: string): string {
  return join(checkout, "provider", file);
}

function required<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`There is no ${what}`);
  return found;
}
