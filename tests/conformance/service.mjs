// SPDX-License-Identifier: MIT
// The service that the library talks to: hears one request of the driver, and gives the answer it was given.
import { spawn } from 'node:child_process';
import http from 'node:http';

export class Service {
    static async start(driver) {
        const service = new Service();
        service.driver = driver;
        service.server = http.createServer((request, response) => service.serve(request, response));
        await new Promise((resolve) => service.server.listen(0, '127.0.0.1', resolve));
        service.url = `http://127.0.0.1:${service.server.address().port}`;
        return service;
    }

    serve(request, response) {
        const pieces = [];
        request.on('data', (piece) => pieces.push(piece));
        request.on('end', async () => {
            this.requests.push({
                method: request.method,
                target: request.url,
                headers: request.headers,
                body: Buffer.concat(pieces),
            });
            const answer = this.answers[Math.min(this.requests.length, this.answers.length) - 1];
            response.writeHead(answer.status, { 'x-amzn-requestid': 'id-1', ...answer.headers });
            for (let at = 0, size = answer.piece ?? Infinity; at < answer.body.length; at += size) {
                response.write(answer.body.subarray(at, at + size));
                await new Promise(setImmediate);
            }
            response.end();
        });
    }

    // Runs one case of the driver; its first request gets the first answer, and so on. Resolves to what the service heard and what the driver printed.
    exchange(operation, name, keys, ...answers) {
        this.answers = answers;
        this.requests = [];
        return new Promise((resolve, reject) => {
            const child = spawn(this.driver, [this.url, keys, operation, name], { stdio: ['ignore', 'pipe', 'pipe'] });
            const out = [],
                err = [];
            const timer = setTimeout(() => child.kill('SIGKILL'), 30000);
            child.stdout.on('data', (piece) => out.push(piece));
            child.stderr.on('data', (piece) => err.push(piece));
            child.on('error', reject);
            child.on('close', (code, signal) => {
                clearTimeout(timer);
                if (code !== 0) {
                    reject(new Error(`the driver ended with ${signal ?? code}: ${Buffer.concat(err)}`));
                }
                resolve({ requests: this.requests, lines: Buffer.concat(out).toString().trimEnd().split('\n') });
            });
        });
    }

    close() {
        this.server.close();
        this.server.closeAllConnections();
    }
}
