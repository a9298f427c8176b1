#!/bin/sh
# Builds the image and uses it as docs/operations.md says, in namespaces that are thrown away with
# all that buildah and podman leave. As root, with both, curl, openssl and Python's websockets
# (python3-websockets), after `cargo xtask dist`:
#
#     unshare --mount --net deploy/image/test.sh
#
# PODMAN='podman --runtime runc' has another runtime than podman's own run it: crun refuses machines
# with cgroups of both versions.
set -eu
cd "$(dirname "$0")/../.."
podman=${PODMAN:-podman}
for folder in /var/lib/containers /var/lib/cni /run; do
    mkdir -p "$folder"
    mount -t tmpfs tmpfs "$folder"
done
ip link set lo up
work=$(mktemp -d /run/test.XXXXXX)
echo '127.0.0.1 localhost bridge.example' > "$work/hosts"
mount --bind "$work/hosts" /etc/hosts

echo "== built"
buildah build -f deploy/Containerfile -t tcp-bridge target/dist
buildah images tcp-bridge

echo "== run without rights"
openssl rand -hex 16 > "$work/token"
chmod 400 "$work/token"
chown 65532 "$work/token"
trap '$podman rm --force bridge > /dev/null' EXIT
# The limits are within what any machine gives.
$podman run --detach --name bridge -p 8080:8080 --read-only --cap-drop all --stop-timeout 20 \
    --security-opt no-new-privileges --ulimit nofile=16384 --ulimit nproc=512 \
    -v "$work/token:/token:ro" -e BRIDGE_TOKEN_FILE=/token \
    tcp-bridge --public-host bridge.example
process=$($podman inspect --format '{{.State.Pid}}' bridge)
grep '^Uid:.65532' "/proc/$process/status"
grep '^CapBnd:.0*$' "/proc/$process/status"
grep ' / / ro' "/proc/$process/mountinfo"

echo "== used"
token=$(cat "$work/token")
session="deploy/session.py ws://bridge.example:8080/ws?target=echo&token=$token"
curl --fail --silent --show-error --retry 10 --retry-connrefused --location --cookie-jar "$work/jar" \
    --output /dev/null "http://bridge.example:8080/?token=$token"
curl --fail --silent --show-error -H "Authorization: Bearer $token" \
    http://bridge.example:8080/api/info
echo
$session

echo "== stopped"
$session --last > "$work/last" &
timeout 30 sh -c "until grep -sq open '$work/last'; do sleep 0.1; done"
$podman stop bridge
wait $!
grep '^1012 ' "$work/last"
$podman logs bridge
[ "$($podman inspect --format '{{.State.ExitCode}}' bridge)" = 0 ]

echo
echo "built, run, used and stopped"
