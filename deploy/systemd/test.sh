#!/bin/sh
# Uses the Debian package under a systemd of its own, as docs/operations.md says: a container that
# boots, has no network and is thrown away. As root, with systemd-nspawn (systemd-container) and
# mmdebstrap, after `cargo xtask dist`:
#
#     deploy/systemd/test.sh target/dist/tcp-bridge_*.deb
#
# The first run gets a Debian of 400 MB from its mirror, into target/systemd, or $TOOLS.
set -eu
package=$(realpath "$1")
project=$(realpath "$(dirname "$0")/../..")
tools=$(realpath -m "${TOOLS:-$project/target/systemd}")

if ! [ -e "$tools/ready" ]; then
    rm -rf "$tools"
    mkdir -p "$tools"
    # What operators install is there as packages alone.
    mmdebstrap --variant=apt --skip=cleanup/apt \
        --include=systemd-sysv,dbus,ca-certificates,curl,openssl,python3-websockets,sudo \
        --customize-hook='chroot "$1" apt-get install --yes --download-only haproxy' \
        bookworm "$tools/debian"
    touch "$tools/ready"
fi
# Where no systemd runs, none can give the container a scope of its own.
scope=
[ -d /run/systemd/system ] || scope=--keep-unit
# The script is what the container boots for, and its exit status that of the container.
systemd-nspawn --boot --quiet --register=no $scope --private-network --volatile=overlay \
    --directory="$tools/debian" --machine=tcp-bridge-test \
    --bind-ro="$project/deploy:/test/deploy" --bind-ro="$project/docs:/test/docs" \
    --bind-ro="$package:/test/$(basename "$package")" \
    systemd.show_status=no systemd.run=/test/deploy/systemd/test_booted.sh < /dev/null
