/**
 * A chat model behind OpenAI's wire that calls the first tool it is offered, once for each line that the user said, with
 * that line for every text it is asked for, then repeats what the tool said.
 */
import { server as createServer, type Request } from '@hapi/hapi';

interface Message {
	role: string;
	content: unknown;
}

/** The part of JSON Schema that n8n describes a tool's parameters with. */
interface Schema {
	type?: string;
	properties?: Record<string, Schema>;
}

interface Completion {
	messages: Message[];
	tools?: Array<{ function: { name: string; parameters?: Schema } }>;
}

function filled({ type, properties }: Schema, text: string): unknown {
	if (type === 'string') return text;
	if (type === 'number' || type === 'integer') return 1;
	if (type === 'boolean') return true;
	const fields = Object.entries(properties ?? {});
	return Object.fromEntries(fields.map(([name, schema]) => [name, filled(schema, text)]));
}

function reply({ messages, tools = [] }: Completion) {
	const answered = messages.filter(({ role }) => role === 'tool').at(-1);
	if (answered) return { role: 'assistant', content: JSON.stringify(answered.content) };
	const said = messages.filter(({ role }) => role === 'user').at(-1)?.content;
	const tool = tools[0]?.function;
	const tool_calls = String(said)
		.split('\n')
		.map((line, place) => ({
			...{ id: `call_${place + 1}`, type: 'function' },
			function: {
				name: tool?.name,
				arguments: JSON.stringify(filled(tool?.parameters ?? {}, line)),
			},
		}));
	return { role: 'assistant', content: null, tool_calls };
}

export type ChatModel = Awaited<ReturnType<typeof startChatModel>>;

/** Starts the model, and beside it what its tool reaches: `GET /gated/<name>`. */
export async function startChatModel() {
	const visits: string[] = [];
	const server = createServer({ host: '127.0.0.1' });
	server.route({
		method: 'POST',
		path: '/v1/chat/completions',
		handler({ payload }: Request) {
			const message = reply(payload as Completion);
			const finish_reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
			return {
				...{ id: 'chatcmpl-1', object: 'chat.completion', created: 0, model: 'fake' },
				choices: [{ index: 0, message, finish_reason }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			};
		},
	});
	server.route({
		method: 'GET',
		path: '/gated/{name}',
		handler({ params }) {
			visits.push(String(params.name));
			return { done: 'the gated thing' };
		},
	});
	await server.start();
	const url = `http://127.0.0.1:${server.info.port}`;
	return {
		/** For an OpenAI credential. */
		baseUrl: `${url}/v1`,
		gatedUrl: (name: string) => `${url}/gated/${name}`,
		/** The names that were reached, oldest first. */
		visits,
		close: async () => await server.stop({ timeout: 1_000 }),
	};
}
