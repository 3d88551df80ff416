import { timingSafeEqual } from 'node:crypto';

const path = /^\/admin\/people\/([a-z]+)\/(disable|enable)$/;

// admin is the door for switching people off and on, as a provider's administrator does:
// POST /admin/people/NAME/disable with the administrator's secret as bearer.
export function admin(secret, directory) {
  const wanted = Buffer.from(`Bearer ${secret}`);
  const allowed = (header) => {
    const given = Buffer.from(header);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  };
  return async (ctx, next) => {
    const [, name, action] = path.exec(ctx.path) ?? [];
    if (!name) return next();
    if (ctx.method !== 'POST' || !allowed(ctx.get('authorization'))) {
      ctx.status = 403;
    } else {
      ctx.status = directory.enable(name, action === 'enable') ? 204 : 404;
    }
    return undefined;
  };
}
