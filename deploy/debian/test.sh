#!/bin/sh
# Installs, uses and removes the Debian package in a copy of this system that is thrown away: an
# overlay over /, in a mount namespace of its own. As root, on Debian or Ubuntu with systemd and
# curl, after `cargo xtask dist`:
#
#     unshare --mount deploy/debian/test.sh target/dist/tcp-bridge_*.deb
set -eu
package=$(realpath "$1")
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
mount --bind /proc /mnt/root/proc
mount --bind /dev /mnt/root/dev
cp "$package" /mnt/root/tmp/package.deb
chroot /mnt/root sh -eu <<'INSIDE'
dpkg -i /tmp/package.deb
systemd-analyze verify /usr/lib/systemd/system/tcp-bridge.service /usr/lib/systemd/system/tcp-bridge.socket
man -w tcp-bridge-serve
mkfifo /tmp/lines
setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs \
    tcp-bridge --listen 127.0.0.1:0 --echo 127.0.0.1:0 > /tmp/lines &
read -r _ url < /tmp/lines
curl --fail --silent --show-error --output /dev/null "$url"
curl --fail --silent --show-error "${url}api/info"
kill $!
wait $!
dpkg --purge tcp-bridge
! ls /usr/bin/tcp-bridge /etc/default/tcp-bridge /usr/lib/systemd/system/tcp-bridge.* 2> /dev/null
INSIDE
echo
echo "installed, used and removed"
