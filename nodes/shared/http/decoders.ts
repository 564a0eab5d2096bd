/** The ways in which services write characters that mean something to a URL, a form, JSON or HTML; some write any character like that. */

export interface Decoder {
	written: RegExp;
	meant: (form: string) => string;
	/** What is left of a written character where a text was cut. */
	half: RegExp;
}

const HEX = '[\\da-f]';
const MORE = `%[89ab]${HEX}`;
/** A character in UTF-8, or a byte of another encoding. */
const PERCENT = `%[cd]${HEX}${MORE}|%e${HEX}(?:${MORE}){2}|%f${HEX}(?:${MORE}){3}|%${HEX}{2}`;
const HALF_PERCENT = new RegExp(`%[c-f]${HEX}(?:${MORE}){0,2}(?:%${HEX}?)?$|%${HEX}?$`, 'gi');

const ASCII = `excl:! quot:" num:# dollar:$ percnt:% amp:& apos:' lpar:( rpar:) ast:* plus:+ comma:, period:. sol:/
	colon:: semi:; lt:< equals:= gt:> quest:? commat:@ lsqb:[ lbrack:[ bsol:\\ rsqb:] rbrack:] Hat:^ lowbar:_ grave:\`
	lcub:{ lbrace:{ verbar:| vert:| rcub:} rbrace:} hyphen:- Tab:\t NewLine:\n`;
/** From 160 on. */
const LATIN = `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3
	acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring
	AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times
	Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute
	ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc
	uuml yacute thorn yuml`;
const ENTITIES = new Map([
	...[...ASCII.matchAll(/(\w+):([^])/g)].map(([, name, char]): [string, string] => [name, char]),
	...LATIN.split(/\s+/).map((name, at): [string, string] => [name, String.fromCharCode(160 + at)]),
]);
const CONTROLS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function ofBytes(form: string): string {
	const bytes = Buffer.from(form.replaceAll('%', ''), 'hex');
	const text = bytes.toString();
	return text.includes('\uFFFD') ? bytes.toString('latin1') : text;
}

function ofEscape(form: string): string {
	if (form.length > 2) return String.fromCharCode(parseInt(form.slice(2), 16));
	return CONTROLS[form[1]] ?? form[1];
}

function ofEntity(form: string): string {
	const name = form.slice(1, -1);
	if (!name.startsWith('#')) return ENTITIES.get(name) ?? ENTITIES.get(name.toLowerCase()) ?? form;
	const code = Number(name.slice(1).replace(/^x/i, '0x'));
	return code <= 0x10ffff ? String.fromCodePoint(code) : form;
}

export const DECODERS: Decoder[] = [
	{ written: new RegExp(PERCENT, 'gi'), meant: ofBytes, half: HALF_PERCENT },
	{
		written: new RegExp(`\\+|${PERCENT}`, 'gi'),
		meant: (form) => (form === '+' ? ' ' : ofBytes(form)),
		half: HALF_PERCENT,
	},
	{
		written: /\\(?:u[\da-f]{4}|x[\da-f]{2}|[^])/gi,
		meant: ofEscape,
		half: /\\(?:u[\da-f]{0,3}|x[\da-f]?)?$/gi,
	},
	{
		written: /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,7});/gi,
		meant: ofEntity,
		half: /&[#a-z\d]{0,8}$/gi,
	},
];
