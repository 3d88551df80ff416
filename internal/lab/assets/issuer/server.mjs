// A light, certified OpenID Provider on loopback. Its configuration (issuer, port, certificate, clients,
// people) is the JSON file named by the only argument, which may be removed once the server answers.
import { readFileSync } from 'node:fs';
import https from 'node:https';
import Provider from 'oidc-provider';
import { admin } from './admin.mjs';
import { configuration } from './configuration.mjs';
import { registerPasswordGrant } from './password.mjs';
import { interactions } from './login.mjs';
import { postOnly } from './postonly.mjs';
import { Directory } from './directory.mjs';
import { Registrations } from './registrations.mjs';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const directory = new Directory(settings.people);
const registrations = new Registrations(settings.clients);
const provider = new Provider(settings.issuer, await configuration(registrations, directory, settings.registrar));
registerPasswordGrant(provider, directory, registrations);
provider.use(admin(settings.admin, directory));
provider.use(postOnly(settings.clients));
provider.use(interactions(provider, directory));
provider.on('server_error', (ctx, error) => console.error(error));

https
  .createServer({ key: readFileSync(settings.key), cert: readFileSync(settings.cert) }, provider.callback())
  .listen(settings.port, '127.0.0.1');
