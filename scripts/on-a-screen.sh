#!/usr/bin/env bash
# Runs a command with a screen and a session bus of its own, so that windows can be driven where nobody sits.
set -euo pipefail
# Drawn by the processor, the same on every machine.
export GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 WEBKIT_DISABLE_DMABUF_RENDERER=1
export GTK_THEME=Adwaita NO_AT_BRIDGE=1 GSETTINGS_BACKEND=memory
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
exec xvfb-run --auto-servernum --server-args='-screen 0 1440x960x24 -nolisten tcp' dbus-run-session -- "$@"
