"""Keystone for tests. argv: the name of an abstract socket, each connection to which gets a Keystone of its own.

A connection's first line says what to start, each further one is a request, or a list of those that threads answer at
the same time; each is answered with one line, all JSON.
What Keystone needs is loaded once, here; a Keystone is a fork of this process that enters the namespaces it is told.
It ends with its connection, and this process with its standard input.
"""
import concurrent.futures
import ctypes
import json
import logging
import os
import select
import signal
import socket
import sqlite3
import sys
import threading
import traceback
import unittest.mock

from cryptography.fernet import Fernet
import keystone.api  # noqa: F401
from keystone.common import provider_api
from keystone.common import sql
from keystone import exception
from keystone.federation import utils
from keystone.server import backends  # noqa: F401
from keystone.server.flask import core
from keystone.server.flask.request_processing.middleware import auth_context
import sqlalchemy.dialects.sqlite  # noqa: F401
import werkzeug.test

API = provider_api.ProviderAPIs
ROOT = '<<keystone.domain.root>>'
STATE = '/var/lib/prove'


class Said(logging.Handler):
    """Keeps what Keystone logs until it is taken."""

    def __init__(self):
        super().__init__()
        self.lines = []
        logging.getLogger('keystone').addHandler(self)

    def emit(self, record):
        self.lines.append(f'{record.levelname} {record.name} {record.getMessage()}')

    def take(self):
        lines, self.lines = self.lines, []
        return '\n'.join(lines)


class Reasons:
    """Keeps what Keystone's exceptions were made with: their own words, which SecurityError does not keep."""

    def __init__(self):
        self.last = ''
        make = exception.Error.__init__

        def observed(error, message=None, **given):
            words = message or getattr(error, 'debug_message_format', '') or error.message_format
            try:
                self.last = f'{type(error).__name__}: {str(words) % given}'
            except (KeyError, TypeError, ValueError):
                self.last = f'{type(error).__name__}: {words}'
            make(error, message, **given)

        exception.Error.__init__ = observed

    def take(self):
        last, self.last = self.last, ''
        return last


def enter(task, root):
    """Goes into the namespaces of a thread and takes a folder there as the root."""
    libc = ctypes.CDLL(None, use_errno=True)
    for kind in ('net', 'mnt'):
        with open(f'/proc/{task}/ns/{kind}') as f:
            if libc.setns(f.fileno(), 0):
                raise OSError(ctypes.get_errno(), f'setns {kind} {task}')
    os.chroot(root)
    os.chdir('/')


def keys():
    os.makedirs(STATE + '/keys', 0o700)
    for name in '01':
        with open(f'{STATE}/keys/{name}', 'wb') as f:
            f.write(Fernet.generate_key())


def start(arguments):
    """Reads the configuration and makes the application as Keystone's WSGI program does."""
    os.umask(0o077)
    keys()
    sys.argv = ['keystone'] + arguments
    application = core.initialize_application('public')
    for name in ('keystone.auth', 'keystone.federation', 'keystone.server'):
        logging.getLogger(name).setLevel(logging.DEBUG)
    with sqlite3.connect(STATE + '/keystone.db') as database:
        database.execute('PRAGMA journal_mode=WAL')  # or the second federated login finds the database locked
    with sql.session_for_write() as session:
        sql.ModelBase.metadata.create_all(session.get_bind())
    return application


def fill(objects):
    """Makes the objects and gives the mappings that Keystone refuses, each with its words."""
    refused = {}
    API.resource_api.create_domain(ROOT, {'id': ROOT, 'name': ROOT, 'enabled': True})
    for name in objects['domains']:
        API.resource_api.create_domain(name, {'id': name, 'name': name, 'enabled': True})
    for name in objects['roles']:
        API.role_api.create_role(name, {'id': name, 'name': name})
    for p in objects['projects']:
        API.resource_api.create_project(p['id'], dict(p, enabled=True, is_domain=False, parent_id=p['domain_id']))
    for g in objects['groups']:
        API.identity_api.driver.create_group(g['id'], g)  # the manager would not take the id
    for a in objects['assignments']:
        API.assignment_api.create_grant(a['role'], group_id=a['group'], project_id=a['project'])
    for idp in objects['identity_providers']:
        API.federation_api.create_idp(idp.pop('id'), idp)
    for mapping in objects['mappings']:
        try:
            utils.validate_mapping_structure(mapping)
            API.federation_api.create_mapping(mapping['id'], mapping)
        except Exception as e:
            refused[mapping['id']] = str(e)
    for protocol in objects['protocols']:
        if protocol['mapping_id'] in refused:
            continue
        API.federation_api.create_protocol(protocol.pop('idp_id'), protocol['id'], protocol)
    return refused


def ask(application, said, reasons, request):
    environ = werkzeug.test.EnvironBuilder(
        path=request['path'], method=request['method'], data=request['body'], headers=request['header'],
        base_url='https://keystone.example.org:5000/').get_environ()
    environ.update(request['environ'])
    said.take(), reasons.take()
    try:
        parts, status, headers = werkzeug.test.run_wsgi_app(application, environ, buffered=True)
    except Exception:  # what the web server would answer with its own page
        log = said.take() + traceback.format_exc()
        return {'status': 500, 'header': [], 'body': '', 'reason': log.rstrip().rpartition('\n')[2], 'log': log}
    body = b''.join(parts).decode('utf-8', 'replace')
    code = int(status.split()[0])
    reason = reasons.take() if code >= 400 else ''
    return {'status': code, 'header': list(headers), 'body': body, 'reason': reason, 'log': said.take()}


def together(application, said, reasons, requests):
    """Answers each request in a thread of its own. All have read their token before the first one goes on."""
    met = threading.Barrier(len(requests), timeout=30)
    fetch = auth_context.AuthContextMiddleware.fetch_token

    def fetch_and_wait(middleware, token, **given):
        try:
            return fetch(middleware, token, **given)
        finally:
            met.wait()

    with unittest.mock.patch.object(auth_context.AuthContextMiddleware, 'fetch_token', fetch_and_wait):
        with concurrent.futures.ThreadPoolExecutor(len(requests)) as threads:
            return list(threads.map(lambda request: ask(application, said, reasons, request), requests))


def serve(connection):
    lines = connection.makefile('rw', encoding='utf-8', newline='\n')

    def answer(what):
        lines.write(json.dumps(what) + '\n')
        lines.flush()

    order = json.loads(lines.readline())
    said, reasons = Said(), Reasons()
    try:
        enter(order['task'], order['root'])
        application = start(order['arguments'])
    except BaseException as e:  # oslo.config ends the program with SystemExit
        answer({'started': False, 'said': said.take() + traceback.format_exc() + repr(e)})
        return
    try:
        answer({'started': True, 'refused': fill(order['objects']), 'said': said.take()})
    except Exception:
        answer({'started': True, 'failed': traceback.format_exc()})
        return
    for line in lines:
        asked = json.loads(line)
        answer((together if isinstance(asked, list) else ask)(application, said, reasons, asked))


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind('\0' + sys.argv[1])
    listener.listen(64)
    print('ready', flush=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # where Keystone logs; nobody reads that pipe any more
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            try:
                serve(connection)
            except BaseException:
                traceback.print_exc()
            os._exit(0)
        connection.close()


main()
