"""One module a page: read the request, call one verb of a room, render."""
