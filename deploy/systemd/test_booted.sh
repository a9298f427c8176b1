#!/bin/sh
# What test.sh runs in the container that it has booted.
set -eu
cd /root
cp /test/tcp-bridge_*.deb .
session=/test/deploy/session.py
echo 'quiet "2"; APT::Get::Assume-Yes "true"; Dpkg::Use-Pty "0";' > /etc/apt/apt.conf.d/90test
echo "127.0.0.1 localhost bridge.example $(cat /etc/hostname)" > /etc/hosts

say() { printf '\n== %s\n' "$*"; }
fails() { ! "$@" || { echo "did not fail: $*"; exit 1; }; }
# What a package may leave behind; systemd, dpkg and apt keep books of their own.
files() { find /etc /usr /var/lib -not -path '/var/lib/dpkg/*' -not -path '/var/lib/apt/*' | sort; }
# The code block of this number in "Five minutes".
block() {
    awk -v wanted="$1" '
        /^## / { here = $0 == "## Five minutes" }
        here && /^```/ { code = !code; count += code; next }
        here && code && count == wanted' /test/docs/operations.md
}
# Waits until a command succeeds, for 30 seconds at most.
until_true() {
    for _ in $(seq 300); do
        if "$@" > /dev/null 2>&1; then return; fi
        sleep 0.1
    done
    echo "not within 30 s: $*"
    return 1
}
active_sessions() { curl -s http://127.0.0.1:9091/metrics | grep -qx "tcp_bridge_sessions_active $1"; }

say "installed, and nothing opens by itself"
files > before
apt-get install ./tcp-bridge_*.deb
fails systemctl is-enabled tcp-bridge.socket tcp-bridge.service
fails systemctl is-active tcp-bridge.socket tcp-bridge.service

say "the first connection starts the service"
systemctl enable --now tcp-bridge.socket
systemctl is-active tcp-bridge.socket
fails systemctl is-active tcp-bridge.service
curl --fail --silent --show-error --output /dev/null http://localhost:8080/
systemctl is-active tcp-bridge.service
$session 'ws://localhost:8080/ws?target=echo'
systemd-analyze security tcp-bridge | grep -F 'tcp-bridge.service: 1.1'

say "stopping drains"
$session 'ws://localhost:8080/ws?target=echo' --last > last &
until_true grep open last
systemctl stop tcp-bridge.socket tcp-bridge.service
wait $!
grep '^1012 ' last
systemctl show --property Result --property ExecMainStatus tcp-bridge.service
[ "$(systemctl show --property Result --value tcp-bridge.service)" = success ]

say "purged, and nothing is left"
apt-get purge tcp-bridge
files > after
diff before after

say "five minutes"
block 1 | sh -eux
block 2 > /etc/default/tcp-bridge
# systemctl edit asks for a terminal.
mkdir /etc/systemd/system/tcp-bridge.service.d
block 3 > /etc/systemd/system/tcp-bridge.service.d/override.conf
systemctl daemon-reload
block 4 > /etc/haproxy/haproxy.cfg
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=bridge.example \
    -addext subjectAltName=DNS:bridge.example -keyout key.pem -out certificate.pem 2> /dev/null
cat certificate.pem key.pem > /etc/haproxy/bridge.pem
cp certificate.pem /usr/local/share/ca-certificates/bridge.example.crt
update-ca-certificates > /dev/null
block 5 | sh -eux | tee looked
grep -F '"redis"' looked
grep -x 'tcp_bridge_sessions_active 0' looked
token=$(cat /etc/tcp-bridge/token)
url="wss://bridge.example/ws?target=echo&token=$token"
fails curl --fail --silent --show-error https://bridge.example/api/info
curl --fail --silent --show-error --location --cookie-jar jar --output page \
    "http://bridge.example/?token=$token"
curl --fail --silent --show-error --cookie jar --output /dev/null https://bridge.example/api/info
$session "$url"

say "a new version, under 20 sessions"
dpkg-deb --raw-extract tcp-bridge_*.deb newer
sed -i 's/^Version: .*/&.1/' newer/DEBIAN/control
dpkg-deb --build newer newer.deb
process=$(systemctl show --property MainPID --value tcp-bridge.service)
$session "$url" --move 20 > moved &
until_true active_sessions 20
apt-get install ./newer.deb
wait $! || { cat moved; exit 1; }
cat moved
[ "$process" != "$(systemctl show --property MainPID --value tcp-bridge.service)" ]
systemctl is-active tcp-bridge.service

say "installed, used, upgraded and removed"
