/** The inbox's style sheet, for light and dark. */
export const INBOX_STYLE = `
:root {
	color-scheme: light dark;
	--page: #f4f5f7; --card: #fff; --text: #1c2430; --soft: #5b6675; --line: #dde1e7;
	--good: #17753b; --bad: #b3261e; --wait: #8a5a00; --link: #2457c5;
}
@media (prefers-color-scheme: dark) {
	:root {
		--page: #12161c; --card: #1c222b; --text: #e8ecf1; --soft: #9aa6b5; --line: #303946;
		--good: #6fd394; --bad: #ff8a80; --wait: #f0b95b; --link: #8fb4ff;
	}
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; }
h2 { margin: 0; font-size: 1.125rem; overflow-wrap: anywhere; }
a { color: var(--link); }
nav { display: flex; flex-wrap: wrap; gap: .5rem; }
nav a {
	padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 999px;
	background: var(--card); text-decoration: none;
}
nav a[aria-current] { border-color: currentColor; font-weight: 600; }
.count { color: var(--soft); }
.notice { padding: .75rem 1rem; border-left: 4px solid var(--wait); border-radius: 6px; background: var(--card); }
.notice.approved { border-color: var(--good); }
.notice.rejected, .notice.error { border-color: var(--bad); }
article {
	margin: 1rem 0; padding: 1.25rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card);
}
header { display: flex; justify-content: space-between; align-items: start; gap: 1rem; }
.badge { padding: 0 .6rem; border: 1px solid; border-radius: 999px; color: var(--soft); font-size: .8125rem; }
.badge.due { color: var(--wait); }
.description { margin: .5rem 0; overflow-wrap: anywhere; }
.description > :first-child { margin-top: 0; }
dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .75rem 0; font-size: .875rem; }
dt { color: var(--soft); }
dd { margin: 0; }
footer { display: flex; gap: .75rem; }
button {
	padding: .5rem 1.25rem; border: 1px solid; border-radius: 6px; background: transparent;
	font: inherit; font-weight: 600; cursor: pointer;
}
button.approve { color: var(--good); }
button.reject { color: var(--bad); }
button:hover { background: color-mix(in srgb, currentColor 12%, transparent); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
`;
