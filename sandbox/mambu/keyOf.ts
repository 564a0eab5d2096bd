import { createHash } from 'node:crypto';

/** 32 hexadecimal digits, as Mambu's encoded keys are; the same for the same name. */
export const keyOf = (name: string) => createHash('md5').update(name).digest('hex');
