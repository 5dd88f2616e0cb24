"""The program with its pages compiled before the workers are forked: a killed worker is back in milliseconds."""

from wsgi import app

for _name in app.jinja_env.list_templates(extensions=["html"]):
    app.jinja_env.get_template(_name)
