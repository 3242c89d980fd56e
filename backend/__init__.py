"""The stream: the routes that serve steps and assets beside the pages."""
