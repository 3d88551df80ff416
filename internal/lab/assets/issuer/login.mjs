import { text } from 'node:stream/consumers';

function page(uid, message) {
  return `<!DOCTYPE html>
<html><head><title>Sign in to campus</title></head><body>
<h1>Sign in to campus</h1>
<p role="alert">${message}</p>
<form method="post" action="/interaction/${uid}">
<label>Username <input id="username" name="username" autocomplete="username"></label>
<label>Password <input id="password" name="password" type="password" autocomplete="current-password"></label>
<button id="login" type="submit">Sign in</button>
</form></body></html>`;
}

// interactions answer the login page, GET to show it and POST to send it. Nothing from the request is shown. The
// consent that native clients always need is given without a question: everybody here has agreed.
export function interactions(provider, directory) {
  return async (ctx, next) => {
    if (!/^\/interaction\/[A-Za-z0-9_-]+$/.test(ctx.path)) return next();
    const { uid, prompt } = await provider.interactionDetails(ctx.req, ctx.res);
    if (prompt.name === 'consent') {
      ctx.respond = false;
      return provider.interactionFinished(ctx.req, ctx.res, { consent: {} }, { mergeWithLastSubmission: true });
    }
    ctx.type = 'html';
    if (ctx.method !== 'POST') {
      ctx.body = page(uid, '');
      return undefined;
    }
    const form = new URLSearchParams(await text(ctx.req));
    const accountId = directory.authenticate(form.get('username'), form.get('password'));
    if (!accountId) {
      ctx.status = 401;
      ctx.body = page(uid, 'Invalid username or password.');
      return undefined;
    }
    ctx.respond = false;
    return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId } }, { mergeWithLastSubmission: false });
  };
}
