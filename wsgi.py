"""What the server loads: `gunicorn wsgi:app`. In production it refuses to start with a sentence for each reason."""

from casework import create_app
from casework.db import db
from casework.startup import refuse
from casework.vault import keys
from config import Config

config = Config.from_env()
app = create_app(config)
with app.app_context():
    refuse(config, keys.ring(), db.engine)
    db.engine.dispose()
