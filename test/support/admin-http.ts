import { request } from 'node:http';

/**
 * One request to a simulator's admin port, over a connection of its own: one that was kept open may be closed by the other
 * end just as it is used again, and a storm must not end on that.
 */
export function askAdmin(url: string, method: 'GET' | 'POST' = 'GET', body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${new URL(url).pathname}: ${response.statusCode} ${text}`));
      });
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
