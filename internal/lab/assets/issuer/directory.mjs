import { timingSafeEqual } from 'node:crypto';

// Directory is the people of this issuer. The subject is the name, prefixed, so that nobody takes one for the other.
export class Directory {
  #people;
  #disabled = new Set();

  constructor(people) {
    this.#people = new Map(people.map((person) => [`user-${person.name}`, person]));
  }

  // enable switches a person on or off; false where there is none of that name.
  enable(name, on) {
    if (!this.#people.has(`user-${name}`)) return false;
    if (on) this.#disabled.delete(`user-${name}`);
    else this.#disabled.add(`user-${name}`);
    return true;
  }

  // get gives the person of a subject, unless switched off.
  #get(subject) {
    return this.#disabled.has(subject) ? undefined : this.#people.get(subject);
  }

  // authenticate gives the subject, or undefined.
  authenticate(name, password) {
    const person = this.#get(`user-${name}`);
    if (!person || typeof password !== 'string') return undefined;
    const [given, wanted] = [Buffer.from(password), Buffer.from(person.password)];
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? `user-${name}` : undefined;
  }

  // claims are what tokens and userinfo say of a subject; undefined where there is none.
  claims(subject) {
    const person = this.#get(subject);
    if (!person) return undefined;
    return {
      sub: subject,
      preferred_username: person.name,
      name: `${person.given} ${person.family}`,
      given_name: person.given,
      family_name: person.family,
      email: `${person.name}@example.org`,
      email_verified: true,
      groups: person.groups,
    };
  }

  // find is oidc-provider's findAccount.
  find(subject) {
    const claims = this.claims(subject);
    return claims && { accountId: subject, claims: async () => claims };
  }
}
