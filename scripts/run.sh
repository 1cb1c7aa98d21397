#!/bin/sh
# Starts the newsroom on one machine: database, demo the first time, the clock, PDFs set anew, the notices, what was
# read, the server.
set -eu
PY=.venv/bin/python
# Pages and mails name the site by it.
export SITE_ADDRESS="${SITE_ADDRESS:-http://$ADDRESS}"
$PY manage.py migrate --verbosity 0
$PY manage.py collectstatic --no-input --verbosity 0
$PY manage.py load_demo --if-empty
# What it did each minute is for the logs of a site, not for whoever reads the welcome.
$PY manage.py publish_due --watch >/dev/null &
clock=$!
$PY manage.py set_pdfs_anew --watch >/dev/null &
pdfs=$!
$PY manage.py send_notices --watch &
notices=$!
$PY manage.py count_reads --watch &
reads=$!
$PY manage.py welcome "$SITE_ADDRESS"
.venv/bin/gunicorn newsroom.wsgi --bind "$ADDRESS" --config scripts/gunicorn.conf.py \
    --workers 1 --threads 12 --log-level warning \
    --logger-class newsroom.reads_log.ReadsLogger --access-logfile "${NEWSROOM_VAR:-var}/reads.log" &
server=$!
# The shell hears a signal only while it waits; what it started ends with it.
trap 'kill $clock $pdfs $notices $reads $server 2>/dev/null; wait' EXIT
trap exit INT TERM
wait $server
