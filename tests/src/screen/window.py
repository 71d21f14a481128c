"""The windows of the app as the screen has them, and the press of a close button.

window.py list        a line for each window called Baton: id, process, "seen" or "hidden"
window.py close ID    what a window manager does when the close button is pressed
"""

import ctypes
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p

x11 = ctypes.CDLL("libX11.so.6")
Window = c_ulong


class Attributes(ctypes.Structure):
    _fields_ = (
        [(name, c_int) for name in ("x", "y", "width", "height", "border_width", "depth")]
        + [("visual", c_void_p), ("root", Window)]
        + [(name, c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")]
        + [("backing_planes", c_ulong), ("backing_pixel", c_ulong), ("save_under", c_int)]
        + [("colormap", c_ulong), ("map_installed", c_int), ("map_state", c_int)]
        + [("all_event_masks", c_long), ("your_event_mask", c_long), ("do_not_propagate_mask", c_long)]
        + [("override_redirect", c_int), ("screen", c_void_p)]
    )


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", Window),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        # An event may be read as one of any kind.
        ("rest", c_long * 24),
    ]


x11.XOpenDisplay.restype = c_void_p
x11.XInternAtom.restype = c_ulong
x11.XInternAtom.argtypes = [c_void_p, c_char_p, c_int]
x11.XDefaultRootWindow.restype = Window
x11.XDefaultRootWindow.argtypes = [c_void_p]
x11.XQueryTree.argtypes = [c_void_p, Window] + [POINTER(Window)] * 2 + [POINTER(POINTER(Window)), POINTER(c_uint)]
x11.XFetchName.argtypes = [c_void_p, Window, POINTER(c_char_p)]
x11.XGetWindowAttributes.argtypes = [c_void_p, Window, POINTER(Attributes)]
x11.XGetWindowProperty.argtypes = (
    [c_void_p, Window, c_ulong, c_long, c_long, c_int, c_ulong, POINTER(c_ulong), POINTER(c_int)]
    + [POINTER(c_ulong)] * 2
    + [POINTER(POINTER(c_ulong))]
)
x11.XSendEvent.argtypes = [c_void_p, Window, c_int, c_long, POINTER(ClientMessage)]
x11.XSync.argtypes = [c_void_p, c_int]
# A window may go while it is looked at; that is no reason to end.
ignore = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda display, event: 0)
x11.XSetErrorHandler(ignore)
display = x11.XOpenDisplay(None)
root = x11.XDefaultRootWindow(display)


def atom(name):
    return x11.XInternAtom(display, name, 0)


def children(window):
    parent, top, found, count = Window(), Window(), POINTER(Window)(), c_uint()
    if not x11.XQueryTree(display, window, byref(top), byref(parent), byref(found), byref(count)):
        return []
    return [found[i] for i in range(count.value)]


def name_of(window):
    name = c_char_p()
    return name.value if x11.XFetchName(display, window, byref(name)) else None


def process_of(window):
    kind, form, count, left, value = c_ulong(), c_int(), c_ulong(), c_ulong(), POINTER(c_ulong)()
    x11.XGetWindowProperty(
        display, window, atom(b"_NET_WM_PID"), 0, 1, 0, 0,
        byref(kind), byref(form), byref(count), byref(left), byref(value),
    )
    return value[0] if count.value else None


def is_seen(window):
    attributes = Attributes()
    return x11.XGetWindowAttributes(display, window, byref(attributes)) and attributes.map_state == 2


if sys.argv[1] == "list":
    for window in children(root):
        process = process_of(window)
        if name_of(window) == b"Baton" and process is not None:
            print(window, process, "seen" if is_seen(window) else "hidden")
else:
    window = int(sys.argv[2])
    message = ClientMessage(type=33, send_event=1, window=window, message_type=atom(b"WM_PROTOCOLS"), format=32)
    message.data[0] = atom(b"WM_DELETE_WINDOW")
    x11.XSendEvent(display, window, 0, 0, byref(message))
    x11.XSync(display, 0)
