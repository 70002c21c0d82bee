// The same with Slack's Bolt for JavaScript, as its guide shows it. Settings from the environment, as in ../python/handler.py.
const { App } = require('@slack/bolt');
const crypto = require('crypto');
const endpoint = new URL(process.env.FC_ENDPOINT);
const transport = endpoint.protocol === 'https:' ? require('https') : require('http');
const path = '/2023-03-30/functions/chatops-execution/invocations';

function signed(body) {
  const digest = crypto.createHash('sha256').update(body).digest('hex');
  const headers = {
    'content-type': 'application/octet-stream',
    host: endpoint.host,
    'x-acs-accesskey-id': process.env.PEER_KEY,
    'x-acs-action': 'InvokeFunction',
    'x-acs-content-sha256': digest,
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-security-token': process.env.PEER_TOKEN,
    'x-acs-signature-nonce': crypto.randomBytes(16).toString('hex'),
    'x-acs-version': '2023-03-30',
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`).join('');
  const canonical = `POST\n${path}\n\n${lines}\n${names}\n${digest}`;
  const toSign = 'ACS3-HMAC-SHA256\n' + crypto.createHash('sha256').update(canonical).digest('hex');
  const signature = crypto.createHmac('sha256', process.env.PEER_SECRET).update(toSign).digest('hex');
  headers.Authorization = `ACS3-HMAC-SHA256 Credential=${process.env.PEER_KEY},SignedHeaders=${names},Signature=${signature}`;
  headers['X-Fc-Invocation-Type'] = 'Async';
  headers['x-fc-async-task-id'] = 'c_' + digest;
  headers['content-length'] = body.length;
  return headers;
}

const agent = new transport.Agent({ keepAlive: true });

function handOver(message) {
  const body = Buffer.from(JSON.stringify(message));
  return new Promise((resolve, reject) => {
    const request = transport.request(
      { method: 'POST', hostname: endpoint.hostname, port: endpoint.port, path, headers: signed(body), agent, timeout: 800,
        ca: process.env.PEER_CA ? require('fs').readFileSync(process.env.PEER_CA) : undefined },
      (response) => { response.resume(); response.on('end', () => resolve(response.statusCode)); });
    request.on('error', reject);
    request.end(body);
  });
}

const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  token: 'xoxb-benchmark',
  tokenVerificationEnabled: false,
  botId: 'B0001',
  botUserId: 'U0009',
  endpoints: '/slack/command',
});
app.command('/ecs', async ({ command, ack }) => {
  const status = await handOver({ kind: 'chatops/v1', command: command.command, text: command.text });
  await ack(status === 202 ? 'Accepted: ' + command.text : 'Not accepted');
});
app.start({ port: Number(process.env.PORT), host: '127.0.0.1' });
