/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */

/** The tarball that this run has packed. */
export const packedPackage = (): string => process.env.FAULTS_TARBALL ?? '';

/** Says what takes long, at once: jest keeps what goes to the console until a file has ended. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
