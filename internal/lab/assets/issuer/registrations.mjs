// Registrations is what this issuer knows of its clients beside what the library does. One that registered itself
// (RFC 7591) has ordinary tokens: for Keystone, where it asks at the token endpoint by itself, else for the issuer.
export class Registrations {
  #known;

  constructor(clients) {
    this.#known = new Map(clients.map((client) => [client.id, client]));
  }

  // known are those of the lab.
  known() {
    return [...this.#known.values()];
  }

  // get gives what is known by a client's id.
  get(id) {
    return this.#known.get(id) ?? { id, named: id, audience: 'keystone', format: 'jwt', seconds: 300, groups: ['cloud-users'] };
  }

  // of is get for a client that the library holds, so that its grants can be asked for.
  of(client) {
    const found = this.get(client.clientId);
    const relying = !this.#known.has(client.clientId) && !client.grantTypeAllowed('client_credentials') && !client.grantTypeAllowed('password');
    return relying ? { ...found, audience: '' } : found;
  }
}
