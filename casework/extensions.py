"""The Flask extensions, unbound; `create_app` binds them. Imports no feature."""

from __future__ import annotations

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

babel = Babel()
csrf = CSRFProtect()
login = LoginManager()
migrate = Migrate()
