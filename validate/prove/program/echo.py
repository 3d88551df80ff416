import json


def application(environ, start_response):
    """Answers with the WSGI environment, as Keystone would have got it."""
    size = int(environ.get('CONTENT_LENGTH') or 0)
    environ['wsgi.input'].read(size)
    environ['wsgi.multithread'] = str(environ['wsgi.multithread'])
    body = json.dumps({k: v for k, v in list(environ.items()) if isinstance(v, str)}).encode()
    made = environ.get('PATH_INFO', '').endswith('/auth')
    start_response('201 CREATED' if made else '200 OK', [
        ('Content-Type', 'application/json'), ('X-Prove', 'environ'), ('Content-Length', str(len(body)))])
    return [body]
