import { missingPackages } from '../../../scripts/faults/programs';

const POSTGRESQL = { initdb: '/a', postgres: '/a', psql: '/a', pg_dump: '/a' };

it('names each package once of which a program is missing', () => {
	expect(missingPackages({})).toEqual(['postgresql', 'redis-server']);
	expect(missingPackages(POSTGRESQL)).toEqual(['redis-server']);
	const redis = { 'redis-server': '/b', 'redis-cli': '/b' };
	expect(missingPackages({ ...POSTGRESQL, ...redis, initdb: undefined })).toEqual(['postgresql']);
	expect(missingPackages({ ...POSTGRESQL, ...redis })).toEqual([]);
});
