#!/bin/sh
# Wraps dist/pointinfo/ as dist/pointinfo_VERSION_ARCH.deb: `sh packaging/deb.sh VERSION`.
set -eu
umask 022
cd "$(dirname "$0")/.."

version=${1:?version}
architecture=$(dpkg --print-architecture)
root=build/deb
doc=$root/usr/share/doc/pointinfo

rm -rf "$root"
mkdir -p "$root/DEBIAN" "$root/opt" "$root/usr/bin" "$root/usr/share/applications" "$doc" \
    "$root/usr/share/icons/hicolor/scalable/apps" "$root/usr/share/icons/hicolor/256x256/apps"
strip --strip-unneeded dist/pointinfo/_internal/libpython3.*.so.*
cp -R dist/pointinfo "$root/opt/pointinfo"
ln -s /opt/pointinfo/pointinfo "$root/usr/bin/pointinfo"
cp packaging/pointinfo.desktop "$root/usr/share/applications/"
cp resources/icons/pointinfo.svg "$root/usr/share/icons/hicolor/scalable/apps/"
cp packaging/pointinfo.png "$root/usr/share/icons/hicolor/256x256/apps/"

cat >"$doc/copyright" <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: PointInfo

Files: *
Copyright: the PointInfo contributors
License: EUPL-1.2
Comment: The parts shipped with it keep their own licences, whose texts are in /opt/pointinfo/_internal/licenses.

Files: opt/pointinfo/_internal/PySide6/* opt/pointinfo/_internal/shiboken6/*
Copyright: The Qt Company Ltd. and other contributors
License: LGPL-3
 On Debian systems the text is in /usr/share/common-licenses/LGPL-3. These files may be replaced by others of the
 same interface.

Files: opt/pointinfo/_internal/libpython3* opt/pointinfo/_internal/python3*
Copyright: Python Software Foundation
License: PSF-2
 See https://docs.python.org/3/license.html

License: EUPL-1.2
$(sed -e 's/^$/./' -e 's/^/ /' LICENSE)
END

cat >"$root/DEBIAN/control" <<END
Package: pointinfo
Version: $version
Architecture: $architecture
Maintainer: PointInfo maintainers <maintainers@pointinfo.invalid>
Section: misc
Priority: optional
Installed-Size: $(du -sk "$root" | cut -f1)
Depends: libc6 (>= $(getconf GNU_LIBC_VERSION | cut -d' ' -f2)), libstdc++6, libgcc-s1, libfreetype6, zlib1g, libzstd1, $(sh packaging/setup.sh packages | paste -sd, | sed 's/,/, /g')
Recommends: cups-client
Description: front desk of a municipal information counter
 Find the answer, print it in the visitor's language, note the inquiry, with the
 network cable out. Comes with a demonstration directory of real Geneva services.
END
(cd "$root" && find opt usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
chmod -R u+rwX,go+rX,go-w "$root"
dpkg-deb --root-owner-group -Zxz --build "$root" "dist/pointinfo_${version}_$architecture.deb" >/dev/null
rm -rf "$root"
echo "dist/pointinfo/ and dist/pointinfo_${version}_$architecture.deb"
