"""What the server loads: `gunicorn wsgi:app`."""

from casework import create_app
from config import Config

app = create_app(Config.from_env())
