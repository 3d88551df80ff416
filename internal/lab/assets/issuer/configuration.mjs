import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

export const resource = 'urn:fedstone:keystone';
export const scopes = 'openid profile email groups offline_access';

// resourceServer describes the resource server whose access tokens are JWTs (RFC 9068) for the audience.
export function resourceServer(audience) {
  return {
    audience,
    scope: scopes,
    accessTokenFormat: 'jwt',
    accessTokenTTL: 300,
    jwt: { sign: { alg: 'RS256' } },
  };
}

async function signingKey() {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
}

function client({ id, secret, grants, redirects }) {
  return {
    client_id: id,
    client_secret: secret,
    grant_types: grants,
    response_types: redirects.length ? ['code'] : [],
    redirect_uris: redirects,
    application_type: redirects.some((uri) => uri.startsWith('http:')) ? 'native' : 'web',
    token_endpoint_auth_method: 'client_secret_basic',
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

export async function configuration(settings, directory) {
  const bearers = new Set(settings.clients.filter((c) => c.bearer).map((c) => c.id));
  const service = { preferred_username: 'service-account-keystone-cli', groups: settings.serviceGroups };
  return {
    clients: settings.clients.map(client),
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
    ttl: { AccessToken: 300, ClientCredentials: 300, IdToken: 300, RefreshToken: 1800, Session: 3600, Grant: 3600, Interaction: 600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // The relying party reads userinfo with its access token, so that one is for the issuer itself.
        defaultResource: (ctx, asking, oneOf) => oneOf ?? (bearers.has(asking.clientId) ? resource : undefined),
        getResourceServerInfo: () => resourceServer(settings.audience),
        useGrantedResource: () => true,
      },
    },
    extraTokenClaims: (ctx, token) => {
      if (token.kind !== 'ClientCredentials') return directory.claims(token.accountId);
      return token.clientId === 'keystone-cli' ? service : { preferred_username: `service-account-${token.clientId}` };
    },
  };
}
