"""Settings of gunicorn, which reads this module (`gunicorn --config python:casework.cli.serving wsgi:app`)."""

import os
from pathlib import Path

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 20
keepalive = 5
umask = 0o077
# A heartbeat file on a busy disk can hold a worker long enough to be killed for it.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# Addresses of pages hold ids of cases: what was read stands in the audit, not in a log file.
accesslog = None
errorlog = "-"
loglevel = "warning"
no_control_socket = True
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
