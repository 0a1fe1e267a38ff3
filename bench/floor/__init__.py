"""The floor: a bare Django view, no middleware, one indexed SELECT or one INSERT commit."""
