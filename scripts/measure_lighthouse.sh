#!/bin/sh
# Lighthouse (npm) over a running site with the system's Chromium, and the validator for HTML (vnu-jar, needs java).
#   sh scripts/measure_lighthouse.sh http://127.0.0.1:8000 / /sections/city/ /stories/1/
# Prints performance, accessibility, best practices and SEO of each page, three runs, the middle one of the first.
# FOLDER keeps the two tools between runs; FORM is mobile (as Lighthouse is by default) or desktop.
set -eu
site=${1:?where the site runs, e.g. http://127.0.0.1:8000}
shift
folder=${FOLDER:-/tmp/newsroom-lighthouse}
form=${FORM:-mobile}
runs=${RUNS:-3}
mkdir -p "$folder"
cd "$folder"
[ -x node_modules/.bin/lighthouse ] || { npm init --yes > npm.log; npm install lighthouse vnu-jar >> npm.log 2>&1; }
CHROME_PATH=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
export CHROME_PATH
preset=
[ "$form" = desktop ] && preset=--preset=desktop
printf 'load %s, %s, %s\n' "$(cut -d' ' -f1-3 /proc/loadavg)" "$(node_modules/.bin/lighthouse --version)" "$form"
for page in "$@"; do
	run=0
	rm -f run-*.json
	while [ "$run" -lt "$runs" ]; do
		run=$((run + 1))
		# shellcheck disable=SC2086
		node_modules/.bin/lighthouse "$site$page" $preset --quiet --output=json --output-path="run-$run.json" \
			--only-categories=performance,accessibility,best-practices,seo \
			--chrome-flags='--headless=new --no-sandbox --disable-gpu' || echo "   run $run of $page broke off"
	done
	node -e '
const runs = process.argv.slice(2).map((name) => JSON.parse(require("fs").readFileSync(name)));
const score = (run, id) => Math.round(run.categories[id].score * 100);
runs.sort((a, b) => score(a, "performance") - score(b, "performance"));
const run = runs[Math.floor(runs.length / 2)];
const shown = ["performance", "accessibility", "best-practices", "seo"].map((id) => `${id} ${score(run, id)}`);
const shift = run.audits["cumulative-layout-shift"].displayValue;
const paint = run.audits["largest-contentful-paint"].displayValue;
console.log(process.argv[1], shown.join(", "), `layout shift ${shift}, largest paint ${paint}`);
const asked = Object.values(run.categories).flatMap(({ auditRefs }) => auditRefs).filter(({ weight }) => weight);
for (const { id } of asked) {
  const { score, scoreDisplayMode, title } = run.audits[id];
  if (scoreDisplayMode === "binary" && score === 0) console.log("   not passed:", id, title);
}' "$page" run-*.json
	curl --silent "$site$page" > page.html
	java -jar node_modules/vnu-jar/build/dist/vnu.jar --errors-only page.html || echo "   $page has errors for vnu"
done
