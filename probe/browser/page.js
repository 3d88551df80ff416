// Functions that look at a page and fill in its forms. Each is called alone.

function visible(field) {
  return field && field.getClientRects().length > 0;
}

function passwordField() {
  return [...document.querySelectorAll('input[type=password]')].find(visible);
}

function look() {
  const user = document.querySelector('.user-name');
  const field = passwordField();
  return {
    Address: location.origin + location.pathname,
    Host: location.host,
    Complete: document.readyState === 'complete',
    Form: !!field,
    Sent: document.documentElement.dataset.fedstone === 'sent',
    User: user ? user.innerText : '',
    Token: !!document.querySelector('[name=token]'),
  };
}

// choose takes an identity provider on Horizon's login page.
function choose(value, label) {
  const list = document.querySelector('select[name=auth_type]');
  if (!list) return 'it has no list of ways to log in';
  const options = [...list.options];
  const option = options.find((o) => o.value === value) || options.find((o) => o.text.trim() === label);
  if (!option) return 'the list of ways to log in lacks it';
  list.value = option.value;
  list.form.submit();
  return '';
}

// fill gives a field a value as a person would, also where a framework listens.
function fill(field, value) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
  for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
}

function logIn(hosts, user, password) {
  const field = passwordField();
  if (!field || !field.form) return 'the password belongs to no form';
  const goal = new URL(field.form.action, location);
  for (const place of [location, goal]) {
    if (place.protocol !== 'https:' || !hosts.includes(place.host)) return 'the form is not the issuer\'s: the password is not given to it';
  }
  const name = [...field.form.querySelectorAll('input')].find((i) => visible(i) && ['text', 'email'].includes(i.type));
  if (!name) return 'the form has no field for a name';
  fill(name, user);
  fill(field, password);
  document.documentElement.dataset.fedstone = 'sent';
  field.form.requestSubmit(field.form.querySelector('[type=submit], button:not([type])'));
  return '';
}

// hide takes out of a page what a picture must not show. It says whether one may be made.
function hide() {
  if (document.activeElement) document.activeElement.blur();
  for (const field of document.querySelectorAll('input[type=password]')) field.value = '';
  return !document.querySelector('[name=token]');
}
