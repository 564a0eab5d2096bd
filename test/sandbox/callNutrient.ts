import axios, { type AxiosResponse } from 'axios';

import { start, type NutrientOptions, type Sandbox } from '../../sandbox';
import { ADA, BOB, CAROL } from '../../sandbox/nutrient/options';

export { ADA, BOB, CAROL };

/** What the wire answers, as loosely as it comes. */
export type Answer = AxiosResponse<Record<string, unknown>>;

/** A sandbox and a client for its Nutrient part that never throws on a status. */
export async function startNutrient(nutrient?: Partial<NutrientOptions>) {
	const sandbox: Sandbox = await start({ nutrient });
	const client = axios.create({
		baseURL: sandbox.nutrient.url,
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
	});
	const as = (user: typeof ADA) => ({
		headers: { authorization: `Bearer ${sandbox.nutrient.issueToken(user)}` },
	});
	return {
		sandbox,
		nutrient: sandbox.nutrient,
		client,
		ada: as(ADA),
		bob: as(BOB),
		carol: as(CAROL),
	};
}

export type Started = Awaited<ReturnType<typeof startNutrient>>;
