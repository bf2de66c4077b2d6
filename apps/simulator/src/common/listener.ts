import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A listening TCP server that knows its connections. */
export interface Listener {
  readonly port: number;
  /** Cuts every connection now. */
  dropAll(): void;
  /** Stops listening, cuts every connection and resolves when all are gone. */
  close(): Promise<void>;
}

/** Listens on `port` (0: any free one) and hands over each connection. */
export async function listen(
  port: number,
  host: string,
  onConnection: (socket: Socket) => void,
): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: false }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    dropAll,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        dropAll();
      }),
  };
}
