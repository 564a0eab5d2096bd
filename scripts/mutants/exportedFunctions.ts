/** Tells which exported functions of a file a place in it belongs to. */
import ts from 'typescript';

interface Declared {
	name: string;
	from: number;
	to: number;
	isExportedFunction: boolean;
	/** Every word in it that may name another declaration. */
	words: Set<string>;
}

const isExported = (statement: ts.Statement) =>
	ts.canHaveModifiers(statement) &&
	(ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const isFunction = (node: ts.Node | undefined): boolean =>
	node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

function wordsIn(node: ts.Node, words = new Set<string>()): Set<string> {
	if (ts.isIdentifier(node)) words.add(node.text);
	node.forEachChild((child) => void wordsIn(child, words));
	return words;
}

function declaredIn(text: string): Declared[] {
	const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.ES2021, true);
	return source.statements.flatMap((statement): Declared[] => {
		const range = { from: statement.getStart(), to: statement.end, words: wordsIn(statement) };
		const exported = isExported(statement);
		if (ts.isFunctionDeclaration(statement)) {
			return [{ ...range, name: statement.name?.text ?? 'default', isExportedFunction: exported }];
		}
		if (!ts.isVariableStatement(statement)) return [];
		return statement.declarationList.declarations.map(({ name, initializer }) => ({
			...range,
			name: name.getText(),
			isExportedFunction: exported && isFunction(initializer),
		}));
	});
}

export const exportedFunctions = (text: string): string[] =>
	declaredIn(text).flatMap(({ name, isExportedFunction }) => (isExportedFunction ? [name] : []));

/** The exported functions that run what stands at a place, directly or by what else the file declares. */
export function functionsAt(text: string, place: number): string[] {
	const declared = declaredIn(text);
	const hit = declared.filter(({ from, to }) => from <= place && place < to);
	for (const { name } of hit) {
		hit.push(...declared.filter((user) => !hit.includes(user) && user.words.has(name)));
	}
	return hit.flatMap(({ name, isExportedFunction }) => (isExportedFunction ? [name] : []));
}
