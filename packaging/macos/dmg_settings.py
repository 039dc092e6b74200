# What the disk image looks like. Read by dmgbuild, which gives `defines`: app, the path of the application.
from pathlib import Path

application = defines["app"]  # noqa: F821 - given by dmgbuild
format = "ULFO"
filesystem = "APFS"
files = [application]
symlinks = {"Applications": "/Applications"}
icon_locations = {Path(application).name: (150, 190), "Applications": (450, 190)}
window_rect = ((200, 200), (600, 400))
icon_size = 112
text_size = 13
default_view = "icon-view"
show_toolbar = show_sidebar = show_status_bar = show_pathbar = show_tab_view = False
