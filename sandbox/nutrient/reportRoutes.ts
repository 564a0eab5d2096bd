import type { Server } from '@hapi/hapi';
import Joi from 'joi';

import { enveloped, listing } from './listing';
import type { NutrientParts } from './parts';
import { asText, refusal } from './refuse';
import type { Report } from './store';

// src/sidebar/action-engine.js in github.com/brperdomo/workflow-copilot
const RUN = Joi.array().items(Joi.object({ label: Joi.string().required(), value: Joi.any() }));
const DATE_FILTER = 'ExposeDateFilter';
const DAY_MS = 86_400_000;

/** Reports. Paths: api-catalog-full.json, same repository. */
export function mountReportRoutes(server: Server, { store, options, clock }: NutrientParts): void {
	function reportOf(sid: unknown): Report {
		const report = store.reports.find((candidate) => candidate.sid === sid);
		if (!report) throw refusal(404, 'Report not found');
		return report;
	}

	server.route({
		method: 'GET',
		path: '/api/reports/search',
		handler(request) {
			Object.assign(request.query, { start: 0, count: Number.MAX_SAFE_INTEGER });
			const rows = store.reports.map(({ sid, name }) => ({ sid, name }));
			return listing(request, rows, { ...options, maxCount: Infinity });
		},
	});

	server.route({
		method: 'GET',
		path: '/api/reports/{sid}/run',
		handler({ params, query }) {
			const { rows } = reportOf(params.sid);
			const limited = rows.slice(0, Number(query.limit ?? Infinity));
			return enveloped(limited, rows.length, options.reportRows);
		},
	});

	server.route({
		method: 'POST',
		path: '/api/reports/{sid}/run',
		handler({ params, payload }) {
			const report = reportOf(params.sid);
			const { error } = RUN.validate(payload);
			if (error) throw refusal(400, error.message);
			let { rows } = report;
			for (const { label, value } of payload as Array<{ label: string; value: unknown }>) {
				rows = rows.filter((row) => matches(row, label, value, report));
			}
			return enveloped(rows, rows.length, options.reportRows);
		},
	});

	function matches(row: Report['rows'][number], label: string, value: unknown, report: Report) {
		if (label === DATE_FILTER) {
			const [from, to] = Array.isArray(value)
				? value.map(String)
				: [new Date(clock.now() - Number(value) * DAY_MS).toISOString().slice(0, 10), '9999'];
			return String(row.day) >= from && String(row.day) <= to;
		}
		const filter = report.filters.find((exposed) => exposed.label === label);
		if (!filter) throw refusal(400, `The report has no filter "${label}"`);
		return String(row[filter.column]) === String(value);
	}

	server.route({
		method: 'GET',
		path: '/api/reports/{sid}/export/data/{exportType}',
		handler({ params, query }, h) {
			const { rows, name } = reportOf(params.sid);
			// Assumption: the values; an internal route is called with csv_utf8 (vendor's Lambda functions).
			if (!['csv_utf8', 'csv'].includes(String(params.exportType))) {
				throw refusal(400, 'Invalid exportType');
			}
			const start = Number(query.start ?? 0);
			const part = rows.slice(start, start + Number(query.count ?? Infinity));
			const lines = part.map((row) => Object.values(row).join(','));
			return asText(h, [Object.keys(rows[0] ?? {}).join(','), ...lines, ''].join('\r\n'))
				.type('text/csv')
				.header('content-disposition', `attachment; filename="${name}.csv"`);
		},
	});
}
