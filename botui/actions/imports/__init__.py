"""Taking in files of other systems: ``run`` reads a file and files its rows through the same door as everybody.

``sheet`` reads files, ``columns`` and ``mapping`` say which column is which field, ``values`` turns words and figures
into ours, ``directory`` finds and makes the people and lists that rows name, ``tickets`` and ``lists`` make records.
"""

from botui.actions.imports.report import Report
from botui.actions.imports.run import CHUNK, Job, run

__all__ = ["CHUNK", "Job", "Report", "run"]
