const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text as it may stand in HTML, attributes included. */
export const escapeHtml = (value: unknown): string =>
	String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** A whole page: no script, no build step. Title and body are HTML already. */
export const htmlPage = (title: string, style: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<meta name="referrer" content="no-referrer">
<style>${style}</style></head>
<body><main>
${body}
</main></body></html>`;
