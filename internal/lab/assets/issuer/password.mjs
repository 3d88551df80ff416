import { errors } from 'oidc-provider';
import { resource, resourceServer, scopes } from './configuration.mjs';

// issueGrant grants the person's client what it asked for, of what there is.
async function issueGrant(provider, ids, scope) {
  const grant = new provider.Grant(ids);
  grant.addOIDCScope(scope);
  grant.addResourceScope(resource, scope);
  return grant.save();
}

async function accessToken(provider, common, registration) {
  const token = new provider.AccessToken(common);
  token.resourceServer = new provider.ResourceServer(resource, resourceServer(registration));
  return { value: await token.save(), expiresIn: token.expiration };
}

async function idToken(ctx, directory, { accountId, scope }, access) {
  if (!scope.split(' ').includes('openid')) return undefined;
  const token = new ctx.oidc.provider.IdToken({ ...directory.claims(accountId), auth_time: Math.floor(Date.now() / 1000) }, { ctx });
  token.scope = scope;
  token.set('at_hash', access);
  return token.issue({ use: 'idtoken' });
}

// registerPasswordGrant adds RFC 6749 section 4.3, which the library leaves out.
export function registerPasswordGrant(provider, directory, registrations) {
  const known = new Set(scopes.split(' '));
  const handler = async (ctx, next) => {
    const { client, params } = ctx.oidc;
    const accountId = directory.authenticate(params.username, params.password);
    if (!accountId) throw new errors.InvalidGrant('invalid user credentials');
    ctx.oidc.entity('Account', directory.find(accountId));
    const scope = (params.scope ?? 'openid').split(' ').filter((s) => known.has(s)).join(' ');
    const grantId = await issueGrant(provider, { accountId, clientId: client.clientId }, scope);
    const common = { accountId, client, grantId, gty: 'password', scope };
    const access = await accessToken(provider, common, registrations.get(client.clientId));
    const refresh = await new provider.RefreshToken({ ...common, resource, rotations: 0 }).save();
    ctx.body = {
      access_token: access.value,
      expires_in: access.expiresIn,
      id_token: await idToken(ctx, directory, common, access.value),
      refresh_token: refresh,
      scope,
      token_type: 'Bearer',
    };
    await next();
  };
  provider.registerGrantType('password', handler, ['username', 'password', 'scope']);
}
