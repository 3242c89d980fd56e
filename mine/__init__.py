"""The folder of whoever runs the server (``MR_ADAM_MINE``): its files are read, checked and added to the catalogues."""

from mine.files import Fault
from mine.mounting import Report, mount, mounted

__all__ = ["Fault", "Report", "mount", "mounted"]
