import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

export const resource = 'urn:fedstone:keystone';
export const scopes = 'openid profile email groups offline_access';

// resourceServer describes the resource server whose access tokens are for the audience: JWTs (RFC 9068), or opaque.
export function resourceServer({ audience, format = 'jwt' }) {
  return {
    audience,
    scope: scopes,
    accessTokenFormat: format,
    jwt: { sign: { alg: 'RS256' } },
  };
}

async function signingKey() {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
}

function client({ id, method, secret, keySet, grants, redirects, returns = [] }) {
  return {
    client_id: id,
    client_secret: secret,
    jwks: keySet,
    grant_types: grants,
    response_types: redirects.length ? ['code'] : [],
    redirect_uris: redirects,
    post_logout_redirect_uris: returns,
    application_type: redirects.some((uri) => uri.startsWith('http:')) ? 'native' : 'web',
    token_endpoint_auth_method: method,
  };
}

// deviate gives a client's access tokens what is wrong with them. The library writes client_id itself.
function deviate(registrations) {
  return (ctx, token, jwt) => {
    const { named, notBefore } = registrations.get(token.clientId);
    Object.assign(jwt.payload, { client_id: named }, notBefore && { nbf: notBefore });
  };
}

// grantAll stands for a consent page: everything that was asked for is granted.
async function grantAll(ctx) {
  const { provider, session, client: asking } = ctx.oidc;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: asking.clientId });
  grant.addOIDCScope(scopes);
  grant.addResourceScope(resource, scopes);
  await grant.save();
  return grant;
}

// account is what tokens say of a client's own account.
function account({ id, groups }) {
  const name = { preferred_username: `service-account-${id}` };
  return groups.length ? { ...name, groups } : name;
}

export async function configuration(registrations, directory, registrar) {
  const life = (ctx, token) => registrations.get(token.clientId).seconds;
  return {
    clients: registrations.known().map(client),
    jwks: { keys: [await signingKey()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: scopes.split(' '),
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'name', 'given_name', 'family_name'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
    },
    conformIdTokenClaims: false,
    findAccount: (ctx, subject) => directory.find(subject),
    loadExistingGrant: grantAll,
    issueRefreshToken: async (ctx, asking) => asking.grantTypeAllowed('refresh_token'),
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    rotateRefreshToken: true,
    formats: { customizers: { jwt: deviate(registrations) } },
    ttl: { AccessToken: life, ClientCredentials: life, IdToken: 300, RefreshToken: 1800, Session: 3600, Grant: 3600, Interaction: 600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      registration: { enabled: true, initialAccessToken: registrar },
      registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // The relying party reads userinfo with its access token, so that one is for the issuer itself.
        defaultResource: (ctx, asking, oneOf) => oneOf ?? (registrations.of(asking).audience ? resource : undefined),
        getResourceServerInfo: (ctx, indicator, asking) => resourceServer(registrations.get(asking.clientId)),
        useGrantedResource: () => true,
      },
    },
    extraTokenClaims: (ctx, token) => {
      if (token.kind !== 'ClientCredentials') return directory.claims(token.accountId);
      return account(registrations.get(token.clientId));
    },
  };
}
