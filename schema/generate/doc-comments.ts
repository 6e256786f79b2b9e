import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** What the doc comments of the kinds say, read from the sources: the one place where a field is explained. */
export interface DocComments {
  /** Names of the kinds that the files define, by file. */
  readonly definedIn: ReadonlyMap<string, readonly string[]>;
  /** The comment of a kind (empty path) or of a field by dotted path; common fields are those of every kind. */
  of(kind: string, path: string): string | undefined;
}

/** Reads `schema/kinds/*.ts` and the common fields in `schema/kind.ts`. */
export function readDocComments(schemaFolder: string): DocComments {
  const kindsFolder = join(schemaFolder, "kinds");
  const files = readdirSync(kindsFolder).filter((name) => name.endsWith(".ts"));
  const commonFile = join(schemaFolder, "kind.ts");
  const program = programOf([commonFile, ...files.map((name) => join(kindsFolder, name))]);
  const reader = readerOf(program.getTypeChecker());
  const common = reader.constant(program.getSourceFile(commonFile), "COMMON_FIELDS");
  const kinds = files.map((name) => [name, reader.definitions(program.getSourceFile(join(kindsFolder, name)), KIND)] as const);
  const comments = new Map(kinds.flatMap(([, found]) => found.map(({ name, docs }) => [name, docs] as const)));
  return {
    definedIn: new Map(kinds.map(([file, found]) => [file, found.map(({ name }) => name)])),
    of: (kind, path) => comments.get(kind)?.get(path) ?? common.get(path),
  };
}

/** Reads what `callee("name", { property: { … } })` defines in a folder besides the kinds: a lookup like that of the kinds. */
export function readDefinitions(folder: string, callee: string, property: string): DocComments["of"] {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const program = programOf(files);
  const reader = readerOf(program.getTypeChecker());
  const found = files.flatMap((file) => reader.definitions(program.getSourceFile(file), { callee, property }));
  const comments = new Map(found.map(({ name, docs }) => [name, docs]));
  return (name, path) => comments.get(name)?.get(path);
}

function programOf(files: readonly string[]): ts.Program {
  return ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noLib: true,
    types: [],
  });
}

type Docs = ReadonlyMap<string, string>;

/** The call that defines something: its name, and the property of its second argument whose comments are meant. */
interface Call {
  readonly callee: string;
  readonly property: string;
}

const KIND: Call = { callee: "defineKind", property: "fields" };

interface Definition {
  readonly name: string;
  readonly docs: Docs;
}

function readerOf(checker: ts.TypeChecker) {
  return {
    definitions: (file: ts.SourceFile | undefined, call: Call): readonly Definition[] =>
      declarationsIn(file).flatMap((one) => definition(one, call, checker)),
    constant: (file: ts.SourceFile | undefined, name: string): Docs => {
      const found = declarationsIn(file).find((declaration) => declaration.name.getText() === name);
      return new Map(found?.initializer === undefined ? [] : fieldDocs(found.initializer, "", checker));
    },
  };
}

function declarationsIn(file: ts.SourceFile | undefined): readonly ts.VariableDeclaration[] {
  return (
    file?.statements.flatMap((statement) => (ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [])) ?? []
  );
}

function definition(declaration: ts.VariableDeclaration, { callee, property }: Call, checker: ts.TypeChecker): Definition[] {
  const call = declaration.initializer;
  if (call === undefined || !ts.isCallExpression(call) || call.expression.getText() !== callee) return [];
  const [name, options] = call.arguments;
  if (name === undefined || !ts.isStringLiteral(name) || options === undefined || !ts.isObjectLiteralExpression(options)) return [];
  const fields = options.properties.find(({ name }) => name?.getText() === property);
  const own = fields !== undefined && ts.isPropertyAssignment(fields) ? fieldDocs(fields.initializer, "", checker) : [];
  return [{ name: name.text, docs: new Map([["", commentOf(declaration.parent.parent)] as const, ...own].flatMap(withText)) }];
}

function withText([path, text]: readonly [string, string | undefined]): [string, string][] {
  return text === undefined ? [] : [[path, text]];
}

/** Comments of the properties of an object literal, and of the objects that its fields hold. */
function fieldDocs(expression: ts.Expression, prefix: string, checker: ts.TypeChecker): [string, string][] {
  const literal = ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression) ? expression.expression : expression;
  if (literal !== expression) return fieldDocs(literal, prefix, checker);
  if (!ts.isObjectLiteralExpression(literal)) return [];
  return literal.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return [];
    const path = `${prefix}${property.name.getText()}`;
    return [...withText([path, commentOf(property)]), ...nestedDocs(property.initializer, `${path}.`, checker)];
  });
}

/** `object({…})`, also inside `list(…)` and `map(…)`, and also by name (`list(limit)`). */
function nestedDocs(expression: ts.Expression, prefix: string, checker: ts.TypeChecker): [string, string][] {
  const value = ts.isIdentifier(expression) ? initializerOf(expression, checker) : expression;
  if (value === undefined || !ts.isCallExpression(value)) return [];
  const [first] = value.arguments;
  if (first === undefined) return [];
  return value.expression.getText() === "object" ? fieldDocs(first, prefix, checker) : nestedDocs(first, prefix, checker);
}

function initializerOf(identifier: ts.Identifier, checker: ts.TypeChecker): ts.Expression | undefined {
  const symbol = checker.getSymbolAtLocation(identifier);
  const target = symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target?.valueDeclaration;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

function commentOf(node: ts.Node): string | undefined {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comments.at(-1)?.comment);
  return text?.replace(/\s+/g, " ").trim();
}
