// Written by `make contract` from the Python records. Do not edit.

export const contract = {
  "wire": {
    "version": 2,
    "older": "This page is older than the server. Reload it.",
    "newer": "This page is newer than the server. Reload it.",
    "slots": [
      "walk",
      "map",
      "model"
    ],
    "live_ms": 100,
    "header_fields": [
      "version",
      "kind",
      "slot",
      "id",
      "first",
      "count",
      "runs",
      "columns",
      "parts"
    ],
    "header_bytes": 40
  }
};
