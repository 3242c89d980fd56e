"""The parts of the pages: controls built from the records, and the stage."""
