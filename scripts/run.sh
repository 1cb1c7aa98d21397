#!/bin/sh
# Starts the newsroom on one machine: database, demo the first time, the clock, the server.
set -eu
PY=.venv/bin/python
$PY manage.py migrate --verbosity 0
$PY manage.py collectstatic --no-input --verbosity 0
$PY manage.py load_demo --if-empty
$PY manage.py publish_due --watch &
clock=$!
trap 'kill $clock 2>/dev/null' EXIT INT TERM
$PY manage.py welcome "http://$ADDRESS"
.venv/bin/gunicorn newsroom.wsgi --bind "$ADDRESS" --workers 1 --threads 8 --log-level warning
