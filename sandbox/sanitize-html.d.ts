// The package ships no types. Only what the sandbox uses: https://www.npmjs.com/package/sanitize-html
declare module 'sanitize-html' {
	export default function sanitizeHtml(dirty: string): string;
}
