"""The routes that serve steps and assets beside the pages, and the middleware before all routes."""
