// postOnly refuses the Basic header of clients that are registered with client_secret_post: the library takes
// either from both.
export function postOnly(clients) {
  const names = new Set(clients.filter((c) => c.method === 'client_secret_post').map((c) => c.id));
  return async (ctx, next) => {
    const [scheme, text = ''] = ctx.get('authorization').split(' ');
    const [id] = Buffer.from(text, 'base64').toString('utf8').split(':');
    if (scheme.toLowerCase() !== 'basic' || !names.has(id)) return next();
    ctx.status = 401;
    ctx.body = { error: 'invalid_client', error_description: 'this client is registered with client_secret_post' };
    return undefined;
  };
}
