import getPort from 'get-port';

/** A TCP port that is free on 127.0.0.1 at this moment; nothing reserves it until it is listened on. */
export const freePort = async (): Promise<number> => await getPort({ host: '127.0.0.1' });
